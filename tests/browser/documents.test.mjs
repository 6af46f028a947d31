// Documents: several, with names, kept over reloads; nothing is lost by opening something else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, openExample, sees, source, text, write } from "./support/playground.mjs";

const small = (name) => `workflow: ${name}\nthreads:\n  main:\n    - sleep: 5\n`;

const open = (page, name) => page.locator(`[data-document="${name}"]`).waitFor();
const list = (page) => page.locator(".switcher").click();
const has = (page, wanted) =>
  page.waitForFunction((wanted) => window.halterEditor?.text() === wanted, wanted);

/** Makes a new document that is called as its workflow. */
async function make(page, name) {
  await list(page);
  await command(page, "New document").click();
  await open(page, "Untitled");
  await write(page, small(name));
  await page.locator(`[data-document="${name}"][data-kept="true"]`).waitFor();
}

test(
  "an example is only looked at until it is changed; then it is a document, and the example stays",
  withPage(async ({ page, screenshot }) => {
    await page.locator('[data-document="Update the cart"][data-kept="false"]').waitFor();
    await openExample(page, "heartbeats");
    await open(page, "Heartbeats");
    const example = await text(page);
    await source(page).press("ControlOrMeta+End");
    await page.keyboard.type("# mine");
    await page.locator('[data-document="Heartbeats"][data-kept="true"]').waitFor();
    await openExample(page, "heartbeats");
    await has(page, example);
    await list(page);
    await screenshot("documents");
    await command(page, "Open Heartbeats").click();
    await has(page, `${example}# mine`);
  }),
);

/** Drops a file on what a selector finds; whether the browser is kept from opening it. */
const drop = (page, selector, name, content) =>
  page.locator(selector).first().evaluate((target, { name, content }) =>
    ["dragover", "drop"].map((kind) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([typeof content === "string" ? content : new Uint8Array(content)], name));
      const event = new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer });
      target.dispatchEvent(event);
      return event.defaultPrevented;
    }).every(Boolean), { name, content });

test(
  "an example that is written over is called as what was written; a change keeps its name",
  withPage(async ({ page }) => {
    await sees(page, 0, "RUNNING");
    await write(page, small("all-mine"));
    await page.locator('[data-document="all-mine"][data-kept="true"]').waitFor();
    await openExample(page, "update-the-cart");
    await open(page, "Update the cart");
    await source(page).press("ControlOrMeta+End");
    await page.keyboard.type("# a word");
    await page.locator('[data-document="Update the cart"][data-kept="true"]').waitFor();
  }),
);

test(
  "a file that is dropped on the page is a document, wherever it falls; one that is no text is refused and nothing is lost",
  withPage(async ({ page, url }) => {
    await sees(page, 0, "RUNNING");
    await write(page, `${small("before")}# typed`);
    assert.ok(await drop(page, "[data-thread-run]", "cart.halter.yaml", small("dropped")));
    await page.locator('[data-document="dropped"][data-kept="true"]').waitFor();
    await has(page, small("dropped"));
    assert.ok(await drop(page, ".cm-content", "broken.yaml", "workflow: ["));
    await page.locator('[data-document="broken"][data-kept="true"]').waitFor();
    assert.ok(await drop(page, "header", "picture.png", [0x89, 0x50, 0xff, 0xfe]));
    await page.getByText("picture.png can't be opened: it is no text in UTF-8.").first().waitFor();
    await has(page, "workflow: [");
    await list(page);
    await command(page, "Open before").click();
    await has(page, `${small("before")}# typed`);
    assert.equal(page.url(), url);
  }),
);

test(
  "documents are made, renamed, duplicated and deleted; deleting can be undone; all of it outlives a reload",
  withPage(async ({ page, checkAccessibility }) => {
    await sees(page, 0, "RUNNING");
    await make(page, "first");
    await make(page, "second");

    await list(page);
    await command(page, "Rename second").click();
    await page.getByLabel("New name of second").fill("The second");
    await page.keyboard.press("Enter");
    await open(page, "The second");
    await command(page, "Duplicate The second").click();
    await open(page, "The second 2");
    await has(page, small("second"));

    await list(page);
    await checkAccessibility();
    await command(page, "Delete The second 2").click();
    await page.getByText("“The second 2” was deleted.").waitFor();
    await open(page, "The second");
    await command(page, "Undo").click();
    await open(page, "The second 2");

    await list(page);
    await command(page, "Delete first").click();
    await page.getByText("“first” was deleted.").waitFor();
    // The page says so before the browser has written it down.
    await page.waitForTimeout(500);
    await page.reload();
    await open(page, "The second 2");
    await list(page);
    const names = await page.locator(".documents [data-open] .document-name").allInnerTexts();
    assert.deepEqual(names.sort(), ["The second", "The second 2"]);
    await page.getByText("Recently deleted (1)").click();
    await command(page, "Bring back first").click();
    await open(page, "first");
    await has(page, small("first"));
  }),
);

