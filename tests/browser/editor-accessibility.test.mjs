// What belongs to the source has no barriers that axe finds, and is not wider than the screen, in any of its states.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, sees, source, text, write } from "./support/playground.mjs";

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 360, height: 780 };

for (const [name, context] of [
  ["wide-light", { viewport: WIDE, colorScheme: "light" }],
  ["wide-dark", { viewport: WIDE, colorScheme: "dark" }],
  ["narrow-light", { viewport: NARROW, colorScheme: "light" }],
  ["narrow-dark", { viewport: NARROW, colorScheme: "dark" }],
]) {
  test(
    `${name}: problems, documents, search, export and an empty document`,
    withPage({ context }, async ({ page, screenshot, checkAccessibility }) => {
      const look = async (state) => {
        await screenshot(`${state}-${name}`);
        await checkAccessibility();
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(overflow <= 0, `${state}: ${overflow} px too wide`);
      };
      await sees(page, 0, "RUNNING");
      if (name.startsWith("narrow")) await command(page, "Show source").click();
      const good = await text(page);
      await write(page, good.replace("task: charge", "task: chagre"));
      await page.locator("[data-diagnostic]").first().waitFor();
      await page.locator('[data-kept="true"]').waitFor();
      await page.locator(".switcher").click();
      await command(page, "New document").waitFor();
      await look("problems");

      await page.locator(".switcher").click();
      await write(page, good);
      await page.getByText("no problems", { exact: true }).waitFor();
      await source(page).press("ControlOrMeta+f");
      await page.locator(".cm-search").waitFor();
      const close = await page.locator(".cm-search [name=close]").boundingBox();
      assert.ok(close.x + close.width <= context.viewport.width, "the search can't be closed");
      await look("search");
      await page.keyboard.press("Escape");

      await command(page, "Export").click();
      await page.getByRole("dialog", { name: "Export" }).waitFor();
      await look("export");
      await page.keyboard.press("Escape");

      await page.locator(".switcher").click();
      await command(page, "New document").click();
      await page.getByRole("heading", { name: "What do you want to see?" }).waitFor();
      await look("start");
    }),
  );
}
