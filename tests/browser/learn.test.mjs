// Lessons beside the stage: read, done by hand, guessed, taken up again; all of them by keyboard alone.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, give, sees, statuses, write } from "./support/playground.mjs";

const LESSONS = readdirSync(new URL("../../static/lessons/", import.meta.url)).map((file) => file.replace(".md", "")).sort();

const panel = (page) => page.locator(".learn");
const onPage = (page, number) => page.locator(`[data-lesson-page="${number}"]`).waitFor();
const isDone = (page) => page.locator('[data-lesson-done="true"]').waitFor();
const guess = (page, number, status) => page.locator(`[data-guess="${number}"]`).getByRole("radio", { name: status }).check();

test(
  "the first lesson: something is done by hand, something is guessed, and the wrong guess is told why",
  withPage({ path: "?example=heartbeats" }, async ({ page, checkAccessibility, screenshot }) => {
    await command(page, "Lessons").click();
    await page.getByRole("tab", { name: "Lessons", selected: true }).waitFor();
    assert.equal(await page.locator("[data-lesson]").count(), LESSONS.length);
    await checkAccessibility();
    await screenshot("lessons");
    await command(page, "Start: What is an interrupt").click();
    await onPage(page, 1);
    assert.match(page.url(), /\?lesson=01-what-is-an-interrupt$/);
    assert.deepEqual(await statuses(page), {}, "the run has not begun");
    await checkAccessibility();

    await give(page, "Run workflow");
    await isDone(page);
    await command(page, "Next").click();
    await onPage(page, 2);
    await sees(page, 0, "RUNNING");

    await command(page, "See what happens").click();
    await page.getByText("Choose a status for each of them first.").waitFor();
    await guess(page, 0, "COMPLETED");
    await checkAccessibility();
    await command(page, "See what happens").click();
    await page.locator('[data-answer="0"][data-is-right="false"]').waitFor();
    await sees(page, 0, "HALTED");
    const told = await panel(page).innerText();
    assert.match(told, /You said COMPLETED/);
    assert.match(told, /R-HALT/, "the chain of occurrences");
    await checkAccessibility();
    await screenshot("lesson-wrong-guess");

    await command(page, "Guess again").click();
    await sees(page, 0, "RUNNING");
    await guess(page, 0, "HALTED");
    await command(page, "See what happens").click();
    await page.locator('[data-right="1"]').waitFor();
    await command(page, "Next").click();
    await onPage(page, 3);
    await sees(page, 1, "RUNNING");
  }),
);

test(
  "who is stuck gets a hint, or is shown how it is done; what was gone through is remembered",
  withPage({ path: "?lesson=02-children-halt-first" }, async ({ page }) => {
    await onPage(page, 1);
    await command(page, "Give me a hint").click();
    await page.getByText("The run begins with the command that starts the workflow.").first().waitFor();
    await command(page, "Show me how").click();
    await isDone(page);
    await sees(page, 3, "RUNNING");
    await command(page, "Next").click();
    await onPage(page, 2);

    await page.reload();
    await onPage(page, 2);
    await sees(page, 3, "RUNNING");
    await command(page, "All lessons").click();
    await page.locator('[data-lesson="02-children-halt-first"][data-lesson-state="begun"]').waitFor();
    await page.getByText(/^1 of \d pages$/).waitFor();
    await page.goBack().catch(() => {});
  }),
);

test(
  "a question is about how its page began: who has gone on is asked to begin again",
  withPage({ path: "?lesson=02-children-halt-first" }, async ({ page }) => {
    await command(page, "Show me how").click();
    await isDone(page);
    await command(page, "Next").click();
    await page.locator("[data-guess]").first().waitFor();
    await write(page, "workflow: other\nthreads:\n  main:\n    - sleep: 5\n");
    await page.getByText("The stage shows something else now.").waitFor();
    await command(page, "Begin this page again").click();
    await page.locator("[data-guess]").first().waitFor();
    await sees(page, 3, "RUNNING");
  }),
);

test(
  "every lesson is gone through by keyboard alone, and nothing hides it on a phone",
  // Who goes on to another page leaves what is still on its way.
  withPage({ path: "?example=heartbeats", drawers: false, allow: [/ERR_ABORTED/] }, async ({ page, checkAccessibility }) => {
    const press = async (name) => {
      const button = command(page, name);
      await button.focus();
      await page.keyboard.press("Enter");
    };
    for (const [index, lesson] of LESSONS.entries()) {
      await page.goto(`${page.url().split("?")[0]}?lesson=${lesson}`);
      const pages = Number(await page.locator(".learn-progress").getAttribute("max"));
      for (let number = 1; number <= pages; number += 1) {
        await onPage(page, number);
        if ((await page.locator(".learn-task").count()) > 0) {
          const groups = page.locator("[data-guess]");
          for (let at = 0; at < (await groups.count()); at += 1) {
            await groups.nth(at).getByRole("radio").first().focus();
            await page.keyboard.press("Space");
          }
          await press((await groups.count()) > 0 ? "See what happens" : "Show me how");
          await isDone(page);
        }
        await press(number === pages ? "To all lessons" : "Next");
      }
      await page.locator(`[data-lesson="${lesson}"][data-lesson-state="done"]`).waitFor();
      if (index === 0) await checkAccessibility();
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${page.url().split("?")[0]}?lesson=${LESSONS[0]}`);
    await onPage(page, 1);
    await command(page, "Show me how").click();
    await isDone(page);
    // The stage is seen above the lesson, and nothing lies over either.
    const isSeen = (element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return element.contains(document.elementFromPoint(x + width / 2, y + Math.min(height, 40) / 2));
    };
    assert.ok(await page.locator('[data-thread-run="0"]').evaluate(isSeen), "the lane");
    assert.ok(await page.locator(".learn-task").evaluate(isSeen), "what there was to do");
  }),
);
