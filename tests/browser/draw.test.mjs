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
    await command(page, "Add sleep").click();
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

/** Presses at one element and lets go at another; by mouse, or by a finger. */
async function drag(page, from, to, { touch = false } = {}) {
  const middle = async (of) => {
    await of.scrollIntoViewIfNeeded();
    const box = await of.boundingBox();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const start = await middle(from);
  if (touch) {
    const client = await page.context().newCDPSession(page);
    const send = (type, points) => client.send("Input.dispatchTouchEvent", { type, touchPoints: points });
    await send("touchStart", [start]);
    await send("touchMove", [{ x: start.x + 10, y: start.y }]);
    const end = await middle(to);
    await send("touchMove", [end]);
    await page.locator(".draw-ghost").waitFor();
    await send("touchEnd", []);
    return;
  }
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + 10, start.y);
  const end = await middle(to);
  await page.mouse.move(end.x, end.y, { steps: 4 });
  await page.locator(".draw-ghost").waitFor();
  await page.mouse.up();
}

const edge = (page, from, to) => page.locator(`[data-draw-thread="main"] .slot[data-slot-from="${from}"][data-slot-to="${to}"]`);
const kinds = (page, thread = 0) =>
  page.locator(`[data-thread-run="${thread}"] [data-node]`).evaluateAll((all) => all.map((node) => node.dataset.node.replace(/^\d+-/, "")));

