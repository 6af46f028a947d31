// The moment on the stage as a picture: seen in the dialog, saved and copied as SVG and as PNG.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, give, runInPalette, sees } from "./support/playground.mjs";

const COPIES = { context: { permissions: ["clipboard-read", "clipboard-write"] } };

/** Opens the dialog with pictures, and gives what it shows. */
async function pictures(page) {
  await command(page, "Share").click();
  const tab = page.getByRole("tab", { name: "Picture", exact: true });
  await tab.click();
  await page.locator("[data-picture]").waitFor();
  return page.getByRole("region", { name: "Picture" }).getByRole("img");
}

const field = (page, name) => page.getByRole("combobox", { name, exact: true });

/** Presses a button, and gives the name of what was downloaded and what is in it. */
async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), command(page, button).click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** The SVG that a preview shows. */
const shown = async (image) => decodeURIComponent((await image.getAttribute("src")).replace(/^[^,]*,/, ""));

/** Width and height of a PNG. */
function size(bytes) {
  assert.deepEqual([...bytes.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47], "it is a PNG");
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

/** The colour of the ground of a PNG, below its upper edge. */
const ground = (page, bytes) =>
  page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d");
    context.drawImage(image, -Math.floor(image.naturalWidth / 2), -6);
    return [...context.getImageData(0, 0, 1, 1).data];
  }, bytes.toString("base64"));

const isDark = ([red, green, blue, alpha]) => alpha === 255 && red + green + blue < 200;

test(
  "the picture in the dialog is the one that is saved as SVG, and as PNG twice as large",
  withPage(async ({ page, screenshot, checkAccessibility }) => {
    await give(page, "Post event cart-updated");
    await sees(page, 1, "COMPLETED");
    const image = await pictures(page);
    const caption = await page.locator("[data-caption]").innerText();
    assert.equal(await image.getAttribute("alt"), caption);
    assert.ok(await image.evaluate((image) => image.decode().then(() => image.naturalWidth > 200)));
    await checkAccessibility();
    await screenshot("picture");

    const svg = await saved(page, "Save as SVG");
    assert.equal(svg.name, "update-the-cart-step-2.svg");
    assert.equal(svg.bytes.toString(), await shown(image));
    assert.match(svg.bytes.toString(), /^<svg xmlns/);
    const titled = await page.evaluate((svg) => new DOMParser().parseFromString(svg, "image/svg+xml").querySelector("title").textContent, svg.bytes.toString());
    assert.equal(titled, caption);
    await page.getByText("Downloaded.").waitFor();

    const png = await saved(page, "Save as PNG");
    assert.equal(png.name, "update-the-cart-step-2.png");
    const natural = await image.evaluate(({ naturalWidth, naturalHeight }) => [naturalWidth * 2, naturalHeight * 2]);
    assert.deepEqual(size(png.bytes), natural);
    assert.ok(!isDark(await ground(page, png.bytes)), "as the system, which is light");
  }),
);

test(
  "what it shows and for which ground is chosen by keyboard; a PNG has the ground of the system if none is chosen",
  withPage({ context: { colorScheme: "dark" } }, async ({ page, checkAccessibility }) => {
    await give(page, "Post event cart-updated");
    const image = await pictures(page);
    assert.match(await shown(image), /prefers-color-scheme/);
    assert.ok(isDark(await ground(page, (await saved(page, "Save as PNG")).bytes)));

    await field(page, "Ground").focus();
    await page.keyboard.press("ArrowDown");
    await page.locator('[data-ground="light"]').waitFor();
    assert.doesNotMatch(await shown(image), /prefers-color-scheme/);
    assert.ok(!isDark(await ground(page, (await saved(page, "Save as PNG")).bytes)));

    const tall = (page) => image.evaluate((image) => image.decode().then(() => image.naturalHeight));
    const graph = await tall(page);
    await field(page, "Show").selectOption({ label: "Graph and timeline" });
    await page.locator('[data-picture="both"][data-ground="light"]').waitFor();
    assert.ok((await tall(page)) > graph);
    await field(page, "Show").selectOption({ label: "Timeline" });
    await page.locator('[data-picture="timeline"]').waitFor();
    await field(page, "Ground").selectOption("dark");
    await page.locator('[data-ground="dark"]').waitFor();
    await checkAccessibility();

    // It is remembered while the dialog is open.
    await page.getByRole("tab", { name: "Trace" }).click();
    await page.getByRole("tab", { name: "Picture", exact: true }).click();
    await page.locator('[data-picture="timeline"][data-ground="dark"]').waitFor();
  }),
);

test(
  "the SVG's text and the PNG are copied",
  withPage(COPIES, async ({ page }) => {
    await sees(page, 0, "RUNNING");
    const image = await pictures(page);
    await command(page, "Copy SVG").click();
    await page.getByText("Copied.").waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await shown(image));
    await page.getByRole("tab", { name: "Link", exact: true }).click();
    await page.getByRole("tab", { name: "Picture", exact: true }).click();
    await command(page, "Copy PNG").click();
    await page.getByText("Copied.").waitFor();
    const copied = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const bitmap = await createImageBitmap(await item.getType("image/png"));
      return [bitmap.width, bitmap.height];
    });
    assert.deepEqual(copied, await image.evaluate(({ naturalWidth, naturalHeight }) => [naturalWidth * 2, naturalHeight * 2]));
  }),
);

