// custom-elements.json says what <halter-playground> is to editors and catalogues: it is of its format, and it names just
// what the element has and what docs/embedding.md tells of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import Ajv from "ajv";

const json = (name) => JSON.parse(readFileSync(fileURLToPath(import.meta.resolve(name)), "utf8"));
const names = (list) => list.map(({ name }) => name).sort();
const found = (text, pattern) => [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort();

/** The class, from its source: nothing of a browser is needed to define it. */
function define(source) {
  let defined;
  const customElements = { get: () => undefined, define: (_, element) => (defined = element) };
  vm.runInNewContext(source, { HTMLElement: class {}, customElements });
  return defined;
}

/** What people may call or read: what the browser calls is not meant for them. */
const members = (element) =>
  Object.getOwnPropertyNames(element.prototype).filter((name) => !/^constructor$|Callback$/.test(name)).sort();

export async function testManifest(test) {
  const manifest = json("halter-playground/custom-elements.json");
  const source = readFileSync(fileURLToPath(import.meta.resolve("halter-playground/element")), "utf8");
  const docs = readFileSync(new URL("../../docs/embedding.md", import.meta.url), "utf8").split("\n## The element\n")[1].split("\n## ")[0];
  const messages = readFileSync(new URL("../../docs/embedding.md", import.meta.url), "utf8");
  const [module] = manifest.modules;
  const [declaration] = module.declarations;

  await test("custom-elements.json is of the format that it says", () => {
    const validate = new Ajv({ strict: false }).compile(json("custom-elements-manifest/schema.json"));
    assert.ok(validate(manifest), JSON.stringify(validate.errors, null, 2));
    assert.equal(module.path, "element.js");
  });

  await test("it names the element's attributes and members, as the docs do", () => {
    const element = define(source);
    const attributes = names(declaration.attributes);
    assert.deepEqual(attributes, [...element.observedAttributes].sort());
    assert.deepEqual(names(declaration.members), members(element));
    const table = docs.split("\n").filter((line) => line.startsWith("| `")).map((line) => line.split("|")[1]).join(" ");
    assert.deepEqual(found(table, /`([\w-]+)`/g), attributes);
    const methods = docs.slice(docs.indexOf("\nMethods"));
    assert.deepEqual(found(methods, /`(\w+)\(/g), members(element));
  });

  await test("it names the element's events, as the docs do", () => {
    const events = names(declaration.events);
    const table = /const EVENTS = \{(.*?)\n {2}\};/s.exec(source)[1];
    assert.deepEqual(found(table, /^\s+(\w+):/gm), events);
    const told = /Events: (.*?), with what they tell/s.exec(docs)[1];
    assert.deepEqual(found(told, /`(\w+)`/g), events);
  });

  await test("it names the element's parts, custom properties and slot, as the docs do", () => {
    const parts = names(declaration.cssParts);
    assert.deepEqual(found(source, /(?:part="|"part", ")(\w+)"/g), parts);
    const told = /the parts (.*?):\n/s.exec(docs)[1];
    assert.deepEqual(found(told, /`(\w+)`/g), parts);
    const handedOn = /const PROPERTIES = \[(.*?)\]/s.exec(source)[1];
    const properties = found(handedOn, /"([\w-]+)"/g);
    const own = found(source, /var\(--halter-([\w-]+)/g).filter((name) => !properties.includes(name));
    assert.deepEqual(names(declaration.cssProperties), [...properties, ...own].map((name) => `--halter-${name}`).sort());
    const styles = /Properties of `style`: (.*?)\(fonts\)/s.exec(messages)[1];
    assert.deepEqual(found(styles, /`([\w-]+)`/g), properties);
    assert.match(docs, new RegExp(own.map((name) => `\`--halter-${name}\``).join("|")));
    assert.deepEqual(names(declaration.slots), [""]);
    assert.match(source, /createElement\("slot"\)/);
  });
}
