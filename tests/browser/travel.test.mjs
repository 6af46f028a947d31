// Stepping back and forward, by mouse and by keyboard; the whole main job by keyboard alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, give, sees, statuses, step, value } from "./support/playground.mjs";

const POST = "Post event cart-updated";

test(
  "stepping back and forward shows each state again; a new command puts another branch in place of what came after",
  withPage(async ({ page }) => {
    await sees(page, 0, "RUNNING");
    const start = await step(page);
    const states = [await statuses(page)];
    await give(page, POST);
    states.push(await statuses(page));
    assert.notDeepEqual(states[0], states[1]);

    await command(page, "Step back").click();
    await page.locator(`[data-step="${start}"]`).waitFor();
    assert.deepEqual(await statuses(page), states[0]);
    await command(page, "Step forward").click();
    await page.locator(`[data-step="${start + 1}"]`).waitFor();
    assert.deepEqual(await statuses(page), states[1]);

    await command(page, "To the beginning").click();
    await page.locator('[data-step="0"]').waitFor();
    assert.deepEqual(await statuses(page), {});
    await give(page, "Run workflow");
    await page.locator('[data-steps="1"]').waitFor();
  }),
);

test(
  "Alt and an arrow travel, but not while typing",
  withPage(async ({ page }) => {
    await sees(page, 0, "RUNNING");
    await page.locator("body").press("Alt+ArrowLeft");
    await page.locator('[data-step="0"]').waitFor();
    await page.locator("body").press("Alt+ArrowRight");
    await page.locator('[data-step="1"]').waitFor();
    await page.locator(".cm-content").press("Alt+ArrowLeft");
    assert.equal(await step(page), 1);
  }),
);

test(
  "the cause of an occurrence is one click away",
  withPage(async ({ page }) => {
    await give(page, POST);
    const effect = page.locator('[data-rule="R-HALT"]').first();
    const because = effect.getByRole("button", { name: /^because of/ });
    const cause = (await because.innerText()).match(/\d+/)[0];
    await because.click();
    await page.waitForFunction((id) => document.activeElement?.dataset.occurrence === id, cause);
    await effect.locator("summary").click();
    const link = effect.getByRole("link");
    assert.match(await link.getAttribute("href"), /^https:\/\/littlehorse\.io\/docs\//);
    assert.match(await link.getAttribute("rel"), /noopener/);
  }),
);

test(
  "the whole main job by keyboard alone",
  withPage(async ({ page }) => {
    await sees(page, 0, "RUNNING");
    const focus = async (name) => {
      for (let presses = 0; presses < 60; presses += 1) {
        await page.keyboard.press("Tab");
        const focused = await page.evaluate(() => {
          const element = document.activeElement;
          return element?.getAttribute("aria-label") ?? element?.innerText?.trim() ?? "";
        });
        if (focused === name) return;
        // In the source Tab indents, unless Escape comes before it.
        if (focused.startsWith("Workflow source")) await page.keyboard.press("Escape");
      }
      assert.fail(`Tab never reached ${name}`);
    };
    await focus(POST);
    await page.keyboard.press("Enter");
    await page.locator('[data-step="2"]').waitFor();
    assert.match(await page.getByRole("status").innerText(), /HALT/);
    await page.keyboard.press("Alt+ArrowLeft");
    await page.locator('[data-step="1"]').waitFor();
    assert.match(await page.getByRole("status").innerText(), /Step 1 of 2/);
  }),
);

test(
  "a reload brings back the run, the step that is looked at and the ThreadRun that was chosen; another visit begins anew",
  withPage({ path: "?example=parent-with-children" }, async ({ page, url }) => {
    await sees(page, 0, "RUNNING");
    await give(page, "Claim task drive-to-customer (ThreadRun 2)");
    await give(page, "Post event order-paused");
    await sees(page, 0, "HALTING");
    await command(page, "Step back").click();
    await page.locator('.lane[data-thread-run="1"] .lane-title').click();
    // At once: nothing waits until it is kept.
    await page.reload();
    await page.locator('[data-step="2"][data-steps="3"]').waitFor();
    await page.locator('.lane[data-thread-run="1"] .lane-title[aria-pressed="true"]').waitFor();
    await command(page, "Step forward").click();
    await sees(page, 0, "HALTING");
    await page.goto(`${url}?example=nested`);
    await page.locator('[data-steps="1"]').waitFor();
    await page.goto(`${url}?example=parent-with-children`);
    await sees(page, 0, "RUNNING");
    assert.equal(await page.locator("[data-steps]").getAttribute("data-steps"), "1");
  }),
);

test(
  "a reload brings back the moment within a step, and how the stage was panned and zoomed; a link opens at its moment",
  withPage({ path: "?example=parent-with-children" }, async ({ page, url }) => {
    await sees(page, 0, "RUNNING");
    await give(page, "Claim task drive-to-customer (ThreadRun 2)");
    await give(page, "Post event order-paused");
    await page.locator('[data-log-step="3"] .occurrence', { hasText: "is HALTING" }).first().locator(".occurrence-id").click();
    await sees(page, 0, "HALTING");
    const shown = await statuses(page);
    assert.deepEqual(shown, { 0: "HALTING", 1: "RUNNING", 2: "RUNNING" });
    for (let times = 0; times < 4; times += 1) await command(page, "Zoom in").click();
    const scroller = page.locator(".graph-scroll");
    await scroller.evaluate((element) => element.scrollTo(90, 120));
    const view = () => scroller.evaluate(({ scrollLeft, scrollTop, dataset }) => [scrollLeft, scrollTop, dataset.zoom]);
    const seen = await view();
    assert.ok(seen[0] === 90 && seen[1] === 120 && Number(seen[2]) > 1.2, `${seen}`);
    await page.reload();
    await page.locator('[data-step="3"]').waitFor();
    await page.waitForFunction((top) => document.querySelector(".graph-scroll").scrollTop === top, seen[1]);
    assert.deepEqual(await view(), seen);
    assert.deepEqual(await statuses(page), shown);

    await command(page, "Share").click();
    const link = await page.locator("#export-text").innerText();
    await page.goto("about:blank");
    await page.goto(link);
    await page.locator('[data-step="3"]').waitFor();
    assert.deepEqual(await statuses(page), shown);
  }),
);

test(
  "a JSON value opens as a tree, by keyboard as well",
  withPage(async ({ page, checkAccessibility }) => {
    await sees(page, 0, "RUNNING");
    assert.equal(await page.locator("[data-tree]").count(), 0);
    await give(page, "Post event cart-updated");
    const tree = page.locator('[data-tree="items"]');
    await tree.locator("summary").first().focus();
    await page.keyboard.press("Enter");
    assert.equal((await tree.locator("li").allInnerTexts()).join(), '0 "book"');
    await checkAccessibility();
    assert.deepEqual(await value(page, "0.items"), ["book"]);
  }),
);
