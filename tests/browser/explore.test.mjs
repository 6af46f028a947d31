// What could happen: every order is tried in a worker, answers come on the stage, all states are a map, both rules are compared,
// and what is edited is guarded.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, sees, source, statuses, step, text, write } from "./support/playground.mjs";

const STUCK = "?example=deviations/exit-never-halts";

const rules = (page, name) => page.getByRole("combobox", { name: "Rules" }).selectOption(name);

const open = (page) => command(page, "What could happen?").click();

/** Has every order tried, and waits for what was found. */
async function explore(page) {
  await command(page, "Try every order").click();
  await page.locator("[data-explored]").waitFor();
}

const verdict = (page, property, semantics) =>
  page.locator(`[data-property="${property}"] [data-semantics="${semantics}"]`).getAttribute("data-verdict");

/** A parent with so many children, each with a task and an event: far more states than anybody waits for. */
const children = (count) => {
  const kids = Array.from({ length: count }, (_, index) => `kid-${index}`);
  return [
    "workflow: many",
    "events: {stop: , " + kids.map((kid) => `${kid}-done: `).join(", ") + "}",
    `tasks: {note: , ${kids.map((kid) => `work-${kid}: `).join(", ")}}`,
    "threads:",
    "  order:",
    "    interrupts: {stop: handle}",
    "    do:",
    ...kids.map((kid) => `      - {start-thread: ${kid}, as: ${kid.replace("-", "_")}}`),
    `      - wait-for-threads: [${kids.map((kid) => kid.replace("-", "_")).join(", ")}]`,
    "  handle: [{task: note}]",
    ...kids.flatMap((kid) => [`  ${kid}:`, `    - task: work-${kid}`, `    - wait-for-event: ${kid}-done`]),
    "",
  ].join("\n");
};

test(
  "what is found names how much was looked at, holds, and is listed",
  withPage({ path: "?example=update-the-cart" }, async ({ page, checkAccessibility, screenshot }) => {
    await open(page);
    await page.getByText("What may come:").waitFor();
    await checkAccessibility();
    await explore(page);
    const head = page.locator("[data-end]");
    assert.equal(await head.getAttribute("data-end"), "Complete");
    assert.equal(await head.getAttribute("data-states"), "74");
    for (const property of ["no-deadlock", "can-finish", "no-endless-halting", "no-internal-error"]) {
      assert.equal(await verdict(page, property, "documented"), "holds", property);
    }
    await page.getByText("Every node, edge and handler is reached by some run.").waitFor();
    await page.locator('[data-missing-what="rules"] summary').click();
    await page.getByText("R-RESCUE: A ThreadRun in ERROR may be rescued").waitFor();
    await checkAccessibility();
    await screenshot("explored");
  }),
);

test(
  "child workflows fail if that is ticked: then what handles it is reached",
  withPage({ path: "?example=child-workflow" }, async ({ page }) => {
    await open(page);
    await explore(page);
    const missing = page.locator('[data-missing-what="things"]');
    await missing.getByText("do-without").first().waitFor({ state: "attached" });
    await page.getByText("What may come:").click();
    await page.getByLabel("Child workflows fail as well as complete").check();
    await page.getByText("child workflows fail", { exact: false }).first().waitFor();
    await explore(page);
    await missing.getByText("do-without").first().waitFor({ state: "detached" });
  }),
);