test(
  "each document has an undo history of its own",
  withPage(async ({ page }) => {
    await sees(page, 0, "RUNNING");
    await make(page, "first");
    await make(page, "second");
    await list(page);
    await command(page, "Open first").click();
    await open(page, "first");
    await source(page).press("ControlOrMeta+End");
    await page.keyboard.type("# one");
    await list(page);
    await command(page, "Open second").click();
    await has(page, small("second"));
    await list(page);
    await command(page, "Open first").click();
    await has(page, `${small("first")}# one`);
    await source(page).press("ControlOrMeta+z");
    await has(page, small("first"));
  }),
);

test(
  "two tabs: one follows the other, and what both change is kept twice",
  withPage(async ({ page, url }) => {
    await sees(page, 0, "RUNNING");
    await make(page, "shared");
    const other = await page.context().newPage();
    await other.goto(url);
    await has(other, small("shared"));

    await source(page).press("ControlOrMeta+End");
    await page.keyboard.type("# one");
    await has(other, `${small("shared")}# one`);

    // Nothing is heard of the other tab, as where a browser lets a tab sleep.
    await other.evaluate(() => (BroadcastChannel.prototype.postMessage = () => {}));
    await source(other).press("ControlOrMeta+End");
    await other.keyboard.type(" two");
    // It is kept a moment after it was typed; only then there is something to run into.
    await other.waitForFunction(
      () =>
        new Promise((done) => {
          indexedDB.open("halter").onsuccess = ({ target }) => {
            target.result.transaction("texts").objectStore("texts").getAll().onsuccess = ({ target: all }) => {
              target.result.close();
              done(all.result.some((text) => text.includes("two")));
            };
          };
        }),
    );
    await source(page).press("ControlOrMeta+End");
    await page.keyboard.type(" three");
    await page.getByText("was changed in another tab as well").waitFor();
    await open(page, "shared 2");
    assert.equal(await text(page), `${small("shared")}# one three`);
    assert.equal(await text(other), `${small("shared")}# one two`);
  }),
);

test(
  "an empty document asks what you want to see; a template fills it, and undo empties it again",
  withPage(async ({ page, screenshot, checkAccessibility }) => {
    await sees(page, 0, "RUNNING");
    await list(page);
    await command(page, "New document").click();
    await page.getByRole("heading", { name: "What do you want to see?" }).waitFor();
    await checkAccessibility();
    await screenshot("start");
    await page.getByRole("button", { name: /A parent halts with its children/ }).click();
    await sees(page, 0, "RUNNING");
    await page.getByText("no problems", { exact: true }).waitFor();
    await open(page, "delivery");
    await source(page).press("ControlOrMeta+z");
    await page.getByRole("heading", { name: "What do you want to see?" }).waitFor();
  }),
);

test(
  "the one text that a version before kept becomes a document",
  // Leaving a page that is still loading breaks off what it asked for.
  withPage({ allow: [/ERR_ABORTED/] }, async ({ page, url }) => {
    await sees(page, 0, "RUNNING");
    await page.evaluate((kept) => localStorage.setItem("halter.source", JSON.stringify(kept)), small("old"));
    await page.goto(url);
    await has(page, small("old"));
    await page.reload();
    await has(page, small("old"));
  }),
);

test(
  "the list closes by Escape, which gives the focus back, and by a press beside it",
  withPage(async ({ page }) => {
    await page.locator('[data-step="1"]').waitFor();
    const items = page.locator("#documents button").first();
    await page.locator(".switcher").click();
    await items.focus();
    await page.keyboard.press("Escape");
    await items.waitFor({ state: "detached" });
    assert.ok(await page.locator(".switcher").evaluate((button) => button === document.activeElement));
    await page.locator(".switcher").press("Enter");
    await items.waitFor();
    await page.locator(".graph .panel-title").click();
    await items.waitFor({ state: "detached" });
  }),
);
