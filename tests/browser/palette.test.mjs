// Every command by keyboard: the palette, the sheet of shortcuts, and the main job with nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, fill, openFields, openPalette, runInPalette, sees, step, write } from "./support/playground.mjs";

test(
  "whatever has a button among the commands is in the palette",
  withPage({ path: "?example=parent-with-children" }, async ({ page, screenshot, checkAccessibility }) => {
    await sees(page, 0, "RUNNING");
    const buttons = await page.locator("button.command").allInnerTexts();
    await openPalette(page);
    const options = await page.getByRole("dialog").getByRole("option").allInnerTexts();
    const names = options.map((text) => text.split("\n")[0].trim());
    for (const name of buttons.filter((name) => name.trim() && name !== "Pass seconds")) {
      assert.ok(names.includes(name.trim()), `${name} is not among ${names}`);
    }
    await checkAccessibility();
    await screenshot("palette");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }),
);

test(
  "the main job with the palette alone: interrupt, ask why, go back, another example",
  withPage({ path: "?example=parent-with-children" }, async ({ page }) => {
    await sees(page, 0, "RUNNING");
    await runInPalette(page, "claim drive");
    await runInPalette(page, "post order-paused");
    await sees(page, 0, "HALTING");
    assert.match(await page.locator("p.spoken[role=status]").innerText(), /ThreadRun 0 \(order\) is HALTING/);
    await runInPalette(page, "why threadrun 0");
    await page.locator('[data-why="Why is ThreadRun 0 (order) HALTING?"]').waitFor();
    assert.match(await page.locator("[data-movers]").innerText(), /A worker must finish task drive-to-customer/);
    await runInPalette(page, "complete drive");
    await sees(page, 0, "HALTED");
    const at = await step(page);
    await runInPalette(page, "step back");
    await page.locator(`[data-step="${at - 1}"]`).waitFor();
    await runInPalette(page, "open heartbeats");
    await sees(page, 0, "RUNNING");
    await openPalette(page);
    await page.keyboard.type("no such thing");
    await page.getByText("Nothing is called so.").waitFor();
  }),
);

test(
  "? shows the shortcuts, but not while typing, and not if it was switched off",
  withPage(async ({ page, checkAccessibility }) => {
    await sees(page, 0, "RUNNING");
    await page.locator("body").press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await checkAccessibility();
    await page.getByLabel("? alone opens this sheet").uncheck();
    await command(page, "Close the shortcuts").click();
    await page.locator("body").press("?");
    assert.equal(await page.getByRole("dialog").count(), 0);
  }),
);

test(
  "a correlated event is posted by its key",
  withPage(async ({ page }) => {
    const source = `workflow: orders
events:
  paid: {payload: STR, correlated: {}}
threads:
  main:
    variables: {order: STR = "o-1", receipt: STR}
    do:
      - wait-for-event: paid
        correlation-key: $order
        into: receipt
`;
    await write(page, source);
    const post = "Post correlated event paid";
    await command(page, post).waitFor();
    await openFields(page, post);
    assert.equal(await page.getByLabel(`key of ${post}`).inputValue(), "o-1");
    await fill(page, "key", post, "o-2");
    await command(page, post).click();
    await page.locator('[data-step="2"]').waitFor();
    await sees(page, 0, "RUNNING");
    await fill(page, "key", post, "o-1");
    await fill(page, "payload (STR)", post, "receipt 3");
    await command(page, post).click();
    await sees(page, 0, "COMPLETED");
    assert.equal(await page.locator('[data-variable="0.receipt"]').innerText(), '"receipt 3"');
  }),
);
