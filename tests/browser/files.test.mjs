// Files of the reader's own: opened, saved, saved again; and those that the system opens by the page. A headless browser has no
// dialogs: what they would give is made here.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, sees, source, text, write } from "./support/playground.mjs";

const small = (name) => `workflow: ${name}\nthreads:\n  main:\n    - sleep: 5\n`;
const list = (page) => page.locator(".switcher").click();
const isOpen = (page, name) => page.locator(`[data-document="${name}"][data-kept="true"]`).waitFor();
const has = (page, wanted) => page.waitForFunction((wanted) => window.halterEditor?.text() === wanted, wanted);

/** Puts files in the place of the disk, and answers in the place of the dialogs; `window.disk` has what was written. */
function standIn() {
  window.disk = {};
  window.asked = [];
  const allowed = new Set();
  window.permission = "granted";
  const handle = (name) => ({
    kind: "file",
    name,
    getFile: async () => new File([window.disk[name]], name),
    queryPermission: async () => (allowed.has(name) ? "granted" : "prompt"),
    requestPermission: async ({ mode }) => {
      window.asked.push(`allow ${name}`);
      if (mode === "readwrite" && window.permission === "granted") allowed.add(name);
      return window.permission;
    },
    createWritable: async () => {
      if (window.gone) throw new DOMException("It is gone.", "NotFoundError");
      let written = "";
      return {
        write: async (text) => void (written += text),
        close: async () => void (window.disk[name] = written),
      };
    },
  });
  window.handle = handle;
  window.showSaveFilePicker = async ({ suggestedName, types }) => {
    window.asked.push(`save ${suggestedName} ${Object.values(types[0].accept)[0][0]}`);
    if (window.left) throw new DOMException("Left.", "AbortError");
    return handle(window.saveAs ?? suggestedName);
  };
  window.showOpenFilePicker = async () => {
    if (window.left) throw new DOMException("Left.", "AbortError");
    return [handle("mine.halter.yaml")];
  };
  // As a browser does: what is launched before somebody takes it waits.
  const waiting = [];
  let take = (files) => waiting.push(files);
  window.launch = (names) => take(names.map(handle));
  Object.defineProperty(window, "launchQueue", {
    value: {
      setConsumer: (consumer) => {
        window.takesLaunches = true;
        take = (files) => consumer({ files });
        waiting.splice(0).forEach(take);
      },
    },
  });
}

const withFiles = (body) =>
  withPage({ path: null }, async (around) => {
    await around.page.addInitScript(standIn);
    await around.page.goto(around.url);
    await sees(around.page, 0, "RUNNING");
    await body(around);
  });

const disk = (page) => page.evaluate(() => window.disk);
const asked = (page) => page.evaluate(() => window.asked.splice(0));

test(
  "what is saved as a file is written to the same file from then on, by button and by key",
  withFiles(async ({ page, screenshot, checkAccessibility }) => {
    await write(page, small("cart"));
    await isOpen(page, "cart");
    await list(page);
    await checkAccessibility();
    await screenshot("files");
    await command(page, "Save as a file").click();
    await page.getByText("Saved to cart.halter.yaml.").first().waitFor();
    assert.deepEqual(await disk(page), { "cart.halter.yaml": small("cart") });
    assert.equal((await asked(page))[0], "save cart.halter.yaml .halter.yaml");
    await page.locator('[data-file="cart.halter.yaml"]').waitFor();
    await page.keyboard.press("Escape");

    // What was typed a moment ago is saved too.
    await source(page).press("ControlOrMeta+End");
    await page.keyboard.type("# more");
    await page.keyboard.press("Control+s");
    await page.waitForFunction(() => window.disk["cart.halter.yaml"].endsWith("# more"));
    assert.deepEqual(await asked(page), [], "nothing is asked again");

    await page.evaluate(() => (window.saveAs = "other.halter.yaml"));
    await page.keyboard.press("Control+Shift+S");
    await page.locator('[data-file="other.halter.yaml"]').waitFor();
    assert.equal((await asked(page))[0], "save cart.halter.yaml .halter.yaml");
    await list(page);
    await command(page, "Save to other.halter.yaml").waitFor();
  }),
);

test(
  "an example that is saved is a document; JSON is saved as JSON; who thinks better of it loses nothing",
  withFiles(async ({ page }) => {
    await page.evaluate(() => (window.left = true));
    await page.keyboard.press("Control+s");
    await list(page);
    await command(page, "Open a file").click();
    await page.locator('[data-document="Update the cart"][data-kept="false"]').waitFor();
    assert.equal(await page.locator(".notice").count(), 0);
    await page.evaluate(() => (window.left = false));
    await page.keyboard.press("Control+s");
    await page.locator('[data-document="update-the-cart"][data-kept="true"][data-file="update-the-cart.halter.yaml"]').waitFor();

    await asked(page);
    await write(page, await readFile(new URL("../specs/order.json", import.meta.url), "utf8"));
    await page.getByText("It runs as it is").waitFor();
    // In the source Ctrl K is the source's own: the palette is opened from elsewhere.
    await command(page, "Commands").click();
    await page.keyboard.type("save as a file");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => window.asked.length > 0);
    assert.match((await asked(page))[0], / \.halter\.json$/);
  }),
);

