// Runs all *.test.mjs here, or those whose names hold one of the words given:
//   node tests/browser/run.mjs [WORD]...
// HALTER_TESTS names another folder with such files.
// The last line is `N passed, N failed`.
import { readdirSync } from "node:fs";
import { run } from "node:test";
import { spec as Spec } from "node:test/reporters";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "./support/server.mjs";

/** A whole file; waiting for one element has a shorter limit, in support/page.mjs. */
const FILE_LIMIT_MS = 300_000;

const here = resolve(process.env.HALTER_TESTS ?? fileURLToPath(new URL(".", import.meta.url)));
const words = process.argv.slice(2);
const files = readdirSync(here)
  .filter((name) => name.endsWith(".test.mjs"))
  .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
  .map((name) => join(here, name));

const { url, stop } = await serve();
process.env.HALTER_URL = url;

let passed = 0;
let failed = 0;
// One file after the other: two browsers at once would only take time from each other, and tests
// that wait for the page would fail on a slow machine.
const events = run({ files, concurrency: 1, timeout: FILE_LIMIT_MS });
const counts = ({ details, skip, todo }) =>
  details.type !== "suite" && skip === undefined && todo === undefined;
events.on("test:pass", (test) => (passed += counts(test) ? 1 : 0));
events.on("test:fail", (test) => (failed += counts(test) ? 1 : 0));
events.compose(new Spec()).pipe(process.stdout);

events.on("end", () => {
  stop();
  // After the reporter's own summary.
  setImmediate(() => {
    console.log(`${passed} passed, ${failed} failed`);
    process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
  });
});