test(
  "a kind of step is dragged to an edge, a node to another; each is one edit, which keeps the comments",
  withPage(async ({ page }) => {
    await start(page);
    await drag(page, command(page, "Add sleep"), edge(page, "1-paid-EXTERNAL_EVENT", "2-ship-TASK"));
    await page.locator('[data-thread-run="0"] [data-node^="2-"][data-node$="SLEEP"]').waitFor();
    assert.match(await text(page), /- wait-for-event: paid {3}# the money\n {8}into: amount\n[\s\S]*- sleep: [\s\S]*# and then\n {6}- task: ship/);
    // The new step is the one that is filled in.
    await drawnAt(page, "main.2-sleep-SLEEP");
    await drag(page, node(page, "2-sleep-SLEEP"), edge(page, "3-ship-TASK", "4-exit-EXIT"));
    await page.locator('[data-thread-run="0"] [data-node="3-sleep-SLEEP"]').waitFor();
    assert.deepEqual(await kinds(page), ["entrypoint-ENTRYPOINT", "paid-EXTERNAL_EVENT", "ship-TASK", "sleep-SLEEP", "exit-EXIT"]);
    for (const comment of ["# An order.", "# the money", "# and then"]) {
      assert.ok((await text(page)).includes(comment), comment);
    }
    // Let go beside all edges, nothing happens; and one undo takes one drag back.
    const before = await text(page);
    await drag(page, node(page, "1-paid-EXTERNAL_EVENT"), page.getByRole("heading", { name: "Draw" }));
    assert.equal(await text(page), before);
    await page.keyboard.press("ControlOrMeta+z");
    await page.locator('[data-thread-run="0"] [data-node="2-sleep-SLEEP"]').waitFor();
  }),
);

test(
  "a step that is added to the empty branch is the one that is filled in",
  withPage(async ({ page }) => {
    await start(page);
    await write(page, SOURCE.replace("      # and then\n", "      - if: $amount > 3\n        then: [{task: ship, with: [1]}]\n      # and then\n"));
    await node(page, "5-ship-TASK").waitFor();
    await edge(page, "2-nop-NOP", "4-nop-NOP").click();
    await page.getByRole("menuitem", { name: "sleep", exact: true }).click();
    await says(page, "else:");
    await page.locator('[data-draw-at$="-sleep-SLEEP"]').waitFor();
  }),
);

test(
  "an edge has a menu, by keyboard as well: a step is added there, or the one that is pointed at moved there",
  withPage(async ({ page, checkAccessibility }) => {
    await start(page);
    await node(page, "2-ship-TASK").click();
    await drawnAt(page, "main.2-ship-TASK");
    await edge(page, "0-entrypoint-ENTRYPOINT", "1-paid-EXTERNAL_EVENT").focus();
    await page.keyboard.press("Enter");
    const menu = page.getByRole("menu", { name: "Between 0-entrypoint-ENTRYPOINT and 1-paid-EXTERNAL_EVENT" });
    await menu.waitFor();
    await checkAccessibility();
    const [slot, opened] = [await edge(page, "0-entrypoint-ENTRYPOINT", "1-paid-EXTERNAL_EVENT").boundingBox(), await menu.boundingBox()];
    assert.ok(Math.abs(opened.x - slot.x) < 3 && Math.abs(opened.y - slot.y - slot.height) < 3, JSON.stringify({ slot, opened }));
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Move 2-ship-TASK here");
    await page.keyboard.press("Escape");
    await menu.waitFor({ state: "detached" });
    assert.equal(await page.evaluate(() => document.activeElement.dataset.slotFrom), "0-entrypoint-ENTRYPOINT");
    await page.keyboard.press("Enter");
    await menu.waitFor();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator('[data-thread-run="0"] [data-node="1-ship-TASK"]').waitFor();
    await drawnAt(page, "main.1-ship-TASK");
    await edge(page, "1-ship-TASK", "2-paid-EXTERNAL_EVENT").click();
    await page.getByRole("menuitem", { name: "sleep", exact: true }).click();
    await page.locator('[data-thread-run="0"] [data-node="2-sleep-SLEEP"]').waitFor();
  }),
);

test(
  "an interrupt is drawn from a lane to the thread that handles it",
  withPage(async ({ page }) => {
    await start(page);
    await page.getByLabel("Name of the new thread").fill("clean-up");
    await page.getByLabel("Name of the new thread").press("Enter");
    await says(page, "\n  clean-up:");
    await command(page, "Add an interrupt to thread main").click();
    await page.getByLabel("Event of the interrupt").fill("cancel");
    await page.getByLabel("Handler of the interrupt").fill("clean-up");
    await page.keyboard.press("Enter");
    await command(page, "Remove interrupt cancel → clean-up").waitFor();
    // The handler has a lane now, which a second one can be drawn to.
    await drag(page, command(page, "Add an interrupt to thread main"), page.locator('[data-draw-thread="clean-up"]'));
    await page.waitForFunction(() => document.activeElement?.id === "draw-event");
    assert.equal(await page.getByLabel("Handler of the interrupt").inputValue(), "clean-up");
    await page.keyboard.type("hold");
    await page.keyboard.press("Enter");
    await command(page, "Remove interrupt hold → clean-up").waitFor();
  }),
);

const LARGE = { width: 1440, height: 900 };

for (const { name, drags, ...viewport } of [
  { name: "on a phone", width: 390, height: 844, drags: true },
  // Steps and edges are not in view at once: one presses there.
  { name: "at 400 % zoom", width: 320, height: 256, drags: false },
]) {
  test(
    `a finger draws ${name}, and all that one draws with can be reached`,
    withPage({ context: { viewport: LARGE, hasTouch: true } }, async ({ page }) => {
      await start(page);
      for (const side of ["Hide source", "Hide story"]) await command(page, side).click();
      await page.setViewportSize(viewport);
      const target = edge(page, "1-paid-EXTERNAL_EVENT", "2-ship-TASK");
      if (drags) {
        await drag(page, command(page, "Add sleep"), target, { touch: true });
      } else {
        await target.tap();
        await page.getByRole("menuitem", { name: "sleep", exact: true }).tap();
      }
      await page.locator('[data-thread-run="0"] [data-node="2-sleep-SLEEP"]').waitFor();
      const controls = page.locator(".draw button, .draw input, .draw select, .slot, .slot-interrupt");
      let reached = 0;
      for (const control of await controls.all()) {
        await control.scrollIntoViewIfNeeded();
        const covered = await control.evaluate((element) => {
          const { left, top, width, height } = element.getBoundingClientRect();
          const there = document.elementFromPoint(left + width / 2, top + height / 2);
          return !(there && (element.contains(there) || there.contains(element)));
        });
        assert.ok(!covered, await control.evaluate((element) => element.outerHTML));
        reached += 1;
      }
      assert.ok(reached >= 20, String(reached));
    }),
  );
}