test(
  "where the browser refuses, it is said, and what can't be copied is not offered",
  withPage(async ({ page }) => {
    await sees(page, 0, "RUNNING");
    await page.evaluate(() => {
      navigator.clipboard.write = () => Promise.reject(new Error("refused"));
      navigator.clipboard.writeText = () => Promise.reject(new Error("refused"));
    });
    await pictures(page);
    await command(page, "Copy PNG").click();
    await page.getByText("This browser does not let the page copy a picture.").waitFor();
    await page.evaluate(() => (HTMLCanvasElement.prototype.toBlob = (given) => given(null)));
    await command(page, "Save as PNG").click();
    await page.getByText("This browser makes no PNG of it. Save it as SVG instead.").waitFor();
    await command(page, "Copy SVG").click();
    await page.getByText("This browser does not let the page copy. Save it as SVG instead.").waitFor();
    await page.evaluate(() => delete window.ClipboardItem);
    await field(page, "Ground").selectOption("dark");
    await command(page, "Copy PNG").waitFor({ state: "detached" });
  }),
);

test(
  "the moment within a step is drawn, and what was opened is open",
  withPage(async ({ page }) => {
    await give(page, "Post event cart-updated");
    await sees(page, 1, "COMPLETED");
    const whole = await shown(await pictures(page));
    await command(page, "Close the export").click();
    await page.locator('[data-log-step="2"]').getByRole("button", { name: /^The run after occurrence #/ }).first().click();
    const moment = await pictures(page);
    assert.notEqual(await shown(moment), whole);
    assert.equal(await moment.getAttribute("alt"), await page.locator("[data-caption]").innerText());
    await command(page, "Close the export").click();

    await give(page, "Post event checked-out");
    const fold = page.getByRole("button", { name: "Show the nodes of ThreadRun 1" });
    await fold.waitFor();
    const folded = await shown(await pictures(page));
    await command(page, "Close the export").click();
    await fold.click();
    await fold.waitFor({ state: "detached" });
    const open = await shown(await pictures(page));
    assert.ok(open.length > folded.length, "more is drawn");
  }),
);

test(
  "the palette leads there; without a run there is none, and it says so",
  withPage(async ({ page }) => {
    await sees(page, 0, "RUNNING");
    await runInPalette(page, "save a picture");
    await page.locator('[data-picture="graph"]').waitFor();
    await page.keyboard.press("Escape");
    await page.getByLabel("Workflow source, YAML or LittleHorse JSON").focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("[");
    await page.locator("[data-diagnostic]").first().waitFor();
    await command(page, "Share").click();
    await page.getByRole("tab", { name: "Picture", exact: true }).click();
    await page.getByText("There is no run of this source.").waitFor();
    for (const name of ["Save as SVG", "Save as PNG", "Copy SVG"]) assert.ok(await command(page, name).isDisabled(), name);
  }),
);

test(
  "the run is recorded as a film, from its beginning",
  withPage({ path: "?example=running-task" }, async ({ page }) => {
    await give(page, "Claim task pack (ThreadRun 0)");
    await pictures(page);
    const [download] = await Promise.all([page.waitForEvent("download", { timeout: 40_000 }), command(page, "Record the run as a film").click()]);
    assert.equal(download.suggestedFilename(), "running-task.webm");
    const bytes = await readFile(await download.path());
    assert.deepEqual([...bytes.subarray(0, 4)], [0x1a, 0x45, 0xdf, 0xa3], "it is WebM");
    assert.ok(bytes.length > 5_000, `${bytes.length}`);
    await page.locator(".export-said", { hasText: "Downloaded." }).waitFor();
  }),
);

test(
  "the run is saved as GIF, which goes round for ever and shows each moment",
  withPage({ path: "?example=running-task" }, async ({ page }) => {
    await give(page, "Claim task pack (ThreadRun 0)");
    await give(page, "Post event hold");
    await pictures(page);
    const { name, bytes } = await saved(page, "Save the run as GIF");
    assert.equal(name, "running-task.gif");
    assert.equal(bytes.subarray(0, 6).toString("latin1"), "GIF89a");
    assert.ok(bytes.includes("NETSCAPE2.0"), "it goes round");
    // Before each picture stands how long it is seen.
    const count = bytes.toString("latin1").split("\x21\xf9\x04").length - 1;
    assert.ok(count >= 5, `${count}`);
    const decoded = await page.evaluate(async (base64) => {
      const image = new Image();
      image.src = `data:image/gif;base64,${base64}`;
      await image.decode();
      return image.naturalWidth;
    }, bytes.toString("base64"));
    assert.ok(decoded > 300, `${decoded}`);
  }),
);
