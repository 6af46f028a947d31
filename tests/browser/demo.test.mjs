// The demo: stage and caption alone, large, next and back by a presenter's keys.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, sees, step } from "./support/playground.mjs";

const begin = (page) => command(page, "Present on the full screen").click();
const at = (page, number) => page.locator(`.demo[data-step="${number}"]`).waitFor();

test(
  "the keys of a presenter go through the script and back, and nothing moves in between",
  withPage({ path: "?example=running-task" }, async ({ page, checkAccessibility, screenshot }) => {
    await begin(page);
    await at(page, 1);
    for (const [key, number] of [["PageDown", 2], ["ArrowRight", 3], ["PageUp", 2], ["ArrowDown", 3]]) {
      await page.keyboard.press(key);
      await at(page, number);
    }
    await sees(page, 0, "HALTING");
    assert.match(await page.locator("[data-caption]").innerText(), /must halt/);
    await checkAccessibility();
    await screenshot("demo");
    await page.waitForTimeout(1500);
    assert.equal(await step(page), 3, "it waits for the speaker");

    await page.locator(".demo-next").focus();
    await page.keyboard.press("Space");
    await at(page, 4);
    await page.keyboard.press("Home");
    await at(page, 0);
    await page.keyboard.press("Escape");
    await command(page, "Run workflow").waitFor();
    await page.waitForFunction(() => document.activeElement.ariaLabel === "Present on the full screen");
  }),
);

test(
  "the stage is as large as there is room, and all of it is seen",
  withPage({ path: "?example=running-task", context: { viewport: { width: 1920, height: 1080 } } }, async ({ page, screenshot }) => {
    await begin(page);
    await command(page, "Next").click();
    await command(page, "Next").click();
    await sees(page, 0, "HALTING");
    const zoom = Number(await page.locator("[data-zoom]").getAttribute("data-zoom"));
    assert.ok(zoom > 1.2, `${zoom}`);
    const size = await page.locator("[data-caption]").evaluate((caption) => parseFloat(getComputedStyle(caption).fontSize));
    assert.ok(size >= 32, `${size}`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollHeight <= window.innerHeight), true);
    await screenshot("demo-large");
    await command(page, "Leave the demo").click();
    await page.locator("header.top").waitFor();
  }),
);
