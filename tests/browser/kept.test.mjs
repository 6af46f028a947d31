// What was typed outlives the page, however it ends; and where the browser keeps nothing, the page says so and works.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { persistent } from "./support/chromium.mjs";
import { openDrawers, withPage } from "./support/page.mjs";
import { command, give, openExample, paste, sees, source, text, write } from "./support/playground.mjs";

const small = (name) => `workflow: ${name}\nthreads:\n  main:\n    - sleep: 5\n`;

/** How many pages are killed: 200 is for a long look, `HALTER_KILLS=200`. */
const KILLS = Number(process.env.HALTER_KILLS ?? 8);

/** What is older than that must not be lost, in milliseconds. */
const MAY_BE_LOST_MS = 250;

const kept = (page, name) => page.locator(`[data-document="${name}"][data-kept="true"]`).waitFor();
const drafts = (page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("halter.draft.")).length);
const rest = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** The texts of all documents. */
async function texts(page) {
  const found = [];
  await page.locator(".switcher").click();
  const count = await page.locator("#documents .document-open").count();
  await page.locator(".switcher").click();
  for (let index = 0; index < count; index += 1) {
    await page.locator(".switcher").click();
    const one = page.locator("#documents .document-open").nth(index);
    const name = await one.locator(".document-name").innerText();
    await one.click();
    await page.locator("#documents[hidden]").waitFor({ state: "attached" });
    await kept(page, name);
    await rest(100);
    found.push(await text(page));
  }
  return found;
}

/** What IndexedDB opens is there when the test says so, by `window.answer()`. */
function heldStore() {
  const { open } = IDBFactory.prototype;
  let answered;
  const asked = new Promise((answer) => (answered = answer));
  window.answer = answered;
  IDBFactory.prototype.open = function (...names) {
    const request = open.apply(this, names);
    const listen = request.addEventListener.bind(request);
    const late = (heard) => (event) => asked.then(() => heard.call(request, event));
    request.addEventListener = (type, heard, how) => listen(type, type === "success" ? late(heard) : heard, how);
    Object.defineProperty(request, "onsuccess", { set: (heard) => heard && listen("success", late(heard)) });
    return request;
  };
}

test(
  "a first visit waits for no store; what is made before the store answers is kept when it does",
  withPage({ path: null }, async ({ page, url }) => {
    await page.addInitScript(heldStore);
    await page.goto(url);
    await sees(page, 0, "RUNNING");
    await give(page, "Post event cart-updated");
    await page.locator('[data-thread-run="1"]').waitFor();
    await write(page, small("early"));
    await kept(page, "early");
    // Long enough for a store that is there.
    await rest(1_000);
    assert.equal(await drafts(page), 1, "it is a draft until the store has it");
    assert.equal(await page.locator(".not-kept").count(), 0);
    await page.evaluate(() => window.answer());
    await page.waitForFunction(() => Object.keys(localStorage).every((key) => !key.startsWith("halter.draft.")));
    assert.equal((await texts(page)).length, 1, "the list has it once");
    await page.reload();
    await page.evaluate(() => window.answer());
    await kept(page, "early");
    assert.equal(await text(page), small("early"));
  }),
);

test(
  "with all site data blocked the page opens and works, says that nothing is kept, and hands over the text",
  withPage({ path: null }, async ({ url }) => {
    const profile = await mkdtemp(join(tmpdir(), "halter-blocked-"));
    await mkdir(join(profile, "Default"));
    const blocked = { profile: { default_content_setting_values: { cookies: 2 } } };
    await writeFile(join(profile, "Default", "Preferences"), JSON.stringify(blocked));
    const context = await persistent(profile);
    try {
      const page = await context.newPage();
      const errors = [];
      page.on("pageerror", (error) => errors.push(error.message));
      await page.goto(url);
      const refused = await page.evaluate(() => {
        try { return !localStorage; } catch { return true; }
      });
      assert.ok(refused, "the browser blocks site data");
      await sees(page, 0, "RUNNING");
      await command(page, "Show all commands").click();
      await give(page, "Post event cart-updated");
      await command(page, "Show source").click();
      await write(page, small("typed"));
      await page.locator(".not-kept").waitFor();
      await page.getByText("no problems", { exact: true }).waitFor();
      assert.equal(await page.locator(".not-kept").count(), 1, "it is said once");
      const download = page.waitForEvent("download");
      await command(page, "Download the text").click();
      assert.equal((await download).suggestedFilename(), "typed.yaml");
      assert.deepEqual(errors, []);
    } finally {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    }
  }),
);

