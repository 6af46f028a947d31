// Why: click on a status, a halt reason or a value, and read the chain of causes back to the command that began it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { give, sees, thread } from "./support/playground.mjs";

const answer = (page) => page.locator("[data-why]");
const chain = (page) => page.locator(".why-chain > li");

async function interruptParent(page) {
  await give(page, "Claim task drive-to-customer (ThreadRun 2)");
  await give(page, "Post event order-paused");
}

test(
  "a child's PARENT_HALTED goes back to the event that interrupted its parent, rule by rule",
  withPage({ path: "?example=parent-with-children" }, async ({ page, checkAccessibility, screenshot }) => {
    await interruptParent(page);
    await thread(page, 1).getByRole("button", { name: /^Why PARENT_HALTED · 0 at ThreadRun 1\?/ }).click();
    await page.locator('[data-why="Why has ThreadRun 1 (wrap-gift) the halt reason PARENT_HALTED?"]').waitFor();
    const told = await chain(page).allInnerTexts();
    assert.match(told[0], /^Step 3 Posted event order-paused/);
    assert.match(told[1], /arrives with/);
    assert.match(told.at(-1), /ThreadRun 1 \(wrap-gift\) gets halt reason PARENT_HALTED/);
    const rules = await page.locator("[data-why-link]").evaluateAll((links) => links.map(({ dataset }) => dataset.rule));
    assert.deepEqual(rules, ["R-TRIGGER", "R-TRIGGER", "R-HALT", "R-HALT", "R-HALT"]);
    await page.locator(".why details.rule").last().locator("summary").click();
    const link = page.locator(".why details.rule").last().getByRole("link");
    assert.match(await link.getAttribute("href"), /^https:\/\/littlehorse\.io\/docs\//);
    await page.getByText("It goes on when ThreadRun 0 (order) runs again.").first().waitFor();
    await checkAccessibility();
    await screenshot("why");
  }),
);

test(
  "who waits says what would move it, without being asked",
  withPage({ path: "?example=parent-with-children" }, async ({ page }) => {
    await interruptParent(page);
    await thread(page, 2).getByRole("button", { name: /^ThreadRun 2/ }).click();
    await page.locator('[data-why="Why is ThreadRun 2 (deliver) HALTING?"]').waitFor();
    assert.match(await answer(page).locator("[data-moves]").getAttribute("data-moves"), /a worker must finish it/);
  }),
);

test(
  "a value says who wrote it; a status of the past says how it was then",
  withPage(async ({ page }) => {
    await give(page, "Post event cart-updated");
    await page.getByRole("button", { name: /^Why is total / }).click();
    await page.locator('[data-why^="Why is total of ThreadRun 0 (cart) "]').waitFor();
    assert.match(await chain(page).last().innerText(), /sets total of ThreadRun 0 \(cart\) to /);
    // A link of the chain shows the run as it was then.
    await page.locator(".why .occurrence-id").first().click();
    await sees(page, 0, "RUNNING");
    await page.getByRole("button", { name: "Close the answer" }).click();
    await page.locator('[data-why^="Why is ThreadRun"]').waitFor();
  }),
);

test(
  "it is asked and answered by keyboard alone, and said to who can't see it",
  withPage({ path: "?example=parent-with-children" }, async ({ page }) => {
    await interruptParent(page);
    await thread(page, 0).getByRole("button", { name: "Why is ThreadRun 0 HALTING?" }).focus();
    await page.keyboard.press("Enter");
    await page.locator('[data-why="Why is ThreadRun 0 (order) HALTING?"]').waitFor();
    const said = await page.locator('[role="status"]').first().innerText();
    assert.match(said, /^Why is ThreadRun 0 \(order\) HALTING\? .*Not HALTED yet: ThreadRun 2 is not halted yet/);
  }),
);
