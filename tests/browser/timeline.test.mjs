// The timeline: bars, scrubbing by pointer and keys, jumping, playing; branches that are kept and compared.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, give, sees, step } from "./support/playground.mjs";

const bars = (page, number) =>
  page.locator(`[data-timeline-row="${number}"] [data-bar-status]`).evaluateAll((found) =>
    found.map(({ dataset }) => dataset.barStatus),
  );

const slider = (page) => page.getByRole("slider", { name: "Timeline", exact: true });

async function play(page) {
  await give(page, "Claim task drive-to-customer (ThreadRun 2)");
  await give(page, "Post event order-paused");
  await give(page, "Complete task drive-to-customer (ThreadRun 2)");
}

test(
  "bars say each ThreadRun's status over the steps, by pattern as well",
  withPage({ path: "?example=parent-with-children" }, async ({ page, screenshot, checkAccessibility }) => {
    await play(page);
    assert.deepEqual(await bars(page, 0), ["RUNNING", "HALTING", "HALTED"]);
    // Both within one step: it is shared out.
    assert.deepEqual(await bars(page, 1), ["RUNNING", "HALTING", "HALTED"]);
    const look = (status) =>
      page.locator(`[data-bar-status="${status}"]`).first().evaluate((bar) => {
        const { backgroundImage, borderTopStyle } = getComputedStyle(bar);
        return `${backgroundImage} ${borderTopStyle}`.replace(/rgb\([^)]*\)/g, "");
      });
    const looks = new Set(await Promise.all(["RUNNING", "HALTING", "HALTED"].map(look)));
    assert.equal(looks.size, 3, "they differ by more than colour");
    assert.equal(await page.locator('[data-mark="event"]').count(), 1);
    await command(page, "By virtual time").click();
    await page.locator('[data-timeline-scale="time"]').waitFor();
    await checkAccessibility();
    await screenshot("timeline");
  }),
);

test(
  "scrubbing by pointer and by keys; jumping to the next status change",
  withPage({ path: "?example=parent-with-children" }, async ({ page }) => {
    await play(page);
    const { x, y, width, height } = await slider(page).boundingBox();
    await page.mouse.move(x + width - 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.26, y + height / 2, { steps: 4 });
    await page.mouse.up();
    await page.locator('[data-step="1"]').waitFor();
    await slider(page).press("End");
    await page.locator('[data-step="4"]').waitFor();
    await slider(page).press("ArrowLeft");
    await page.locator('[data-step="3"]').waitFor();
    assert.match(await slider(page).getAttribute("aria-valuetext"), /Step 3 of 4.*order-paused/);
    await slider(page).press("Home");
    await page.locator('[data-step="0"]').waitFor();
    await command(page, "Next status change").click();
    await page.locator('[data-step="1"]').waitFor();
    // The claim of the task in step 2 changes no status of a ThreadRun.
    await page.locator("body").press("Alt+Shift+ArrowRight");
    await page.locator('[data-step="3"]').waitFor();
    await page.locator("body").press("Alt+Shift+ArrowLeft");
    await page.locator('[data-step="1"]').waitFor();
  }),
);

test(
  "what was played plays again, at the speed that was chosen, pauses, and goes on by itself; starting over keeps it",
  withPage({ path: "?example=parent-with-children" }, async ({ page }) => {
    await play(page);
    await page.getByLabel("Speed").selectOption("50");
    await page.getByRole("slider", { name: "Timeline", exact: true }).press("Home");
    await page.locator('[data-step="0"]').waitFor();
    await command(page, "Play the run").click();
    await page.locator('[data-step="1"]').waitFor();
    await command(page, "Pause the run").click();
    const at = await step(page);
    await page.waitForTimeout(2500);
    assert.equal(await step(page), at);
    const steps = await page.locator("[data-steps]").getAttribute("data-steps");
    await page.getByLabel("Speed").selectOption("400");
    await command(page, "Play the run").click();
    // What was played is played again; then it goes on by itself.
    await page.locator('[data-run-stopped="over"]').waitFor();
    assert.ok(Number(await page.locator("[data-steps]").getAttribute("data-steps")) > Number(steps));
    assert.equal(await page.locator("[data-other-branch]").count(), 0, "nothing was done instead");
    await command(page, "Play the run").click();
    // At this speed a step is soon over.
    await page.waitForFunction(() => Number(document.querySelector("[data-step]").dataset.step) >= 1);
    await command(page, "Start over").click();
    await page.locator('[data-steps="0"]').waitFor();
    await page.getByRole("button", { name: "Play branch 1" }).click();
    await page.locator('[data-wf-run-status="COMPLETED"]').waitFor();
  }),
);

test(
  "doing something else keeps both branches, which can be compared, played and forgotten",
  withPage({ path: "?example=parent-with-children" }, async ({ page, screenshot, checkAccessibility }) => {
    await play(page);
    await command(page, "Step back").click();
    await command(page, "Step back").click();
    await give(page, "Complete task drive-to-customer (ThreadRun 2)");
    const other = page.locator('[data-other-branch="1"]');
    assert.equal(await other.getAttribute("data-fork"), "2");
    await page.getByRole("button", { name: "compare branch 1" }).click();
    const compared = page.locator('[data-compared-branch="1"]');
    const row = compared.locator("tbody tr").nth(1);
    assert.match(await row.locator("td").nth(0).innerText(), /RUNNING/);
    assert.match(await row.locator("td").nth(1).innerText(), /HALTED/);
    await screenshot("branches");
    await checkAccessibility();
    await command(page, "Play branch 1").click();
    await sees(page, 0, "HALTED");
    assert.equal(await step(page), 4);
    await page.getByRole("button", { name: "forget branch 2" }).click();
    await page.locator("[data-other-branch]").waitFor({ state: "detached" });
  }),
);

test(
  "the same done again is no other branch; the ninth pushes out the first, and the page says so",
  withPage({ path: "?example=heartbeats" }, async ({ page }) => {
    const seconds = page.getByLabel("Seconds to pass");
    const pass = async (text) => {
      await seconds.fill(text);
      await command(page, "Pass seconds").click();
      await page.locator('[data-step="2"]').waitFor();
      await command(page, "Step back").click();
      await page.locator('[data-step="1"]').waitFor();
    };
    await pass("1");
    await pass("1");
    assert.equal(await page.locator("[data-other-branch]").count(), 0);
    for (let second = 2; second <= 10; second += 1) await pass(String(second));
    assert.equal(await page.locator("[data-other-branch]").count(), 8);
    await page.getByText(/8 branches are kept .* left longest ago, is forgotten/).waitFor();
  }),
);

test(
  "on a narrow page nothing lies over the buttons of the bar",
  withPage({ path: "?example=parent-with-children", context: { viewport: { width: 390, height: 844 } } }, async ({ page }) => {
    await page.locator('[data-step="1"]').waitFor();
    const covered = await page.evaluate(() => {
      const buttons = [...document.querySelectorAll(".bottom button, .bottom select")];
      return buttons.filter((button) => button.offsetParent).flatMap((button) => {
        button.scrollIntoView({ block: "nearest", inline: "nearest" });
        const { left, top, width, height } = button.getBoundingClientRect();
        // Corners are round: the middles of the edges tell.
        const points = [[width / 2, 3], [width / 2, height - 3], [6, height / 2], [width - 6, height / 2]];
        const on = points.map(([x, y]) => document.elementFromPoint(left + x, top + y));
        return on.every((element) => button.contains(element)) ? [] : [button.textContent || button.ariaLabel];
      });
    });
    assert.deepEqual(covered, []);
  }),
);
