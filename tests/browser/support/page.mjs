// A fresh page for each test, which fails on anything that the browser complains about.
import assert from "node:assert/strict";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import { browser } from "./chromium.mjs";
import { serve } from "./server.mjs";

const SCREENSHOTS = new URL("../screenshots/", import.meta.url);

/** For waiting on one element. A whole file has a limit of its own, in run.mjs. */
const PATIENCE_MS = 10_000;

let ownServer;

/** The address of the page: run.mjs tells it; a file that is run alone starts a server of its own. */
async function address() {
  if (process.env.HALTER_URL) return process.env.HALTER_URL;
  ownServer ??= serve();
  return (await ownServer).url;
}

after(async () => (await ownServer?.catch(() => null))?.stop());

/**
 * Makes the body of a test: `test("says …", withPage(async ({ page }) => { … }))`.
 *
 * Options, all of which may be left out:
 * - `path`: what to open, relative to the page, such as `"?example=cart"`; null: nothing yet
 * - `allow`: regular expressions for complaints that this test provokes on purpose
 * - `block`: a regular expression for addresses that are not to be had
 * - `drawers`: false to begin as on a first visit, with source and story closed
 * - `context`: options for Playwright's `newContext`, such as `{ colorScheme: "dark" }`
 *
 * The body gets `page` (Playwright's), `url`, `screenshot(name)` and `checkAccessibility()`.
 */
export function withPage(options, body = options) {
  const { path = "", allow = [], block, drawers = true, context: contextOptions = {} } = body === options ? {} : options;
  return async () => {
    const url = await address();
    const context = await (await browser()).newContext({
      viewport: { width: 1440, height: 900 },
      reducedMotion: "reduce",
      // It would fetch every file anew for each test.
      serviceWorkers: "block",
      ...contextOptions,
    });
    try {
      context.setDefaultTimeout(PATIENCE_MS);
      const page = await context.newPage();
      const complaints = listen(page);
      waitForWhatKeysDo(page);
      if (drawers) await openDrawers(page);
      if (block) await page.route(block, (route) => route.abort());
      if (path !== null) await page.goto(url + path);
      await body({
        page,
        url,
        screenshot: (name) => screenshot(page, name),
        checkAccessibility: () => checkAccessibility(page),
      });
      const unexpected = complaints.filter((text) => !allow.some((known) => known.test(text)));
      assert.deepEqual(unexpected, [], "the browser complained");
    } finally {
      await context.close();
    }
  };
}

/** Somebody who works with all of it in view. */
const OPEN_DRAWERS = {
  source: { open: true, width: 360 },
  story: { open: true, width: 360 },
  timeline: true,
};

/** From now on pages open with all drawers open: of this page, or of a whole context. */
export const openDrawers = (where) => where.addInitScript(remember, OPEN_DRAWERS);

/** What the page remembered from an earlier visit; where site data is blocked there is none. */
function remember(layout) {
  try {
    localStorage["halter.layout"] ??= JSON.stringify(layout);
  } catch {
    // Blocked.
  }
}

/** A key's answer is drawn by the next frame: after `press` it can be read, on a slow machine too. */
function waitForWhatKeysDo(page) {
  const press = page.keyboard.press.bind(page.keyboard);
  page.keyboard.press = async (...args) => {
    await press(...args);
    const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    // A key may leave the page; then there is nothing to wait for.
    await page.evaluate(frames).catch(() => {});
  };
}

function listen(page) {
  const complaints = [];
  // Browsers ask for it by themselves where what is shown is no page that could name its icon.
  const isIcon = (url) => new URL(url).pathname === "/favicon.ico";
  page.on("console", (message) => {
    if (message.type() === "error" && !(URL.canParse(message.location().url) && isIcon(message.location().url))) complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  page.on("requestfailed", (request) => {
    // A page that is reloaded while it is being reloaded.
    if (request.isNavigationRequest() && request.failure()?.errorText === "net::ERR_ABORTED") return;
    // Whoever leaves a page at once never sees the icon of its tab, nor the editor, which comes after the stage, nor the worker that was to look at the text, nor what is fetched late.
    if (/\/(icon-[0-9a-f]+\.svg|editor-[0-9a-f]+\.js|halter-explorer-worker[^/]*|halter-late-[0-9a-f]+\.wasm)$/.test(request.url()) && request.failure()?.errorText === "net::ERR_ABORTED") return;
    complaints.push(`request: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && !isIcon(response.url())) complaints.push(`${response.status()}: ${response.url()}`);
  });
  return complaints;
}

/** Writes a picture for people to look at; nothing is compared with it. */
async function screenshot(page, name) {
  const path = fileURLToPath(new URL(`${name}.png`, SCREENSHOTS));
  await page.screenshot({ path, fullPage: true });
}

async function checkAccessibility(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  const found = violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    where: nodes.map((node) => node.html),
  }));
  assert.deepEqual(found, [], "axe found barriers");
}
