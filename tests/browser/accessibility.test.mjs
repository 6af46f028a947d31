// No barriers that axe finds, light and dark, wide and narrow, in every state that matters.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { give, sees, write } from "./support/playground.mjs";

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 360, height: 780 };

for (const [name, context] of [
  ["wide-light", { viewport: WIDE, colorScheme: "light" }],
  ["wide-dark", { viewport: WIDE, colorScheme: "dark" }],
  ["narrow-light", { viewport: NARROW, colorScheme: "light" }],
  ["narrow-dark", { viewport: NARROW, colorScheme: "dark" }],
]) {
  test(
    `${name}: no barriers, and nothing wider than the screen`,
    withPage({ path: "?example=parent-with-children", context }, async ({ page, screenshot, checkAccessibility }) => {
      await sees(page, 0, "RUNNING");
      await checkAccessibility();
      await give(page, "Claim task drive-to-customer (ThreadRun 2)");
      await give(page, "Post event order-paused");
      await sees(page, 0, "HALTING");
      await checkAccessibility();
      await give(page, "Throw exception from task drive-to-customer (ThreadRun 2)");
      if (name.startsWith("narrow")) await page.getByRole("button", { name: "Show story" }).click();
      await page.locator("details.rule summary").first().click();
      await checkAccessibility();
      await screenshot(name);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${overflow} px too wide`);
      if (name.startsWith("narrow")) {
        await page.getByRole("button", { name: "Hide story" }).click();
        await page.getByRole("button", { name: "Show source" }).click();
      }
      await write(page, "workflow: [");
      await page.locator("[data-diagnostic]").first().waitFor();
      await checkAccessibility();
    }),
  );
}

test(
  "HALTING and HALTED differ by shape and word, not by colour alone",
  withPage({ path: "?example=parent-with-children" }, async ({ page }) => {
    await give(page, "Claim task drive-to-customer (ThreadRun 2)");
    await give(page, "Post event order-paused");
    const look = (number) =>
      page.locator(`[data-thread-run="${number}"]`).evaluate((lane) => ({
        border: getComputedStyle(lane).borderTopStyle,
        word: lane.querySelector("[data-chip]").innerText.trim(),
        shape: lane.querySelector("[data-chip] svg").innerHTML,
      }));
    const [halting, halted] = [await look(2), await look(1)];
    assert.equal(halting.word, "HALTING");
    assert.equal(halted.word, "HALTED");
    assert.notEqual(halting.border, halted.border);
    assert.notEqual(halting.shape, halted.shape);
  }),
);
