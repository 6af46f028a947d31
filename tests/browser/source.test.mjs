// The source: problems have a place, the last good run stays, the text is kept, a huge paste is harmless.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, sees, source, write } from "./support/playground.mjs";

test(
  "bad source shows its problem with line and column, and the last good run stays",
  withPage(async ({ page, screenshot }) => {
    await sees(page, 0, "RUNNING");
    const good = await source(page).inputValue();
    await write(page, good.replace("task: charge", "task: chagre"));
    const problem = page.locator("[data-diagnostic]").first();
    await problem.waitFor();
    const [line, column] = (await problem.getAttribute("data-place")).split(":").map(Number);
    assert.ok(line > 1 && column >= 1, `${line}:${column}`);
    await sees(page, 0, "RUNNING");
    await page.getByText("This is the last good run").waitFor();
    await screenshot("bad-source");

    await problem.click();
    await page.waitForFunction(
      (line) => {
        const area = document.querySelector("#source-text");
        return area.value.slice(0, area.selectionStart).split("\n").length === line;
      },
      line,
    );

    await write(page, good);
    await page.getByText("no problems", { exact: true }).waitFor();
    assert.equal(await page.getByText("This is the last good run").count(), 0);
  }),
);

for (const [what, text] of [
  ["no YAML and no JSON", "\u0000\u0001 ]["],
  ["JSON that breaks off", '{"name": "x", "threadSpecs": {'],
  ["a list", "- 1\n- 2\n"],
  ["unknown nodes", '{"name":"x","entrypointThreadName":"e","threadSpecs":{"e":{"nodes":{"0-a-ENTRYPOINT":{"dance":{}}}}}}'],
  ["a thousand brackets", "[".repeat(1000)],
]) {
  test(
    `${what}: a diagnostic, never a blank page`,
    withPage(async ({ page }) => {
      await write(page, text);
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
    for (const text of [`${await source(page).inputValue()}\n# mine`, "not: [good"]) {
      await write(page, text);
      await page.waitForFunction((kept) => Object.values(localStorage).some((v) => v.includes(kept)), text.slice(-6));
      await page.reload();
      await page.getByRole("heading", { level: 1, name: "Halter" }).waitFor();
      await page.waitForFunction(
        ([id, expected]) => document.querySelector(id)?.value === expected,
        ["#source-text", text],
      );
    }
  }),
);

test(
  "a page that may not store still works",
  withPage({ allow: [/localStorage/] }, async ({ page, url }) => {
    await sees(page, 0, "RUNNING");
    await page.addInitScript(() => {
      Object.defineProperty(Storage.prototype, "setItem", {
        value: () => {
          throw new DOMException("refused", "QuotaExceededError");
        },
      });
    });
    await page.goto(url);
    await sees(page, 0, "RUNNING");
    await source(page).press("End");
    await source(page).pressSequentially(" ");
    await page.getByText("refuses to keep the text").waitFor();
  }),
);

test(
  "10 MB pasted: a problem that says so, and the page goes on",
  withPage(async ({ page }) => {
    const start = Date.now();
    await source(page).evaluate((area) => {
      area.value = "0123456789abcdef: 0123456789abcdef\n".repeat(300_000);
      area.dispatchEvent(new InputEvent("input", { bubbles: true }));
    });
    await page.locator('[data-diagnostic="TOO-LARGE"]').waitFor();
    await page.getByText("not kept over a reload").waitFor();
    await sees(page, 0, "RUNNING");
    const clicked = Date.now();
    await command(page, "Step back").click();
    await page.locator('[data-step="0"]').waitFor();
    assert.ok(Date.now() - clicked < 2_000, `a click took ${Date.now() - clicked} ms`);
    assert.ok(Date.now() - start < 10_000);
    await command(page, "Bring back the text before").click();
    await page.getByText("no problems", { exact: true }).waitFor();
    assert.ok((await source(page).inputValue()).length < 100_000);
  }),
);

test(
  "an example that replaces one's own text can be taken back",
  withPage(async ({ page }) => {
    const own = `${await source(page).inputValue()}\n# mine`;
    await write(page, own);
    await page.waitForFunction(() => document.querySelector("select").value === "");
    await page.getByLabel("Example").selectOption("heartbeats");
    await page.getByText("replaced your text").waitFor();
    assert.notEqual(await source(page).inputValue(), own);
    await command(page, "Bring it back").click();
    await page.waitForFunction((own) => document.querySelector("#source-text").value === own, own);
  }),
);
