// Child workflows: they go on while their parent is halted, and somebody says how they end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, give, sees, statuses, step, value } from "./support/playground.mjs";

const COMPLETE = "Complete workflow restock (ThreadRun 0)";

test(
  "a child workflow ends while its parent is halted; the parent goes on with what it returned",
  withPage({ path: "?example=child-workflow" }, async ({ page, checkAccessibility, screenshot }) => {
    await sees(page, 0, "RUNNING");
    await give(page, "Post event address-changed");
    await sees(page, 0, "HALTED");
    await checkAccessibility();
    await screenshot("child-workflow-halted");
    await give(page, COMPLETE);
    assert.equal(await command(page, COMPLETE).count(), 0, "it is over");
    assert.deepEqual(await statuses(page), { 0: "HALTED", 1: "RUNNING" });
    await give(page, "Post event confirmed");
    await sees(page, 0, "COMPLETED");
    assert.equal(await value(page, "0.delivered"), 1);
  }),
);

test(
  "one that throws an exception is handled by the parent; by keyboard",
  withPage({ path: "?example=child-workflow" }, async ({ page }) => {
    await sees(page, 0, "RUNNING");
    const thrown = command(page, "Throw exception from workflow restock (ThreadRun 0)");
    await thrown.focus();
    await page.keyboard.press("Enter");
    await sees(page, 0, "COMPLETED");
    assert.equal(await value(page, "0.delivered"), 0, "do-without has handled it");
    assert.equal(await step(page), 2);
  }),
);

test(
  "on a server the parent never halts, and the page says so",
  withPage({ path: "?example=deviations/child-wf-never-halts" }, async ({ page }) => {
    await page.getByRole("combobox", { name: "Rules" }).selectOption("server-1.2");
    await give(page, "Post event note-added");
    await sees(page, 0, "HALTING");
    await give(page, COMPLETE);
    await sees(page, 0, "HALTING");
    await page.getByText("D-CHILD-WF-NEVER-HALTS").first().waitFor({ state: "attached" });
  }),
);
