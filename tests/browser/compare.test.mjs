// Where the server departs from its documentation: named at the step, and both runs side by side.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, give, sees } from "./support/playground.mjs";

const rules = (page, name) => page.getByRole("combobox", { name: "Rules" }).selectOption(name);

test(
  "the deviation is named where the runs part, with both of them",
  withPage({ path: "?example=deviations/exit-never-halts" }, async ({ page, screenshot, checkAccessibility }) => {
    await sees(page, 0, "RUNNING");
    assert.equal(await page.locator("[data-parting-step]").count(), 0);
    await give(page, "Post event note-added");
    const parting = page.locator('[data-parting-step="2"]');
    assert.equal(await parting.getAttribute("data-deviations"), "D-EXIT-NEVER-HALTS");
    await parting.locator("summary").click();
    const cells = await parting.locator("tbody tr").nth(1).locator("td").allInnerTexts();
    assert.match(cells[0], /RUNNING/);
    assert.match(cells[1], /HALTING[\s\S]*PENDING_INTERRUPT/);
    await screenshot("compare");
    await checkAccessibility();
  }),
);

test(
  "the switch changes the rules, says what they mean, and plays the same commands",
  withPage({ path: "?example=deviations/failure-name" }, async ({ page }) => {
    await give(page, "Post event stock-checked");
    await sees(page, 0, "ERROR");
    await page.getByText("what LittleHorse's documentation promises").waitFor();
    await rules(page, "server-1.2");
    await sees(page, 0, "EXCEPTION");
    await page.getByText("what LittleHorse 1.2.1 was seen to do").waitFor();
    await command(page, "Step back").click();
    assert.equal(await page.locator("[data-parting-step]").count(), 0);
  }),
);
