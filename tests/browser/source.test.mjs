// The source: problems have a place, the last good run stays, the text is kept, a huge paste is harmless.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, openExample, sees, source, text, write } from "./support/playground.mjs";

test(
  "bad source shows its problem with line and column, and the last good run stays",
  withPage(async ({ page, screenshot }) => {
    await sees(page, 0, "RUNNING");
    const good = await text(page);
    await write(page, good.replace("task: charge", "task: chagre"));
    const problem = page.locator("[data-diagnostic]").first();
    await problem.waitFor();
    const [line, column] = (await problem.getAttribute("data-place")).split(":").map(Number);
    assert.ok(line > 1 && column >= 1, `${line}:${column}`);
    await sees(page, 0, "RUNNING");
    await page.getByText("This is the last good run").waitFor();
    await screenshot("bad-source");

    await problem.click();
    const active = page.locator(".cm-activeLineGutter", { hasText: String(line) });
    await active.waitFor();
    assert.equal(await source(page).evaluate((editor) => editor === document.activeElement), true);

    await write(page, good);
    await page.getByText("no problems", { exact: true }).waitFor();
    await page.getByText("This is the last good run").waitFor({ state: "detached" });
  }),
);

for (const [what, bad] of [
  ["no YAML and no JSON", "\u0000\u0001 ]["],
  ["JSON that breaks off", '{"name": "x", "threadSpecs": {'],
  ["a list", "- 1\n- 2\n"],
  ["unknown nodes", '{"name":"x","entrypointThreadName":"e","threadSpecs":{"e":{"nodes":{"0-a-ENTRYPOINT":{"dance":{}}}}}}'],
  ["a thousand brackets", "[".repeat(1000)],
]) {
  test(
    `${what}: a diagnostic, never a blank page`,
    withPage(async ({ page }) => {
      await write(page, bad);
      const problem = page.locator("[data-diagnostic]").first();
      await problem.waitFor();
      assert.match(await problem.getAttribute("data-place"), /^\d+:\d+$/);
      await sees(page, 0, "RUNNING");
    }),
  );
}

test(
  "a reload keeps the text, good or bad",
  withPage(async ({ page }) => {
    for (const kept of [`${await text(page)}\n# mine`, "not: [good"]) {
      await write(page, kept);
      await page.locator('[data-kept="true"]').waitFor();
      await page.reload();
      await page.waitForFunction((kept) => window.halterEditor?.text() === kept, kept);
    }
  }),
);

test(
  "what was typed a moment before a reload is kept as well",
  withPage(async ({ page }) => {
    await sees(page, 0, "RUNNING");
    const good = await text(page);
    await source(page).press("ControlOrMeta+End");
    await page.keyboard.type("# in a hurry");
    await page.reload();
    await page.waitForFunction((kept) => window.halterEditor?.text() === kept, `${good}# in a hurry`);
  }),
);

test(
  "a page that may not store still works, and documents last as long as the page",
  withPage(async ({ page, url }) => {
    await sees(page, 0, "RUNNING");
    await page.addInitScript(() => {
      const refuse = () => {
        throw new DOMException("refused", "QuotaExceededError");
      };
      Object.defineProperty(Storage.prototype, "setItem", { value: refuse });
      Object.defineProperty(IDBFactory.prototype, "open", { value: refuse });
    });
    await page.goto(url);
    await sees(page, 0, "RUNNING");
    await source(page).press("ControlOrMeta+End");
    await page.keyboard.type("# mine");
    await page.getByText("refuses to keep documents").waitFor();
    const mine = await text(page);
    await openExample(page, "heartbeats");
    await page.waitForFunction((mine) => window.halterEditor?.text() !== mine, mine);
    await page.locator(".switcher").click();
    await command(page, "Open Update the cart").click();
    await page.waitForFunction((mine) => window.halterEditor?.text() === mine, mine);
  }),
);

test(
  "10 MB pasted: a problem that says so, the page goes on, and undo takes it back",
  withPage(async ({ page }) => {
    await sees(page, 0, "RUNNING");
    const start = Date.now();
    const before = await text(page);
    await write(page, "0123456789abcdef: 0123456789abcdef\n".repeat(300_000));
    await page.locator('[data-diagnostic="TOO-LARGE"]').waitFor();
    await sees(page, 0, "RUNNING");
    const clicked = Date.now();
    await command(page, "Step back").click();
    await page.locator('[data-step="0"]').waitFor();
    assert.ok(Date.now() - clicked < 2_000, `a click took ${Date.now() - clicked} ms`);
    assert.ok(Date.now() - start < 10_000, `${Date.now() - start} ms`);
    await source(page).press("ControlOrMeta+z");
    await page.getByText("no problems", { exact: true }).waitFor();
    assert.equal(await text(page), before);
  }),
);

test(
  "without CodeMirror the source is a text area that works",
  withPage(
    { allow: [/editor|ERR_FAILED/], context: {}, block: /editor-[0-9a-f]+\.js$/ },
    async ({ page, screenshot }) => {
      await sees(page, 0, "RUNNING");
      const area = source(page);
      const good = await area.inputValue();
      await area.fill("workflow: [");
      await page.locator("[data-diagnostic]").first().waitFor();
      await screenshot("plain-editor");
      await area.fill(good);
      await page.getByText("no problems", { exact: true }).waitFor();
    },
  ),
);

test(
  "the editor is fetched when the source is opened, and holds what was drawn before",
  withPage({ path: "?example=update-the-cart", drawers: false }, async ({ page }) => {
    const fetched = () =>
      page.evaluate(() => performance.getEntriesByType("resource").some(({ name }) => /\/editor-[0-9a-f]+\.js$/.test(name)));
    await page.locator("[data-step]").waitFor();
    assert.equal(await fetched(), false);
    assert.equal(await source(page).count(), 0);
    await command(page, "Show source").click();
    await source(page).waitFor();
    assert.equal(await fetched(), true);
    assert.match(await text(page), /^# /);
  }),
);

test(
  "a step that is drawn while the source is closed is written, and taken back",
  withPage({ path: "?example=update-the-cart", drawers: false }, async ({ page }) => {
    await command(page, "Draw").click();
    await page.locator('[data-thread-run="0"] [data-node$="-TASK"]').first().click();
    const nodes = page.locator('[data-thread-run="0"] [data-node]');
    const before = await nodes.count();
    await command(page, "Delete step").click();
    await page.waitForFunction((before) => document.querySelectorAll('[data-thread-run="0"] [data-node]').length === before - 1, before);
    await page.keyboard.press("ControlOrMeta+z");
    await page.waitForFunction((before) => document.querySelectorAll('[data-thread-run="0"] [data-node]').length === before, before);
  }),
);