test(
  "two tabs that are left at once lose nothing: each has its own draft",
  withPage(async ({ page, url }) => {
    await sees(page, 0, "RUNNING");
    const other = await page.context().newPage();
    await other.goto(url);
    await sees(other, 0, "RUNNING");
    await write(page, small("one"));
    await write(other, small("two"));
    await Promise.all([page.close(), other.close()]);
    const next = await page.context().newPage();
    await next.goto(url);
    await rest(3_500);
    assert.deepEqual((await texts(next)).sort(), [small("one"), small("two")]);
  }),
);

test(
  "a page that goes between keeping its first text and forgetting the draft leaves one document, not two",
  withPage({ path: null }, async ({ page, url }) => {
    // It never comes to forget the draft.
    await page.addInitScript(() => { Storage.prototype.removeItem = () => {}; });
    await page.goto(url);
    await sees(page, 0, "RUNNING");
    await write(page, small("one"));
    await kept(page, "one");
    await rest(1_000);
    assert.equal(await drafts(page), 1);
    await page.close();
    const next = await page.context().newPage();
    await next.goto(url);
    await next.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith("halter.draft.")));
    assert.deepEqual(await texts(next), [small("one")]);
  }),
);

test(
  "a text that is too large for local storage is kept as well when the page goes at once",
  withPage(async ({ page, url }) => {
    await sees(page, 0, "RUNNING");
    const large = `${small("large")}${"# much\n".repeat(800_000)}`;
    await write(page, large);
    await rest(1_500);
    const client = await page.context().newCDPSession(page);
    void client.send("Page.crash").catch(() => {});
    await rest(300);
    const next = await page.context().newPage();
    await next.goto(url);
    await next.waitForFunction((length) => window.halterEditor?.text().length === length, large.length);
  }),
);

test(
  `${KILLS} pages are killed while somebody types in two tabs: nothing older than ${MAY_BE_LOST_MS} ms is lost`,
  withPage(async ({ page, url }) => {
    const browser = page.context().browser();
    await page.close();
    for (let kill = 0; kill < KILLS; kill += 1) {
      // With the documents of all pages before, looking at each would take longer and longer.
      const context = await browser.newContext({ reducedMotion: "reduce", serviceWorkers: "block" });
      await openDrawers(context);
      const tabs = [];
      for (const name of ["left", "right"]) {
        const tab = await context.newPage();
        await tab.goto(url);
        await sees(tab, 0, "RUNNING");
        await write(tab, `${small(`${name}-${kill}`)}# `);
        tabs.push({ tab, name, typed: [] });
      }
      // Each key is a number that grows, so that what is missing is seen.
      const until = Date.now() + 300 + Math.random() * 900;
      let key = 0;
      while (Date.now() < until) {
        for (const { tab, typed } of tabs) {
          await paste(tab, `${key} `);
          typed.push([key, Date.now()]);
        }
        key += 1;
      }
      const killed = Date.now();
      await Promise.all(tabs.map(async ({ tab }) => {
        const client = await context.newCDPSession(tab);
        void client.send("Page.crash").catch(() => {});
      }));
      await rest(200);
      const next = await context.newPage();
      await next.goto(url);
      await rest(3_500);
      const found = await texts(next);
      for (const { name, typed } of tabs) {
        const mine = found.filter((text) => text.startsWith(small(`${name}-${kill}`)));
        const must = typed.filter(([, at]) => at < killed - MAY_BE_LOST_MS).map(([key]) => `${key} `).join("");
        assert.ok(mine.some((text) => text.includes(`# ${must}`)), `kill ${kill}: ${name} lost some of "${must}": ${mine}`);
      }
      await context.close();
    }
  }),
);

test(
  "the address, the document and the history agree: examples, documents, links and damaged links",
  // A reload breaks off what is still on its way.
  withPage({ allow: [/net::ERR_ABORTED/] }, async ({ page, url }) => {
    const opened = (name) => page.locator(`[data-document="${name}"]`).waitFor();
    await sees(page, 0, "RUNNING");
    await write(page, small("mine"));
    await kept(page, "mine");
    await openExample(page, "heartbeats");
    await opened("Heartbeats");
    assert.equal(new URL(page.url()).search, "?example=heartbeats");
    await page.reload();
    await opened("Heartbeats");
    await page.goBack();
    await kept(page, "mine");
    assert.equal(await text(page), small("mine"));
    assert.equal(page.url(), url);
    await page.goForward();
    await opened("Heartbeats");

    // A link in this very tab, and back from it.
    await page.evaluate(() => { location.hash = "#sitting=not-a-link"; });
    await page.locator(".notice").first().waitFor();
    await page.goBack();
    await opened("Heartbeats");
    assert.equal(new URL(page.url()).search, "?example=heartbeats");

    // What was worked on is not forgotten by an example, nor by a damaged link.
    await page.goto(`${url}#sitting=not-a-link`);
    await page.reload();
    await kept(page, "mine");
    assert.equal(await text(page), small("mine"));
    await page.goto(url);
    await kept(page, "mine");
  }),
);
