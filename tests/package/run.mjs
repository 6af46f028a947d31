// The npm package, installed from its tarball and used as its README shows. The last line is `N passed, N failed`.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { testManifest } from "./manifest.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const source = readFileSync(new URL("../../static/examples/update-the-cart.yaml", import.meta.url), "utf8");

let [passed, failed] = [0, 0];
const test = async (name, body) => {
  try {
    await body();
    passed += 1;
  } catch (error) {
    failed += 1;
    console.log(`${name}: ${error.stack ?? error}`);
  }
};

const npm = (...args) => execFileSync("npm", args, { cwd: here, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
const [{ filename, files }] = JSON.parse(npm("pack", process.env.HALTER_PACKAGE, "--json"));
try {
  npm("install", "--no-save", "--no-audit", "--no-fund", `./${filename}`);
} finally {
  rmSync(new URL(filename, import.meta.url));
}
const halter = await import("halter-playground");

await test("the tarball holds what is needed and nothing else", () => {
  const names = files.map(({ path }) => path).sort();
  assert.deepEqual(names, [
    "LICENSE", "README.md", "custom-elements.json", "element.d.ts", "element.js", "halter.d.ts", "halter.js", "halter_wasm.js", "halter_wasm_bg.wasm",
    "node.js", "package.json", "provenance.json", "react.d.ts", "vue.d.ts",
  ]);
});

await test("package.json may be read, and says where the project is", async () => {
  const { default: about } = await import("halter-playground/package.json", { with: { type: "json" } });
  assert.equal(about.name, "halter-playground");
  assert.match(about.version, /^[1-9]|^0\.[1-9]/);
  // Empty where this copy of the project came from nowhere.
  const home = process.env.HALTER_HOME;
  assert.equal(about.repository?.url, home ? `git+${home}.git` : undefined);
  assert.equal(about.bugs?.url, home ? `${home}/issues` : undefined);
});

await test("all that package.json exports is there, and typed where it is JavaScript", async () => {
  const { default: about } = await import("halter-playground/package.json", { with: { type: "json" } });
  const packed = new Set(files.map(({ path }) => `./${path}`));
  for (const [name, exported] of Object.entries(about.exports)) {
    const targets = typeof exported === "string" ? [exported] : Object.values(exported);
    targets.forEach((target) => assert.ok(packed.has(target), `${name}: ${target}`));
    assert.ok(!/\.js$/.test(targets.at(-1)) || /\.d\.ts$/.test(exported.types), `${name} has no types`);
  }
  assert.ok(packed.has(about.types) && packed.has(about.customElements) && packed.has(about.unpkg) && packed.has(about.jsdelivr));
  assert.deepEqual(about.publishConfig, { access: "public", provenance: true });
});

await test("provenance.json says of what and with what the WebAssembly was made", async () => {
  const { default: provenance } = await import("halter-playground/provenance.json", { with: { type: "json" } });
  const wasm = readFileSync(fileURLToPath(import.meta.resolve("halter-playground/halter_wasm_bg.wasm")));
  const sha256 = createHash("sha256").update(wasm).digest("hex");
  assert.deepEqual(provenance.wasm, { file: "halter_wasm_bg.wasm", bytes: wasm.length, sha256 });
  assert.match(provenance.commit ?? "", /^([0-9a-f]{40})?$/);
  assert.equal(provenance.changed === null, provenance.commit === null);
  assert.deepEqual(Object.keys(provenance.tools), ["rustc", "wasm-bindgen", "wasm-opt"]);
  Object.entries(provenance.tools).forEach(([tool, version]) => assert.match(version, /\d/, tool));
});

await testManifest(test);

await test("the declarations are what they say", () => {
  execFileSync("npx", ["tsc", "--project", "."], { cwd: here, stdio: ["ignore", "inherit", "inherit"] });
});

await test("the README's example runs as it stands", async () => {
  const readme = readFileSync(new URL("../../crates/wasm/package/README.md", import.meta.url), "utf8");
  const code = /```js\n(.*?)```/s.exec(readme)[1];
  const said = execFileSync("node", ["--input-type=module", "--eval", code], { cwd: here, encoding: "utf8" });
  assert.match(said, /is HALTED: event cancel interrupts it \(R-HALTED\)/);
  assert.match(said, /\[ 'order ERROR', 'cancelled EXCEPTION' \]/);
});

await test("the element may be imported where there is no browser", async () => {
  await import("halter-playground/element");
  assert.equal(globalThis.customElements, undefined);
});

await test("an INT is a bigint, exact to its last bit, in variables, payloads and JSON", async () => {
  const all = await halter.load(`
workflow: values
events: {given: JSON_OBJ, int: INT, double: DOUBLE, when: TIMESTAMP, bytes: BYTES}
threads:
  main:
    variables: {n: INT, d: DOUBLE, s: STR, b: BOOL, list: JSON_ARR, o: JSON_OBJ, m: STR masked}
    do:
      - wait-for-event: given
        into: o
`);
  const big = 9223372036854775807n;
  const given = { n: big, d: 5, s: "5", b: true, list: [1, 2.5, big, null, { a: "x" }], m: "secret" };
  assert.equal(all.run(given).refused, null);
  const { variables } = all.state().threads[0];
  assert.deepEqual(variables, { ...given, o: null, m: undefined });
  for (const [event, content] of [
    ["int", -big - 1n],
    ["double", 2],
    ["when", new Date("2026-01-31T12:00:00Z")],
    ["bytes", new Uint8Array([0, 255])],
    ["given", JSON.parse('{"a":{"b":[1]},"__proto__":"a key like any other"}')],
  ]) {
    assert.equal(all.post(event, content).refused, null, event);
    assert.deepEqual(all.state().events.at(-1).content, content, event);
  }
  assert.equal(all.state().status, "COMPLETED");
  assert.throws(() => all.post("int", 1n << 64n), /64 bits/);
  assert.throws(() => all.post("given", { f: () => {} }), /no value/);
  const round = {};
  round.again = round;
  assert.throws(() => all.post("given", round), /64 deep/);
});

await test("what a payload may be: to the last part, and not one more", async () => {
  const open = () => halter.load(`
workflow: payloads
events: {any: , when: TIMESTAMP, run: WF_RUN_ID}
threads:
  main: [{wait-for-event: any}]
`);
  const content = async (event, given) => {
    const playground = await open();
    playground.run();
    assert.equal(playground.post(event, given).refused, null, event);
    return playground.state().events.at(-1).content;
  };
  const nested = (depth) => (depth === 0 ? [] : [nested(depth - 1)]);
  const [most, parts] = [4 << 20, 200_000];
  for (const [event, given, kept] of [
    ["any", undefined, null],
    ["any", nested(64)],
    ["any", "x".repeat(most)],
    ["any", new Uint8Array(most)],
    ["any", new Array(parts).fill(1)],
    ["when", "2026-01-31T12:00:00Z", new Date("2026-01-31T12:00:00Z")],
    ["run", "a-run"],
  ]) {
    assert.deepEqual(await content(event, given), kept === undefined ? given : kept, event);
  }
  const playground = await open();
  playground.run();
  for (const [event, given, says] of [
    ["any", nested(65), /64 deep/],
    ["any", "x".repeat(most + 1), /characters/],
    ["any", { [`k${"x".repeat(most)}`]: 1 }, /characters/],
    ["any", ["x".repeat(most / 2), "x".repeat(most / 2), "x"], /characters/],
    ["any", new Uint8Array(most + 1), /characters/],
    ["any", new Array(parts + 1), /parts/],
    ["any", new Array(parts).fill([]).concat([[1]]), /parts/],
    ["any", new Float64Array(1), /typed list/],
    ["any", [new String("x")], /String object/],
    ["any", { n: NaN }, /can't stand in JSON/],
    ["any", () => {}, /no value/],
    ["when", "soon", /no time/],
    ["when", new Date(NaN), /no TIMESTAMP/],
  ]) {
    assert.throws(() => playground.post(event, given), says);
  }
});

await test("what is masked is undefined, and no sentence tells it", async () => {
  const playground = await halter.load(`
workflow: masks
events: {paid: STR masked, signed: {payload: STR masked, correlated: {}}}
threads:
  main:
    variables: {card: STR masked, seen: STR}
    do:
      - wait-for-event: paid
      - wait-for-event: signed
        correlation-key: $card
        mask-correlation-key: true
`);
  const told = [playground.run({ card: "s3cret", seen: "seen" }), playground.post("paid", "s3cret")];
  told.push(playground.postCorrelated("signed", "s3cret", "s3cret"));
  const { status, threads, events } = playground.state();
  assert.equal(status, "COMPLETED");
  assert.deepEqual(threads[0].variables, { card: undefined, seen: "seen" });
  assert.deepEqual(events.map(({ def, id, content }) => [def, id, content]), [["paid", "e1", undefined], ["signed", undefined, undefined]]);
  assert.doesNotMatch(JSON.stringify(told), /s3cret/);
});

await test("occurrences are told as they happen, until nobody listens any more", async () => {
  const playground = await halter.load(source);
  const heard = [];
  const end = playground.on("occurrence", ({ id }) => heard.push(id));
  const { occurrences } = playground.run();
  assert.deepEqual(heard, occurrences.map(({ id }) => id));
  end();
  playground.step({ postEvent: { externalEventDef: "cart-updated", content: { jsonObj: '{"item":"tea","price":3}' } } });
  assert.equal(heard.length, occurrences.length);
  assert.throws(() => playground.on("everything", () => {}), /nothing|no "everything"/);
});

await test("the source's script, time travel, a link and a trace", async () => {
  const playground = await halter.load(source, { semantics: "server-1.2" });
  let steps = 0;
  while (playground.step()) {
    steps += 1;
  }
  assert.ok(steps > 2 && playground.length === steps && playground.cursor === steps);
  playground.back();
  playground.back();
  playground.forward();
  assert.equal(playground.cursor, steps - 1);
  playground.goTo(-5);
  assert.equal(playground.cursor, 0);
  playground.goTo(2);
  const again = await halter.fromLink(`https://example.org/halter/${playground.link()}&theme=dark`);
  assert.deepEqual([again.cursor, again.length], [2, steps]);
  assert.deepEqual(again.stateJson(), playground.stateJson());
  assert.equal(await halter.conformance(JSON.stringify(playground.trace())), undefined);
  assert.match(playground.diagram("mermaid-state"), /^stateDiagram-v2\n/);
  assert.throws(() => playground.diagram("crayon"), /there is no diagram crayon/);
});

await test("tasks are claimed, completed, failed and thrown from; forms are filled in", async () => {
  const playground = await halter.load(`
workflow: work
tasks: {count: INT, try: STR, buy: STR}
user-tasks: {approve: {ok: BOOL}}
threads:
  main:
    variables: {n: INT, ok: BOOL}
    do:
      - task: count
        into: n
      - task: try
        retries: 1
      - user-task: approve
        user: mia
        into: {ok: $output.ok}
      - task: buy
`);
  playground.run();
  playground.claim(0, 1);
  playground.complete(0, 1, 12);
  assert.equal(playground.state().threads[0].variables.n, 12n);
  playground.claim(0, 2);
  playground.fail(0, 2, { message: "no network" });
  playground.claim(0, 2);
  playground.complete(0, 2, "done");
  playground.completeUserTask(0, 3, { ok: true });
  assert.equal(playground.state().threads[0].variables.ok, true);
  playground.claim(0, 4);
  const { occurrences } = playground.throwException(0, 4, "card-declined", { message: "Not enough money." });
  assert.ok(occurrences.some(({ sentence }) => sentence.includes("card-declined")));
  const [thread] = playground.state().threads;
  assert.deepEqual([thread.status, thread.node], ["EXCEPTION", "4-buy-TASK"]);
});

await test("what is wrong is an error with its places", async () => {
  await assert.rejects(halter.load("threads: ["), (error) => {
    assert.ok(error instanceof halter.SourceError);
    assert.equal(error.diagnostics[0].span.line, 1);
    return /^1:\d+ /.test(error.message);
  });
  await assert.rejects(halter.load(source, { semantics: "guessed" }), /there are no semantics guessed/);
  await assert.rejects(halter.fromLink("hello"), /no link/);
  assert.deepEqual((await halter.diagnostics(source)).filter(({ severity }) => severity === "error"), []);
  const playground = await halter.load(source);
  assert.throws(() => playground.step({ dance: {} }), /no command dance/);
  assert.equal(playground.stop(7).refused.code, "NOT_FOUND");
  assert.throws(() => playground.pass(-1), /above 0/);
});

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