test(
  "a deadlock of the server comes on the stage by the shortest way, with its why, and as a link",
  withPage({ path: STUCK }, async ({ page, url, checkAccessibility }) => {
    await rules(page, "server-1.2");
    await open(page);
    await explore(page);
    assert.equal(await verdict(page, "can-finish", "server-1.2"), "fails");
    await command(page, "Show me how can-finish").click();
    await sees(page, 0, "HALTING");
    assert.equal(await step(page), 2);
    await page.getByText("The shortest way to where “can-finish” fails: 2 commands.").waitFor();
    await checkAccessibility();

    await command(page, "Share").click();
    await page.locator("#export-text").waitFor();
    const link = await page.locator("#export-text").innerText();
    await page.keyboard.press("Escape");
    assert.match(link, /#sitting=/);

    await page.locator("[data-on-stage]").getByRole("button", { name: "Why?" }).click();
    await page.locator('[data-why="Why is ThreadRun 0 (order) HALTING?"]').waitFor();
    assert.equal(await page.getByRole("tab", { name: "This run" }).getAttribute("aria-selected"), "true");
    await page.goto("about:blank");
    await page.goto(link.startsWith("http") ? link : url + link);
    await sees(page, 0, "HALTING");
  }),
);

test(
  "what was played before stays a branch, and what is shown takes no other's place",
  withPage({ path: STUCK }, async ({ page }) => {
    await rules(page, "server-1.2");
    await command(page, "Post event delivered").click();
    await sees(page, 1, "COMPLETED");
    await open(page);
    await explore(page);
    for (const property of ["no-deadlock", "can-finish", "no-deadlock"]) {
      await command(page, `Show me how ${property}`).click();
      await page.locator(`[data-property="${property}"]`, { hasText: "on the stage" }).waitFor();
    }
    assert.equal(await page.locator("[data-branch]").count(), 1);
    // Whoever goes on from there has left it.
    await command(page, "Post event note-added").first().click();
    await page.locator("[data-on-stage]").waitFor({ state: "detached" });
  }),
);

test(
  "all states are a map: boxes are walked by keys, and each is a moment on the stage",
  withPage({ path: STUCK }, async ({ page, checkAccessibility, screenshot }) => {
    await rules(page, "server-1.2");
    await open(page);
    await explore(page);
    await command(page, "See all states").click();
    await page.getByText("5 states in 4 combinations of statuses.").waitFor();
    assert.equal(await page.locator(".map-group").count(), 4);
    assert.equal(await page.locator(".map-way").count(), 3);
    await checkAccessibility();
    await screenshot("map");

    await page.locator(".map-group").first().focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.locator('[data-map-details="order HALTING, deliver HALTED"]').waitFor();
    await page.getByText("Posted event note-added (e1) leads here from: order RUNNING, deliver RUNNING").waitFor();
    await page.keyboard.press("Enter");
    await sees(page, 0, "HALTING");
    assert.deepEqual(await statuses(page), { 0: "HALTING", 1: "HALTED" });
    await page.getByText("order HALTING, deliver HALTED: one of 5 states.").waitFor();

    await command(page, "Back to the map").click();
    await page.locator('.map-group', { hasText: "order COMPLETED" }).click();
    await sees(page, 0, "COMPLETED");
    await command(page, "Back to the map").click();
    await page.locator('.map-group', { hasText: "order HALTING" }).hover();
    await command(page, "Show state 2 of 2 on the stage").click();
    await sees(page, 0, "HALTING");
    assert.equal(await step(page), 3);
  }),
);

test(
  "both rules are compared: what fails, and what only the server can come to",
  withPage({ path: STUCK }, async ({ page, checkAccessibility }) => {
    await open(page);
    await page.getByText("Compare server 1.2 with the documentation").click();
    await explore(page);
    assert.equal(await verdict(page, "can-finish", "server-1.2"), "fails");
    assert.equal(await verdict(page, "can-finish", "documented"), "holds");
    assert.equal(await page.locator("[data-only]").getAttribute("data-only"), "1");
    await checkAccessibility();
    await command(page, "Show me order HALTING, deliver HALTED").click();
    await sees(page, 0, "HALTING");
    assert.equal(await page.getByRole("combobox", { name: "Rules" }).inputValue(), "server-1.2");
  }),
);

test(
  "what no run reaches is listed with its reason, and stands back on the stage",
  withPage({ path: STUCK }, async ({ page }) => {
    await open(page);
    await page.getByText("What may come:").click();
    await command(page, "note-added: once less").click();
    await explore(page);
    await page.locator('[data-missing-what="things"] summary').click();
    await page.getByText("the interrupt of order by note-added: the event never comes: it may come 0 times").waitFor();
    await page.locator('[data-missing-what="things"]').getByText("no ThreadRun of note is ever started").first().waitFor();
    const back = page.locator('[data-unreached="true"]');
    assert.equal(await back.count(), 2);
    assert.match(await back.first().getAttribute("aria-label"), /Never reached: no ThreadRun of note is ever started/);
    // The story is about this run alone.
    await page.getByRole("tab", { name: "This run" }).click();
    await back.first().waitFor({ state: "detached" });
  }),
);

test(
  "it goes on from the moment on the stage",
  withPage({ path: STUCK }, async ({ page }) => {
    await command(page, "Post event delivered").click();
    await sees(page, 1, "COMPLETED");
    await open(page);
    await page.getByText("at step 2, on the stage").click();
    await explore(page);
    assert.equal(await page.locator("[data-end]").getAttribute("data-states"), "1");
  }),
);

test(
  "a long exploration says how far it is, waits, goes on, and tells where it was stopped",
  withPage(async ({ page, screenshot }) => {
    await write(page, children(7));
    await page.locator('[data-thread-run="0"]', { hasText: "order" }).waitFor();
    await open(page);
    await page.getByLabel("States at most").selectOption("1000000");
    await command(page, "Try every order").click();
    const progress = page.locator("[data-exploring]");
    await page.getByText(/ a second · \d+ MB/).waitFor();
    await screenshot("exploring");
    await command(page, "Pause").click();
    await command(page, "Go on").waitFor();
    // What was on its way when it was paused may still be told.
    await page.waitForTimeout(400);
    const before = await progress.getAttribute("data-exploring");
    await page.waitForTimeout(500);
    assert.equal(await progress.getAttribute("data-exploring"), before);
    await command(page, "Go on").click();
    await page.waitForFunction((before) => Number(document.querySelector("[data-exploring]")?.dataset.exploring) > before, Number(before));
    await command(page, "Stop, and tell what was found").click();
    const head = page.locator("[data-end]");
    await head.waitFor();
    assert.equal(await head.getAttribute("data-end"), "Stopped");
    assert.match(await head.innerText(), /You stopped it after [\d,]+ states/);
    assert.equal(await verdict(page, "no-deadlock", "documented"), "undecided");
    await command(page, "See all states").click();
    await page.getByText(/[\d,]+ states in [\d,]+ combinations of statuses/).waitFor();
    const groups = await page.locator(".map-group").count();
    assert.ok(groups > 20 && groups <= 500, `${groups}`);
  }),
);

test(
  "a bound is told where it was reached",
  withPage(async ({ page }) => {
    await write(page, children(6));
    await page.locator('[data-thread-run="0"]', { hasText: "order" }).waitFor();
    await open(page);
    await page.getByLabel("States at most").selectOption("10000");
    await explore(page);
    assert.equal(await page.locator("[data-end]").getAttribute("data-end"), "States");
    assert.match(await page.locator("[data-end]").innerText(), /Stopped at 10,000 states: there are more/);
  }),
);

test(
  "a payload that can't be read is told of, and nothing is lost",
  withPage({ path: "?example=update-the-cart" }, async ({ page }) => {
    await open(page);
    await page.getByText("What may come:").click();
    const payloads = page.getByLabel("Payloads of cart-updated, one in each line");
    await payloads.fill("a book");
    await payloads.blur();
    await command(page, "Try every order").click();
    await page.getByRole("alert").getByText("The payload of cart-updated: This is no JSON at line 1, column 1").waitFor();
    assert.equal(await payloads.inputValue(), "a book");
    await payloads.fill('{"item": "book"}\n{"item": "pen"}');
    await payloads.blur();
    await explore(page);
    const two = Number(await page.locator("[data-end]").getAttribute("data-states"));
    assert.ok(two !== 74, `${two}`);
    await command(page, "As it was to begin with").click();
    await explore(page);
    assert.equal(await page.locator("[data-end]").getAttribute("data-states"), "74");
  }),
);

test(
  "a property is put together from words, becomes a line of the source, and is answered",
  withPage({ path: STUCK }, async ({ page, checkAccessibility }) => {
    await open(page);
    await page.getByText("Ask something of your own").click();
    const words = page.getByRole("group", { name: "What may stand next" });
    for (const word of ["never", "order", "is", "COMPLETED"]) await words.getByRole("button", { name: word, exact: true }).click();
    await checkAccessibility();
    assert.equal(await page.getByLabel("A property of all runs").inputValue(), "never order is COMPLETED ");
    await command(page, "Add it to the source").click();
    await page.waitForFunction(() => window.halterEditor.text().includes("properties:\n  never-order-is-completed: never order is COMPLETED\n"));
    await page.waitForFunction(() => document.querySelector("#explore-property").value === "");
    await explore(page);
    assert.equal(await verdict(page, "never-order-is-completed", "documented"), "fails");
    await page.getByLabel("A property of all runs").fill("never order dances");
    await page.getByText(/Here "is", "at", "reached" or "enters" is expected/).waitFor();
    assert.equal(await command(page, "Add it to the source").isDisabled(), true);
  }),
);

test(
  "properties are completed in the source",
  withPage({ path: STUCK }, async ({ page }) => {
    await write(page, `${await text(page)}properties:\n  p: never order `);
    await source(page).press("ControlOrMeta+End");
    await source(page).press("Control+Space");
    await page.locator(".cm-tooltip-autocomplete").getByText("reached", { exact: true }).waitFor();
  }),
);

test(
  "while one edits, an interrupt that can leave the run stuck is underlined, with a way to see it",
  withPage({ path: STUCK }, async ({ page, checkAccessibility, screenshot }) => {
    await rules(page, "server-1.2");
    const good = await text(page);
    await write(page, `${good}\n# mine\n`);
    const note = page.locator("[data-note]");
    await note.waitFor();
    assert.match(await note.innerText(), /This interrupt can leave the run stuck/);
    await page.locator(".cm-lintRange-info").first().waitFor();
    await checkAccessibility();
    await screenshot("guarded");
    await command(page, "Show me: This interrupt can leave the run stuck: nothing that can come moves it any more.").click();
    await sees(page, 0, "HALTING");
    // The next text is another question.
    await write(page, good.replace("interrupts: {note-added: note}", "variables: {x: INT}").replace("  - post: note-added\n", "").replace("  note:\n    do: []\n", "").replace("  note-added:\n", ""));
    await note.waitFor({ state: "detached" });
    await page.getByText("no problems", { exact: true }).waitFor();
  }),
);

test(
  "who only looks fetches no explorer",
  withPage({ path: STUCK }, async ({ page }) => {
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await command(page, "Post event note-added").first().click();
    await page.waitForTimeout(800);
    assert.deepEqual(asked.filter((url) => url.includes("explorer-worker")), []);
  }),
);

test(
  "without a network the explorer says so, and can be asked again",
  withPage({ path: STUCK, allow: [/explorer-worker/, /ERR_FAILED/] }, async ({ page }) => {
    await page.route(/explorer-worker_loader/, (route) => route.abort());
    await open(page);
    await page.getByRole("alert").getByText("The explorer could not be fetched. With a network, try again.").waitFor();
    await page.unroute(/explorer-worker_loader/);
    await explore(page);
    assert.equal(await verdict(page, "can-finish", "documented"), "holds");
  }),
);

test(
  "on a phone: asked, shown on the stage, and back",
  withPage({ path: STUCK, drawers: false, context: { viewport: { width: 390, height: 844 }, hasTouch: true } }, async ({ page, screenshot }) => {
    await rules(page, "server-1.2");
    await command(page, "What could happen?").click();
    await explore(page);
    await screenshot("explored-phone");
    await command(page, "Show me how can-finish").click();
    await sees(page, 0, "HALTING");
    await command(page, "What was found").click();
    await command(page, "See all states").click();
    await page.locator(".map-group").first().waitFor();
    await screenshot("map-phone");
  }),
);
