// Whatever is typed or pasted: a diagnostic, and an editor that goes on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { sees, source, text, write } from "./support/playground.mjs";

/** A spec of so many nodes, one line each. */
const chain = (nodes) =>
  `workflow: long\ntasks: [log]\nthreads:\n  main:\n    do:\n${"      - task: log\n".repeat(nodes)}`;

const good = "workflow: good\nthreads:\n  main:\n    - sleep: 5\n";

for (const [what, bad] of [
  ["half-typed YAML", "workflow: w\nthreads:\n  main:\n    do:\n      - tas"],
  ["tabs", "workflow: w\nthreads:\n\tmain:\n\t\t- sleep: 5\n"],
  ["anchors and merge keys", "workflow: w\nx: &a {b: 1}\nthreads:\n  main:\n    <<: *a\n    do: []\n"],
  ["duplicate keys", "workflow: w\nworkflow: x\nthreads:\n  main: []\n"],
  ["more nodes than a WfSpec may have", chain(5_001)],
  ["a program", String.fromCharCode(...Array.from({ length: 4000 }, (_, at) => (at * 7919) % 256))],
  ["lone halves of letters and unseen signs", "workflow: \ud83d\udc00\u202e\u0000\ufeff\u2028x: 1"],
  ["a number beyond 64 bits", '{"name":"x","retentionPolicy":{"secondsAfterWfTermination":"99999999999999999999999"},"threadSpecs":{}}'],
  ["a long line", `workflow: ${"x".repeat(300_000)}`],
  ["lists in lists", "- ".repeat(3000)],
  ["braces without end", "{".repeat(20_000)],
]) {
  test(
    `${what}: a diagnostic and a working editor`,
    withPage(async ({ page }) => {
      await sees(page, 0, "RUNNING");
      await write(page, bad);
      await page.locator("[data-diagnostic]").first().waitFor();
      await source(page).press("ControlOrMeta+End");
      await page.keyboard.type("a");
      await write(page, good);
      await page.getByText("no problems", { exact: true }).waitFor();
      assert.equal(await text(page), good);
      await sees(page, 0, "RUNNING");
    }),
  );
}

test(
  "a spec of 5,000 nodes runs, and typing in it goes on",
  withPage(async ({ page }) => {
    await sees(page, 0, "RUNNING");
    await write(page, chain(4_990));
    await page.getByText("no problems", { exact: true }).waitFor({ timeout: 30_000 });
    await page.locator('[data-kept="true"]').waitFor({ timeout: 30_000 });
    await source(page).press("ControlOrMeta+End");
    await page.keyboard.type("    nonsense");
    await page.locator("[data-diagnostic]").first().waitFor({ timeout: 30_000 });
  }),
);
