// The recorded traces once more, in the engine as WebAssembly. The last line is `N passed, N failed`.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";

const halter = createRequire(import.meta.url)(process.env.HALTER_WASM);
const traces = new URL("../traces/", import.meta.url);

let [passed, failed] = [0, 0];
const test = (name, body) => {
  try {
    body();
    passed += 1;
  } catch (error) {
    failed += 1;
    console.log(`${name}: ${error.message ?? JSON.stringify(error)}`);
  }
};

const files = ["scenarios", "random", "more", "values", "forms", "oracle"].flatMap((dir) =>
  readdirSync(new URL(dir, traces)).filter((name) => name.endsWith(".json")).map((name) => `${dir}/${name}`));
assert.ok(files.length > 140, "the recorded traces are complete");
for (const file of files) {
  test(file, () => {
    const difference = halter.conformance(readFileSync(new URL(file, traces), "utf8"));
    assert.equal(difference, undefined);
  });
}

const source = readFileSync(new URL("../../static/examples/update-the-cart.yaml", import.meta.url), "utf8");

test("a sitting in JavaScript: commands in, occurrences and state out", () => {
  const playground = new halter.Playground(source, "documented");
  playground.step({ runWf: {} });
  assert.ok(playground.enabled().includes("Post event cart-updated"));
  const content = { jsonObj: '{"item":"book","price":9007199254740993}' };
  const { refused, occurrences } = playground.step({ postEvent: { externalEventDef: "cart-updated", content } });
  assert.equal(refused, null);
  assert.ok(occurrences.some(({ rule, cause }) => rule === "R-HALT" && Number.isInteger(cause)));
  // A number beyond 2^53 comes through whole.
  assert.equal(playground.stateJson().variables["0"].total.int, "9007199254740993");
  playground.goTo(1);
  assert.equal(playground.stateJson().variables["0"].total.int, "0");
});

test("what is wrong is said, not thrown about", () => {
  assert.throws(() => new halter.Playground("threads: [", "documented"), (list) => list[0].severity === "error");
  assert.equal(halter.diagnostics("threads: [")[0].severity, "error");
  const playground = new halter.Playground(source, "documented");
  assert.throws(() => playground.step({ dance: {} }));
  const { refused } = playground.step({ stopWfRun: { threadRunNumber: 0 } });
  assert.equal(refused.code, "NOT_FOUND");
});

const corpus = new URL("../corpus/", import.meta.url);
const hard = readdirSync(corpus).filter((name) => !name.endsWith(".md"));
assert.ok(hard.length >= 25, "the corpus is there");
for (const name of hard) {
  for (const semantics of ["documented", "server-1.2"]) {
    test(`hard on memory and time: ${name} under ${semantics}`, () => {
      const start = performance.now();
      const wrong = play(readFileSync(new URL(name, corpus), "utf8"), semantics);
      const took = performance.now() - start;
      assert.ok(took < 20_000, `took ${took} ms`);
      const expected = /^# expect: (.*)/.exec(readFileSync(new URL(name, corpus), "utf8"))?.[1] ?? "answered";
      if (expected !== "answered" && semantics === "documented") {
        assert.ok(wrong.includes(expected), `not ${expected}, but ${wrong}`);
      }
    });
  }
}

test("an exploration goes on by pieces, and its counter-example can be played", () => {
  const stuck = readFileSync(new URL("../../static/examples/deviations/exit-never-halts.yaml", import.meta.url), "utf8");
  const answers = (semantics, commands) => {
    const exploration = new halter.Exploration(stuck, semantics, { budgets: { "note-added": 2 }, commands });
    let pieces = 0;
    let progress;
    do {
      progress = exploration.run(2);
      pieces += 1;
    } while (progress.phase === "running");
    assert.equal(progress.phase, "complete");
    assert.ok(pieces > 1 && progress.states === progress.expanded, JSON.stringify(progress));
    const index = exploration.properties().findIndex(({ property }) => property === "can-finish");
    return exploration.answer(index);
  };
  assert.deepEqual(answers("documented"), { answer: "holds", commands: null });
  const { answer, commands } = answers("server-1.2");
  assert.equal(answer, "fails");
  const playground = new halter.Playground(stuck, "server-1.2");
  commands.forEach((command) => playground.step(command));
  assert.equal(playground.state().threads[0].status, "HALTING");
  assert.equal(answers("server-1.2", [{ runWf: {} }]).commands.length, 1);
  assert.throws(() => new halter.Exploration(stuck, "documented", { budgets: { no: 1 } }), /there is no event no/);
  assert.throws(() => new halter.Exploration(stuck, "documented", { budget: {} }), /unknown field/);
});

/** Plays a source with its own script: what went wrong, by name or code. A panic would throw and fail the test. */
function play(source, semantics) {
  const errors = halter.diagnostics(source).filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    return errors.map(({ code }) => code);
  }
  const playground = new halter.Playground(source, semantics);
  const wrong = [];
  for (let step = playground.playNext(); step !== undefined; step = playground.playNext()) {
    if (step.refused) {
      wrong.push(step.refused.code);
    }
  }
  const failed = playground.stateJson().nodeRuns.flatMap(({ failures = [] }) => failures);
  return [...wrong, ...failed.map(({ failureName }) => failureName)];
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
