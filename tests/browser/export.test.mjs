// LittleHorse's JSON in, and everything out: paste, convert, copy, download.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, sees, source, text, write } from "./support/playground.mjs";

const spec = async (name) => readFile(new URL(`../specs/${name}.json`, import.meta.url), "utf8");

test(
  "pasted JSON of an SDK runs as it is, becomes readable source in one step, and undo takes it back",
  withPage(async ({ page, screenshot, checkAccessibility }) => {
    await sees(page, 0, "RUNNING");
    const json = await spec("order");
    await write(page, json);
    await page.getByText("It runs as it is").waitFor();
    await screenshot("convert");
    await checkAccessibility();
    await command(page, "Turn it into readable source").click();
    await page.getByText("It runs as it is").waitFor({ state: "detached" });
    await page.getByText(/no problems|warning/).first().waitFor();
    assert.match(await text(page), /^workflow: /m);
    assert.match(await text(page), /^ +- task: /m);
    await source(page).press("ControlOrMeta+z");
    await page.getByText("It runs as it is").waitFor();
    assert.equal(await text(page), json);
  }),
);

test(
  "the export has a tab for each target, which copies and downloads what it shows",
  withPage({ context: { permissions: ["clipboard-read", "clipboard-write"] } }, async ({ page, screenshot, checkAccessibility }) => {
    await sees(page, 0, "RUNNING");
    await command(page, "Export").click();
    const dialog = page.getByRole("dialog", { name: "Export" });
    await dialog.waitFor();
    await page.getByText("lhctl deploy wfSpec").waitFor();
    const tabs = dialog.getByRole("tab");
    // Pictures have buttons of their own: picture.test.mjs.
    const names = (await tabs.allInnerTexts()).filter((name) => name !== "Picture");
    assert.ok(names.length >= 2, String(names));
    const shown = dialog.locator(".export-text");
    const seen = new Set();
    for (const name of names) {
      await dialog.getByRole("tab", { name, exact: true }).click();
      await dialog.locator('[aria-selected="true"]', { hasText: name }).waitFor();
      const content = await shown.evaluate((element) => element.textContent);
      assert.ok(content.length > 50, name);
      seen.add(content);

      await command(page, "Copy").click();
      await dialog.getByText("Copied.").waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), content);

      const [download] = await Promise.all([page.waitForEvent("download"), command(page, "Download").click()]);
      assert.match(download.suggestedFilename(), /\.[a-z]+$/);
      assert.equal(await readFile(await download.path(), "utf8"), content);
      await screenshot(`export-${download.suggestedFilename().split(".").at(-1)}`);
    }
    assert.equal(seen.size, names.length);
    await dialog.getByRole("tab", { name: "LittleHorse JSON", exact: true }).click();
    assert.equal(JSON.parse(await shown.evaluate((element) => element.textContent)).name, "update-the-cart");
    await page.keyboard.press("ArrowRight");
    await dialog.locator('[aria-selected="true"]', { hasText: names[names.indexOf("LittleHorse JSON") + 1] }).waitFor();
    await checkAccessibility();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
  }),
);

test(
  "where the page may not copy, the text is selected",
  withPage(async ({ page }) => {
    await sees(page, 0, "RUNNING");
    await page.evaluate(() => {
      Object.defineProperty(navigator.clipboard, "writeText", { value: () => Promise.reject(new Error("refused")) });
    });
    await command(page, "Export").click();
    await command(page, "Copy").click();
    await page.getByText("copy it with Ctrl C").waitFor();
    const selected = await page.evaluate(() => String(getSelection()));
    assert.match(selected, /"threadSpecs"/);
  }),
);

test(
  "what can't be exported says why",
  withPage(async ({ page, screenshot }) => {
    await sees(page, 0, "RUNNING");
    await write(page, "workflow: [");
    await page.locator("[data-diagnostic]").first().waitFor();
    await command(page, "Export").click();
    await page.getByText("what can't be run can't be exported").waitFor();
    assert.equal(await command(page, "Copy").isDisabled(), true);
    await screenshot("export-refused");
  }),
);
