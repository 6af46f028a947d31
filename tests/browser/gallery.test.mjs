// The gallery: cards with the pictures of moments; each opens the stage at its moment.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, sees, statuses, step } from "./support/playground.mjs";

const open = (page) => page.locator(".gallery-open").click();
const card = (page, picture) => page.locator(`[data-card="${picture}"]`).first();

for (const colorScheme of ["light", "dark"]) {
  test(
    `every card has a picture that is drawn (${colorScheme})`,
    withPage({ path: "?example=nested", context: { colorScheme } }, async ({ page, checkAccessibility, screenshot }) => {
      await open(page);
      await page.locator("[data-card]").first().waitFor();
      assert.ok((await page.locator("[data-card]").count()) >= 50);
      await checkAccessibility();
      await screenshot(`gallery-${colorScheme}`);
      // They are fetched when they come into view.
      const images = await page.locator(".gallery-picture").all();
      for (const image of images) {
        await image.scrollIntoViewIfNeeded();
        // What is not asked for yet counts as complete.
        const drawn = page.waitForFunction((image) => image.naturalWidth > 200, await image.elementHandle());
        await assert.doesNotReject(drawn, await image.getAttribute("src"));
      }
    }),
  );
}

test(
  "a card opens its moment, by the rules that it is about",
  withPage({ path: "?example=nested" }, async ({ page }) => {
    await open(page);
    await page.locator('[data-card="nested-3.svg"][aria-current="true"]').first().waitFor();
    await card(page, "running-task-3.svg").click();
    await sees(page, 0, "HALTING");
    assert.equal(await step(page), 3);
    assert.match(page.url(), /\?example=running-task$/);

    await open(page);
    await page.getByRole("button", { name: /^Exit never halts|D-EXIT-NEVER-HALTS/ }).first().click();
    await sees(page, 0, "HALTING");
    assert.equal(await page.getByRole("combobox", { name: "Rules" }).inputValue(), "server-1.2");

    await open(page);
    await page.getByRole("button", { name: /^R-SIDE-BY-SIDE/ }).click();
    await sees(page, 2, "RUNNING");
    assert.deepEqual(await statuses(page), { 0: "HALTED", 1: "RUNNING", 2: "RUNNING" });
    assert.equal(await page.getByRole("combobox", { name: "Rules" }).inputValue(), "documented");
  }),
);

test(
  "it is opened, walked through and left by keyboard",
  withPage({ path: "?example=nested" }, async ({ page }) => {
    await page.locator(".gallery-open").focus();
    await page.keyboard.press("Enter");
    await command(page, "Close the examples").waitFor();
    await page.keyboard.press("Escape");
    await page.locator("[data-card]").first().waitFor({ state: "detached" });
    await page.waitForFunction(() => document.activeElement.classList.contains("gallery-open"));

    await page.keyboard.press("Enter");
    await card(page, "heartbeats-3.svg").focus();
    await page.keyboard.press("Enter");
    await page.locator('[data-example="heartbeats"]').waitFor();
    assert.equal(await step(page), 3);
  }),
);