test(
  "a file that is opened is a document, and saved to itself once that is allowed",
  withFiles(async ({ page }) => {
    await page.evaluate((text) => {
      window.disk["mine.halter.yaml"] = text;
      window.permission = "denied";
    }, small("mine"));
    await list(page);
    await command(page, "Open a file").press("Enter");
    await isOpen(page, "mine");
    await has(page, small("mine"));
    await page.locator('[data-file="mine.halter.yaml"]').waitFor();
    assert.deepEqual(await asked(page), [], "to be read only");

    await source(page).press("ControlOrMeta+End");
    await page.keyboard.type("# changed");
    await page.keyboard.press("Control+s");
    await page.getByText("mine.halter.yaml was not saved: the browser must be allowed to write to it.").first().waitFor();
    assert.deepEqual(await disk(page), { "mine.halter.yaml": small("mine") });
    await page.evaluate(() => (window.permission = "granted"));
    await page.keyboard.press("Control+s");
    await page.getByText("Saved to mine.halter.yaml.").first().waitFor();
    assert.deepEqual(await disk(page), { "mine.halter.yaml": `${small("mine")}# changed` });

    await page.evaluate(() => (window.gone = true));
    await page.keyboard.press("Control+s");
    await page.getByText("it may have been moved, or be in use").first().waitFor();
    assert.equal(await text(page), `${small("mine")}# changed`);
  }),
);

test(
  "files that the system opens by the page are documents, each; what can't be read says so",
  withFiles(async ({ page }) => {
    await page.evaluate(([one, two]) => {
      window.disk = { "one.halter.yaml": one, "two.halter.json": two };
      window.launch(["one.halter.yaml", "two.halter.json"]);
    }, [small("one"), small("two")]);
    await isOpen(page, "two");
    await has(page, small("two"));
    await page.locator('[data-file="two.halter.json"]').waitFor();
    await list(page);
    await command(page, "Open one").click();
    await has(page, small("one"));
    await page.locator('[data-file="one.halter.yaml"]').waitFor();
    // A launch without files, as by the icon, is none.
    await page.evaluate(() => window.launch([]));
    await page.evaluate(() => {
      const broken = { kind: "file", name: "broken.halter.yaml", getFile: () => Promise.reject(new Error("no")) };
      window.handle = undefined;
      window.showOpenFilePicker = async () => [broken];
    });
    await list(page);
    await command(page, "Open a file").click();
    await page.getByText("broken.halter.yaml can't be opened: the browser can't read it.").first().waitFor();
    await has(page, small("one"));
  }),
);

test(
  "where the browser gives no access, a file is chosen in a field, and saved as a download",
  withPage({ path: null }, async ({ page, url }) => {
    await page.addInitScript(() => {
      delete window.showOpenFilePicker;
      delete window.showSaveFilePicker;
    });
    await page.goto(url);
    await sees(page, 0, "RUNNING");
    await list(page);
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), command(page, "Open a file").click()]);
    await chooser.setFiles({ name: "chosen.halter.yaml", mimeType: "application/yaml", buffer: Buffer.from(small("chosen")) });
    await isOpen(page, "chosen");
    await has(page, small("chosen"));
    await list(page);
    const [download] = await Promise.all([page.waitForEvent("download"), command(page, "Save as a file").click()]);
    assert.equal(download.suggestedFilename(), "chosen.halter.yaml");
    assert.equal(await readFile(await download.path(), "utf8"), small("chosen"));
    await page.getByText("Downloaded as chosen.halter.yaml.").first().waitFor();
  }),
);

test(
  "a file that falls on the page can be written again, if the browser gives it so",
  withFiles(async ({ page }) => {
    await page.evaluate((text) => {
      window.disk["dropped.halter.yaml"] = text;
      const handle = window.handle("dropped.halter.yaml");
      DataTransferItem.prototype.getAsFileSystemHandle = async () => handle;
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], "dropped.halter.yaml"));
      document.querySelector("header").dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }));
    }, small("dropped"));
    await isOpen(page, "dropped");
    await page.locator('[data-file="dropped.halter.yaml"]').waitFor();
  }),
);

test(
  "the manifest says which files the page opens, and an embedded page opens and saves none",
  withPage({ path: null }, async ({ page, url }) => {
    const manifest = await (await fetch(`${url}static/manifest.webmanifest`)).json();
    const [handler] = manifest.file_handlers;
    assert.equal(new URL(handler.action, `${url}static/manifest.webmanifest`).href, url);
    assert.deepEqual(Object.values(handler.accept).flat(), [".halter.yaml", ".halter.yml", ".halter.json"]);
    await page.addInitScript(standIn);
    await page.goto(`${url}embed/#example=heartbeats`);
    await page.locator("[data-thread-run]").first().waitFor();
    await page.locator("[data-thread-run]").first().click();
    await page.keyboard.press("Control+s");
    assert.deepEqual(await asked(page), []);
    assert.equal(await page.evaluate(() => window.takesLaunches), undefined);
  }),
);
