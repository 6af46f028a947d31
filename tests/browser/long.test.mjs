// What takes long is done in pieces: the page answers meanwhile. The figures are printed; only what hangs fails.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, linkTo, longSource, sees, source, text, write } from "./support/playground.mjs";

/** In milliseconds: several times what the longest task takes on a quiet machine. */
const HANGS_MS = 700;

/** Gathers tasks of more than 50 ms. */
const watch = (page) =>
  page.evaluate(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longTasks.push(Math.round(duration));
    }).observe({ type: "longtask" });
  });

async function longest(page, what) {
  const tasks = await page.evaluate(() => window.longTasks);
  const most = Math.max(0, ...tasks);
  console.log(`${what}: the longest of ${tasks.length} long tasks took ${most} ms`);
  assert.ok(most < HANGS_MS, `${what}: ${tasks.join(", ")} ms`);
}

const problems = (page) => page.getByText("no problems", { exact: true });

const charges = (count) => {
  const note = `      # ${"what this step is for and who asked for it ".repeat(4)}\n`;
  return longSource(`      - wait-for-event: paid
${`${note}      - task: charge\n        with: [$total]\n        into: receipt\n`.repeat(count)}`);
};

/** LittleHorse's JSON of one thread with so many tasks. */
function json(tasks) {
  const nodes = { "0-entrypoint-ENTRYPOINT": { outgoingEdges: [{ sinkNodeName: "1-log-TASK" }], entrypoint: {} } };
  for (let at = 1; at <= tasks; at += 1) {
    const sinkNodeName = at === tasks ? `${at + 1}-exit-EXIT` : `${at + 1}-log-TASK`;
    const task = { taskDefId: { name: "log" }, timeoutSeconds: 60, retries: 0, variables: [] };
    nodes[`${at}-log-TASK`] = { outgoingEdges: [{ sinkNodeName }], task };
  }
  nodes[`${tasks + 1}-exit-EXIT`] = { outgoingEdges: [], exit: {} };
  const threadSpecs = { entrypoint: { nodes, variableDefs: [], interruptDefs: [] } };
  return JSON.stringify({ id: { name: "big" }, threadSpecs, entrypointThreadName: "entrypoint" }, null, 1);
}

const endless = `workflow: w
threads:
  main:
    variables: {n: INT = 0}
    do:
      - while: $n < 1
        do:
          - set: {n: 0}
`;

test(
  "1 MB of JSON, 5,000 nodes, an endless loop, 10 MB of text: no task holds the page",
  withPage(async ({ page }) => {
    await sees(page, 0, "RUNNING");
    for (const [what, written, seen] of [
      ["1 MB of JSON", json(4_000), async () => {
        await problems(page).waitFor();
        await page.locator('[data-node="3-log-TASK"]').waitFor();
      }],
      ["5,000 nodes", `workflow: long\ntasks: [log]\nthreads:\n  main:\n    do:\n${"      - task: log\n".repeat(4_990)}`, async () => {
        await problems(page).waitFor();
        await page.locator('[data-node="3-log-TASK"]').waitFor();
      }],
      ["an endless loop", endless, () => page.locator("[data-left-out]").waitFor()],
      ["10 MB of text", "0123456789abcdef: 0123456789abcdef\n".repeat(300_000), () => page.locator('[data-diagnostic="TOO-LARGE"]').waitFor()],
    ]) {
      // What it takes to hand a text over to the page is no task of the page.
      await page.evaluate((written) => { window.handedOver = written; }, written);
      await source(page).press("ControlOrMeta+a");
      await watch(page);
      await source(page).evaluate((editor) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", window.handedOver);
        editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
      });
      await seen();
      await page.waitForTimeout(600);
      await longest(page, what);
    }
  }),
);

