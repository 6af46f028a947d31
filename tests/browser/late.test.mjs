// What is wanted late comes late: the first page is without it, and where it can't be had, the page says so and goes on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, sees, write } from "./support/playground.mjs";

const LATE = /\/halter-late-[0-9a-f]+\.wasm$/;
const FIRST_VISIT = { path: null, drawers: false };

/** What is asked for besides the page itself. */
function asked(page) {
  const names = [];
  page.on("request", (request) => names.push(new URL(request.url()).pathname));
  return (pattern) => names.filter((name) => pattern.test(name)).length;
}

test(
  "the first page is there without what is wanted late; that comes once, when it is wanted",
  withPage(FIRST_VISIT, async ({ page, url }) => {
    const times = asked(page);
    await page.goto(url);
    await sees(page, 0, "RUNNING");
    await page.waitForLoadState("networkidle");
    assert.deepEqual([times(/\/halter-web-.*\.wasm$/), times(LATE), times(/\/editor-.*\.js$/), times(/explorer-worker/)], [1, 0, 0, 0]);
    await command(page, "Export").click();
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByRole("combobox", { name: "Find a command" }).waitFor();
    assert.equal(times(LATE), 1);
  }),
);

test(
  "where it can't be had, the page says so and goes on, and it is fetched when it can be",
  withPage({ ...FIRST_VISIT, allow: [/halter-late/, /Failed to (fetch|load resource)/] }, async ({ page, url }) => {
    await page.route(LATE, (route) => route.abort());
    await page.goto(url);
    await sees(page, 0, "RUNNING");
    await command(page, "Export").click();
    await page.getByText("This part of the page could not be fetched").first().waitFor();
    assert.equal(await page.getByRole("dialog").count(), 0);
    await sees(page, 0, "RUNNING");
    await page.unroute(LATE);
    // On a slow connection it says what it is about.
    let arrive;
    const arrives = new Promise((done) => (arrive = done));
    await page.route(LATE, async (route) => { await arrives; await route.continue(); });
    await command(page, "Export").click();
    await page.locator(".notice", { hasText: "is being fetched" }).waitFor();
    arrive();
    await page.getByRole("dialog").waitFor();
    await page.locator(".notice", { hasText: "is being fetched" }).waitFor({ state: "detached" });
  }),
);

test(
  "what is typed before the palette has come is for the palette",
  withPage(FIRST_VISIT, async ({ page, url }) => {
    let arrive;
    const arrives = new Promise((done) => (arrive = done));
    await page.route(LATE, async (route) => { await arrives; await route.continue(); });
    await page.goto(url);
    await sees(page, 0, "RUNNING");
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type("what coulx");
    await page.keyboard.press("Backspace");
    await page.keyboard.type("d happen");
    await page.keyboard.press("Enter");
    arrive();
    await page.getByRole("tab", { name: "What could happen", selected: true }).waitFor();
    assert.equal(await page.getByRole("dialog", { name: "Commands" }).count(), 0);
  }),
);

test(
  "a lesson that can't be had gives way to what else there is",
  withPage({ ...FIRST_VISIT, allow: [/halter-late/, /Failed to (fetch|load resource)/] }, async ({ page, url }) => {
    await page.route(LATE, (route) => route.abort());
    await page.goto(`${url}?lesson=01-what-is-an-interrupt`);
    await page.getByText("This part of the page could not be fetched").first().waitFor();
    await sees(page, 0, "RUNNING");
  }),
);

test(
  "what was wrong before the source was opened has its fixes when it is",
  withPage(async ({ page, url }) => {
    await sees(page, 0, "RUNNING");
    await write(page, "workflow: order\nthreads:\n  main:\n    do:\n      - task: pack\n");
    await page.locator("[data-fix]").first().waitFor();
    await page.locator('[data-kept="true"]').waitFor();
    const next = await page.context().newPage();
    // As somebody left it who had closed the source.
    await next.addInitScript(() => delete localStorage["halter.layout"]);
    await next.goto(url);
    await command(next, "Show source").click();
    await next.locator("[data-fix]").first().click();
    await next.waitForFunction(() => /tasks:\s+pack/.test(window.halterEditor?.text() ?? ""));
  }),
);
