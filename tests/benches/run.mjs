// Commands per second of the engine as WebAssembly beside XState's running actors, in this one process; and what a
// step costs as finished ThreadRuns grow. `cargo xtask bench` runs it.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { FIRST, INTERRUPT, SECOND, actors, source, statuses } from "./scenario.mjs";

const { Runner } = createRequire(import.meta.url)(process.env.HALTER_WASM);

/** Interrupts in one run: each leaves a finished handler behind. */
const CYCLES = 200;
const COMMANDS = 3 * CYCLES;
/** Runs of each side that are counted, in turn; the median counts. */
const ROUNDS = 15;
/** Runs of each side before that. */
const WARM_UP = 5;
const MANY_THREAD_RUNS = 1_000_000;

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const perSecond = (milliseconds) => (1000 * COMMANDS) / milliseconds;

/** Milliseconds that a body takes. */
function time(body) {
  const start = performance.now();
  body();
  return performance.now() - start;
}

function engineRun(children, observed) {
  const runner = new Runner(source(children), observed, MANY_THREAD_RUNS);
  const milliseconds = time(() => {
    for (let cycle = 0; cycle < CYCLES; cycle += 1) {
      runner.post(INTERRUPT);
      runner.post(FIRST);
      runner.post(SECOND);
    }
  });
  assert.equal(runner.threadRuns(), 1 + children + CYCLES);
  runner.free();
  return milliseconds;
}

function engineLoop(children) {
  const runner = new Runner(source(children), true, MANY_THREAD_RUNS);
  const milliseconds = time(() => runner.postAll(Uint16Array.of(INTERRUPT, FIRST, SECOND), COMMANDS));
  runner.free();
  return milliseconds;
}

function peerRun(children) {
  const actor = actors(children);
  const milliseconds = time(() => {
    for (let cycle = 0; cycle < CYCLES; cycle += 1) {
      actor.send({ type: "interrupt" });
      actor.send({ type: "first" });
      actor.send({ type: "second" });
    }
  });
  assert.equal(actor.getSnapshot().context.handled, CYCLES);
  actor.stop();
  return milliseconds;
}

/** Both sides must be in the same state after every command of a cycle. */
function sameWork(children) {
  const runner = new Runner(source(children), true, MANY_THREAD_RUNS);
  const actor = actors(children);
  const engine = () => Array.from({ length: children + 1 }, (_, number) => runner.status(number));
  assert.deepEqual(engine(), statuses(actor, children));
  for (const [index, type] of [[INTERRUPT, "interrupt"], [FIRST, "first"], [SECOND, "second"]]) {
    assert.ok(runner.post(index) > 0, "occurrences are gathered");
    actor.send({ type });
    assert.deepEqual(engine(), statuses(actor, children), `after ${type}`);
  }
  runner.free();
  actor.stop();
}

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0].model}; ${ROUNDS} rounds in turn, medians`);
console.log("Commands per second: each command is one call from JavaScript, and occurrences are gathered.");
for (let children = 1; children <= 5; children += 1) {
  sameWork(children);
  const [engine, unobserved, loop, peer] = [[], [], [], []];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const figures = [engineRun(children, true), engineRun(children, false), engineLoop(children), peerRun(children)];
    if (round >= 0) [engine, unobserved, loop, peer].forEach((list, index) => list.push(figures[index]));
  }
  const ratio = median(peer.map((milliseconds, round) => milliseconds / engine[round]));
  const rate = (list) => Math.round(perSecond(median(list))).toLocaleString("en");
  console.log(`${children} children: ${ratio.toFixed(1)}× XState`);
  console.log(`    engine ${rate(engine)}/s, without occurrences ${rate(unobserved)}/s, looping inside wasm ${rate(loop)}/s; XState ${rate(peer)}/s`);
}

console.log("One heartbeat (interrupt, first, second) with that many finished ThreadRuns:");
for (const finished of [10, 100, 1_000, 10_000]) {
  const runner = new Runner(source(1), true, MANY_THREAD_RUNS);
  runner.postAll(Uint16Array.of(INTERRUPT, FIRST, SECOND), 3 * finished);
  const beat = (post) => {
    const times = [];
    for (let round = 0; round < 21; round += 1) {
      const beats = 20;
      times.push(time(() => {
        for (let i = 0; i < beats; i += 1) [INTERRUPT, FIRST, SECOND].forEach(post);
      }) / beats);
    }
    return (1000 * median(times)).toFixed(1);
  };
  const plain = beat((def) => runner.post(def));
  const kept = beat((def) => runner.postKeepingHistory(def));
  console.log(`    ${String(finished).padStart(6)}: ${plain} µs; keeping every state for time travel ${kept} µs`);
  runner.free();
}