test(
  "in a lane of thousands of nodes those in view are drawn, and the keyboard goes on to the others",
  withPage(async ({ page }) => {
    await sees(page, 0, "RUNNING");
    await write(page, `workflow: long\ntasks: [log]\nthreads:\n  main:\n    do:\n${"      - task: log\n".repeat(1_000)}`);
    const node = (number) => page.locator(`[data-node="${number}-log-TASK"]`);
    await node(1).waitFor();
    assert.ok((await page.locator("[data-node]").count()) < 150);
    await page.locator('.lane[data-thread-run="0"] .lane-title').focus();
    for (let at = 0; at < 40; at += 1) await page.keyboard.press("ArrowRight");
    const at = await page.evaluate(() => document.activeElement.dataset.node);
    assert.equal(at, "38-log-TASK");
    const seen = await node(38).evaluate((element) => {
      const [box, view] = [element, document.querySelector(".graph-scroll")].map((it) => it.getBoundingClientRect());
      return box.left >= view.left && box.right <= view.right;
    });
    assert.ok(seen, "the node is in view");
    await page.evaluate(() => { document.querySelector(".graph-scroll").scrollLeft = 1e6; });
    await node(1_000).waitFor();
  }),
);

test(
  "typing in 1 MB of source, and what would put it right: no task holds the page",
  withPage(async ({ page }) => {
    await sees(page, 0, "RUNNING");
    const good = charges(3_800).slice(0, 1 << 20);
    await write(page, good.slice(0, good.lastIndexOf("      #")));
    await problems(page).waitFor();
    await watch(page);
    await source(page).press("ControlOrMeta+Home");
    for (const key of "# one\n") {
      await page.keyboard.type(key);
      await page.waitForTimeout(300);
    }
    await longest(page, "typing in 1 MB");
    await watch(page);
    await write(page, charges(3_000).replaceAll("task: charge", (name, at) => (at % 40 === 0 ? "task: charg" : name)));
    await page.getByRole("button", { name: /charge/ }).first().waitFor({ timeout: 30_000 });
    await longest(page, "fixes in 1 MB");
  }),
);

/** A few hundred bytes that would take minutes: 900 children in a loop, 300 times 100 seconds. */
function heavy() {
  const list = Array(900).fill(1).join(", ");
  const text = `workflow: x\nmax-thread-runs: 1000\nthreads:\n  main:\n    variables:\n      n: INT = 1\n      list: JSON_ARR = [${list}]\n    do:\n      - start-threads: child\n        for-each: $list\n      - while: 1 < 2\n        do:\n          - sleep: 1\n  child:\n    do:\n      - wait-for-condition: $n + $n + $n < 0\n`;
  const commands = [{ runWf: {} }, ...Array(300).fill({ passTime: { seconds: 100 } })];
  return linkTo(text, commands);
}

test(
  "a small link that holds too much: the page answers, what was not played is said, and it can be stopped",
  withPage({ path: null }, async ({ page, url, checkAccessibility }) => {
    const link = heavy();
    assert.ok(link.length < 700, `${link.length} characters`);
    await page.goto(url);
    await sees(page, 0, "RUNNING");
    await watch(page);
    const open = () => page.evaluate((link) => { location.hash = `sitting=${link}`; }, link);
    await open();
    await page.locator("[data-replaying]").waitFor();
    // The page answers meanwhile.
    await command(page, "Show source").or(command(page, "Hide source")).first().click();
    await page.locator("[data-replaying]").waitFor({ state: "detached", timeout: 60_000 });
    await page.getByText(/\d+ of its commands were not played; the link still has them/).first().waitFor();
    assert.ok(Number(await page.locator("[data-steps]").getAttribute("data-steps")) > 3);
    await longest(page, "a heavy link");
    await checkAccessibility();
    await page.goto(`${url}?example=nested`);
    await sees(page, 0, "RUNNING");
    await open();
    await page.locator("[data-replaying]").waitFor();
    // By keyboard: a script's click looks several times whether it may, and the run is over meanwhile.
    await command(page, "Stop playing again").focus();
    await page.keyboard.press("Enter");
    await page.locator("[data-replaying]").waitFor({ state: "detached" });
    await page.getByText(/of its commands were not played/).first().waitFor();
    assert.match(await text(page), /^workflow: x/);
  }),
);
