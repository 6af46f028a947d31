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

test(
  "with the system's colours statuses differ by pattern, in the lanes and in the timeline",
  withPage({ path: "?example=parent-with-children", context: { forcedColors: "active" } }, async ({ page, checkAccessibility, screenshot }) => {
    await give(page, "Claim task drive-to-customer (ThreadRun 2)");
    await give(page, "Post event order-paused");
    const bars = await page.locator("[data-bar-status]").evaluateAll((bars) =>
      bars.map((bar) => {
        const { backgroundImage, backgroundColor, borderTopStyle } = getComputedStyle(bar);
        return [bar.dataset.barStatus, `${backgroundImage} ${backgroundColor} ${borderTopStyle}`];
      }));
    const looks = new Map(bars);
    assert.deepEqual([...looks.keys()].sort(), ["HALTED", "HALTING", "RUNNING"]);
    assert.equal(new Set(looks.values()).size, 3, JSON.stringify([...looks]));
    const borders = await page.locator(".lane[data-status]").evaluateAll((lanes) =>
      lanes.map((lane) => `${lane.dataset.status} ${getComputedStyle(lane).borderTopStyle}`));
    // Behind a text the browser puts the colour of the page, unless the button has its own way.
    const unread = await page.locator("button:not(:disabled)").evaluateAll((buttons) => {
      const ground = getComputedStyle(document.body).backgroundColor;
      const behind = ({ forcedColorAdjust, backgroundColor }) => (forcedColorAdjust === "none" ? backgroundColor : ground);
      const unread = buttons.map((button) => [button.innerText, getComputedStyle(button)]);
      return unread.filter(([, style]) => style.color === behind(style)).map(([text]) => text);
    });
    assert.deepEqual(unread, []);
    const hinted = await page.locator(".command--hinted").first().evaluate((button) => {
      const { borderTopStyle, borderTopColor } = getComputedStyle(button);
      return [borderTopStyle, borderTopColor === getComputedStyle(document.body).backgroundColor];
    });
    assert.deepEqual(hinted, ["double", false]);
    assert.ok(borders.includes("HALTING dashed") && borders.includes("HALTED solid"), borders.join());
    await checkAccessibility();
    await screenshot("forced-colours");
  }),
);

test(
  "when the page's program can't be had the page says so, and what was written is kept",
  withPage({ path: null, allow: [/./] }, async ({ page, url, checkAccessibility }) => {
    await page.goto(`${url}?example=update-the-cart`);
    await sees(page, 0, "RUNNING");
    await write(page, "workflow: mine\nthreads:\n  main:\n    - sleep: 5\n");
    await page.locator('[data-document="mine"][data-kept="true"]').waitFor();
    let arrives = false;
    await page.route(/_bg\.wasm$/, (route) => (arrives ? route.continue() : route.abort()));
    await page.goto(url);
    await page.getByText("Halter could not be loaded").waitFor();
    await checkAccessibility();
    arrives = true;
    await page.getByRole("button", { name: "Load it again" }).click();
    await page.locator('[data-document="mine"]').waitFor();
  }),
);

test(
  "before the page's program is there, the page says what it is waiting for",
  withPage({ path: null }, async ({ page, url }) => {
    let let_go;
    const held = new Promise((done) => { let_go = done; });
    await page.route(/_bg\.wasm$/, async (route) => { await held; await route.continue(); });
    await page.goto(url, { waitUntil: "commit" });
    await page.getByRole("status").filter({ hasText: "Loading the playground" }).waitFor();
    let_go();
    await sees(page, 0, "RUNNING");
    assert.equal(await page.locator("#boot").count(), 0);
  }),
);
