// Drawing on the graph: each time one edit of the text, with one undo for text and drawing alike.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { caretAt, command, sees, source, text, write } from "./support/playground.mjs";

const SOURCE = `# An order.
workflow: order
events: {paid: INT}
tasks: {ship: {inputs: {amount: INT}}}
threads:
  main:
    variables: {amount: INT}
    do:
      - wait-for-event: paid   # the money
        into: amount
      # and then
      - task: ship
        with: [$amount]
`;

async function start(page) {
  await sees(page, 0, "RUNNING");
  await write(page, SOURCE);
  await page.locator('[data-node="2-ship-TASK"]').waitFor();
  await command(page, "Draw").click();
}

const node = (page, name) => page.locator(`[data-thread-run="0"] [data-node="${name}"]`);
const drawnAt = (page, at) => page.locator(`[data-draw-at="${at}"]`).waitFor();
const says = (page, wanted) =>
  page.waitForFunction((wanted) => window.halterEditor?.text().includes(wanted), wanted);

test(
  "a step is added behind the node that was clicked, filled in, moved and deleted; comments stay; undo takes all back",
  withPage(async ({ page, checkAccessibility, screenshot }) => {
    await start(page);
    await node(page, "1-paid-EXTERNAL_EVENT").click();
    await drawnAt(page, "main.1-paid-EXTERNAL_EVENT");
    await page.getByRole("combobox", { name: "Step", exact: true }).selectOption("sleep");
    await command(page, "Add step behind").click();
    await page.locator('[data-node^="2-"][data-node$="SLEEP"]').first().waitFor();
    await page.getByLabel("Field sleep").fill("90");
    await page.getByLabel("Field sleep").press("Enter");
    await says(page, "sleep: 90");
    assert.match(await text(page), /- wait-for-event: paid {3}# the money\n {8}into: amount\n[\s\S]*- sleep: 90\n[\s\S]*- task: ship/);
    await checkAccessibility();
    await screenshot("draw");

    await command(page, "Move step earlier").click();
    await page.locator('[data-node^="1-"][data-node$="SLEEP"]').first().waitFor();
    await command(page, "Move step later").click();
    await page.locator('[data-node^="2-"][data-node$="SLEEP"]').first().waitFor();
    await command(page, "Delete step").click();
    await page.locator('[data-node$="SLEEP"]').first().waitFor({ state: "detached" });
    for (const comment of ["# An order.", "# the money", "# and then"]) {
      assert.ok((await text(page)).includes(comment), comment);
    }
    // Wherever the focus is, but where another text is typed.
    assert.ok(await page.evaluate(() => document.activeElement.closest(".cm-editor") === null));
    await page.keyboard.press("ControlOrMeta+z");
    await page.locator('[data-node$="SLEEP"]').first().waitFor();
    await page.keyboard.press("ControlOrMeta+Shift+z");
    await page.locator('[data-node$="SLEEP"]').first().waitFor({ state: "detached" });
    // One history for what is typed and what is drawn.
    await source(page).focus();
    for (let undone = 0; undone < 5; undone += 1) {
      await source(page).press("ControlOrMeta+z");
    }
    await page.waitForFunction((wanted) => window.halterEditor?.text() === wanted, SOURCE);
    await source(page).press("ControlOrMeta+y");
    await page.waitForFunction(() => window.halterEditor?.text().includes("- sleep:"));
  }),
);

test(
  "an interrupt is drawn, with the event and the handler that it needs; and taken away again",
  withPage(async ({ page }) => {
    await start(page);
    await node(page, "2-ship-TASK").click();
    await page.getByLabel("Event of the interrupt").fill("cancel");
    await command(page, "Add interrupt").click();
    await command(page, "Remove interrupt cancel → on-cancel").waitFor();
    const drawn = await text(page);
    assert.match(drawn, /interrupts:[\s\S]*cancel: on-cancel/);
    assert.match(drawn, /\n {2}on-cancel:/);
    // It is there to be posted at once.
    await command(page, "Post event cancel").waitFor();
    await command(page, "Remove interrupt cancel → on-cancel").click();
    await page.waitForFunction(() => !window.halterEditor?.text().includes("cancel: on-cancel"));
  }),
);

test(
  "by keyboard: the caret chooses the step; what can't be drawn says why",
  withPage(async ({ page }) => {
    await start(page);
    await caretAt(page, "task: ship");
    await drawnAt(page, "main.2-ship-TASK");
    await command(page, "Move step later").focus();
    await page.keyboard.press("Enter");
    await page.locator(".draw-said").waitFor();
    assert.equal(await text(page), SOURCE);
    await page.getByLabel("Name of the new thread").fill("clean-up");
    await page.getByLabel("Name of the new thread").press("Tab");
    await page.keyboard.press("Enter");
    await says(page, "\n  clean-up:");
  }),
);
