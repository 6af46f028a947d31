import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";

test(
  "the page comes up, without errors and without barriers",
  withPage(async ({ page, screenshot, checkAccessibility }) => {
    await page.getByRole("heading", { level: 1, name: "Halter" }).waitFor();
    assert.match(await page.title(), /^Halter/);
    await checkAccessibility();
    await screenshot("smoke");
  }),
);
