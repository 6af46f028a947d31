// remark-halter in what it is a part of: remark and rehype, and MDX.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { evaluate } from "@mdx-js/mdx";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import * as runtime from "react/jsx-runtime";
import rehypeStringify from "rehype-stringify";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { VFile } from "vfile";
import { readOptions } from "../../integrations/remark-halter/fence.js";
import remarkHalter from "../../integrations/remark-halter/index.js";

const PLUGIN = fileURLToPath(new URL("../../integrations/remark-halter/", import.meta.url));
const HALTER = fileURLToPath(new URL("draw.mjs", import.meta.url));
const playground = "https://halter.example/";

const SOURCE = `workflow: order
threads:
  order:
    do:
      # "<halt>" & 'resume'

      - sleep: 3600`;
const fence = (options, source = SOURCE) => `# Title\n\n\`\`\`halter ${options}\n${source}\n\`\`\`\n\nAfter.\n`;

const file = (value) => new VFile({ value, path: "docs/order.md" });

async function html(markdown, options) {
  const pipeline = unified().use(remarkParse).use(remarkHalter, { playground, ...options }).use(remarkRehype).use(rehypeStringify);
  return String(await pipeline.process(file(markdown)));
}

async function mdx(markdown, options) {
  const { default: Content } = await evaluate(file(markdown), { ...runtime, remarkPlugins: [[remarkHalter, { playground, ...options }]] });
  return renderToStaticMarkup(createElement(Content));
}

/** What was made, whatever the order and the writing of attributes. */
function read(made) {
  const unescape = (text) => text.replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)))
    .replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&#39;", "'").replaceAll("&amp;", "&");
  const attributes = (text) => Object.fromEntries([...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, unescape(value)]));
  const [, given, inside] = /<halter-playground((?:\s[\w-]+="[^"]*")*)>([\s\S]*)<\/halter-playground>/.exec(made);
  const image = /<img((?:\s[\w-]+="[^"]*")*)\/?>/.exec(inside);
  const [, language, code] = /<pre><code class="([^"]*)">([\s\S]*?)<\/code><\/pre>/.exec(inside);
  return { attributes: attributes(given), image: image && attributes(image[1]), language, code: unescape(code) };
}

for (const [name, render] of [["plain Markdown", html], ["MDX", mdx]]) {
  test(`in ${name}: the element with all of its options, and the source within it`, async () => {
    const options = 'title="An order" step=3 panels=graph,controls semantics=server-1.2 theme=dark read-only on-press';
    const made = await render(fence(options));
    assert.deepEqual(read(made), {
      attributes: {
        playground, source: `${SOURCE}\n`, step: "3", panels: "graph,controls", semantics: "server-1.2", theme: "dark", label: "An order", "read-only": "", "on-press": "",
      },
      image: null,
      language: "language-yaml",
      code: `${SOURCE}\n`,
    });
    assert.match(made, /^<h1>Title<\/h1>\n<halter-playground/);
    assert.match(made, /<\/halter-playground>\n<p>After\.<\/p>$/);
  });

  test(`in ${name}: a picture, by a function or by the command`, async () => {
    const svg = "<svg xmlns='http://www.w3.org/2000/svg'><text>ü</text></svg>";
    const asked = [];
    const drawn = read(await render(fence('title="It\'s" step=2'), { draw: async (...given) => asked.push(given) && svg }));
    assert.deepEqual(asked, [[SOURCE, { title: "It's", step: 2 }]]);
    assert.deepEqual(drawn.image, { src: `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`, alt: "It's" });
    const { image } = read(await render(fence("step=2 semantics=server-1.2"), { halter: HALTER }));
    const told = ({ src }) => /<text [^>]*>(.*)<\/text>/.exec(Buffer.from(src.split(",")[1], "base64"))[1];
    assert.equal(told(image), "order --at 2 --semantics server-1.2");
    assert.equal(told(read(await render(fence("theme=dark"), { halter: HALTER })).image), "order --at 1 --theme dark", "it was run");
  });

  test(`in ${name}: what is wrong is told with its file and line`, async () => {
    const fails = (markdown, options, says) =>
      assert.rejects(render(markdown, options), (error) => {
        const message = error.reason ? error : error.cause;
        assert.match(message.reason, says);
        assert.deepEqual([message.file, message.line, message.source], ["docs/order.md", 3, "remark-halter"]);
        return true;
      });
    await fails(fence("stp=3"), {}, /^halter: there is no option stp: title, step, /);
    await fails(fence("", " "), {}, /^halter: there is no workflow in it$/);
    await fails(fence("", "threads: ["), { halter: HALTER }, /could not be drawn: <stdin>:1:1: error: there is no workflow/);
    await fails(fence(""), { halter: "/nowhere/halter" }, /could not be drawn: .*ENOENT/);
    await fails(fence(""), { draw: () => "a cat" }, /could not be drawn: what was drawn is no SVG/);
  });

  test(`in ${name}: fences in lists and quotes, several of them, JSON, and nothing else`, async () => {
    const made = await render('- a\n\n  ```halter\n  workflow: one\n  ```\n\n> ```halter\n> {"name": "two"}\n> ```\n\n```yaml\nworkflow: three\n```\n');
    assert.equal(made.match(/<halter-playground/g).length, 2);
    assert.match(made, /<li>[\s\S]*workflow: one[\s\S]*<blockquote>[\s\S]*language-json[\s\S]*<\/blockquote>/);
    assert.equal(made.match(/<pre>/g).length, 3);
  });
}

test("it says what it is missing", () => {
  for (const given of [undefined, {}, { playground: "" }, { playground: "halter.example" }, { playground: "javascript:alert(1)" }]) {
    assert.throws(() => remarkHalter(given), /^Error: remark-halter: the option playground must say where Halter is published/);
  }
  remarkHalter({ playground: "/halter/" });
});

test("the options of a fence, and what is said of mistakes", () => {
  for (const { info, options, error } of JSON.parse(readFileSync(new URL("fences.json", import.meta.url), "utf8"))) {
    if (error) {
      assert.throws(() => readOptions(info), { message: error }, info);
    } else {
      assert.deepEqual(readOptions(info), options, info);
    }
  }
});

test("its package holds what is needed and nothing else, in the version of the rest", () => {
  const [{ files }] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: PLUGIN, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  const names = files.map(({ path }) => path).sort();
  assert.deepEqual(names, ["LICENSE", "README.md", "embed.js", "fence.js", "index.d.ts", "index.js", "package.json", "picture.js"]);
  const text = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
  assert.equal(text("integrations/remark-halter/LICENSE"), text("LICENSE"));
  assert.equal(JSON.parse(text("integrations/remark-halter/package.json")).version, /^version = "(.*)"$/m.exec(text("Cargo.toml"))[1]);
});
