// Short words for what people do on the page. Everything is found by public attributes and names
// (docs/page-attributes.md).
import assert from "node:assert/strict";
import { deflateRawSync } from "node:zlib";

/** Opens the palette by its key; it can be typed into when it has come. */
export const openPalette = async (page) => {
  await page.keyboard.press("Control+k");
  await page.waitForFunction(() => document.activeElement?.id === "palette-input");
};

/** Finds a command in the palette by typing, and does it; the palette is closed then. */
export async function runInPalette(page, words) {
  await openPalette(page);
  await page.keyboard.type(words);
  const palette = page.getByRole("dialog", { name: "Commands" });
  await palette.getByRole("option", { selected: true }).waitFor();
  await page.keyboard.press("Enter");
  await palette.waitFor({ state: "detached" });
}

/** A button by its whole name. */
export const command = (page, name) => page.getByRole("button", { name, exact: true });

/** Gives a command and waits until the step is there. */
export async function give(page, name) {
  const before = await step(page);
  await command(page, name).click();
  await page.locator(`[data-step="${before + 1}"]`).waitFor();
}

/** How many steps the state that is shown has behind it. */
export const step = async (page) => Number(await page.locator("[data-step]").getAttribute("data-step"));

export const thread = (page, number) => page.locator(`[data-thread-run="${number}"]`);

/** Waits until a ThreadRun has that status. */
export const sees = (page, number, status) =>
  page.locator(`[data-thread-run="${number}"][data-status="${status}"]`).waitFor();

/** Statuses of all ThreadRuns, by number. */
export const statuses = (page) =>
  page.locator("[data-thread-run]").evaluateAll((lanes) =>
    Object.fromEntries(lanes.map(({ dataset }) => [dataset.threadRun, dataset.status])),
  );

export const reasons = async (page, number) =>
  (await thread(page, number).getAttribute("data-halt-reasons")).split(" ").filter(Boolean);

/** The value of a variable, such as `value(page, "0.cart")`. */
export const value = async (page, name) =>
  JSON.parse(await page.locator(`[data-variable="${name}"]`).innerText());

export const source = (page) => page.getByLabel("Workflow source, YAML or LittleHorse JSON");

/** What stands in the source: all of it, also what is not in view. The editor comes when the source is opened, as it is here. */
export async function text(page) {
  const isClosed = await page.locator('#source[data-open="false"]').count();
  if (isClosed && !(await page.evaluate(() => window.halterEditor))) await command(page, "Show source").click();
  await page.waitForFunction(() => window.halterEditor?.text());
  return page.evaluate(() => window.halterEditor.text());
}

/** Puts a text into the source, as pasting over everything does. */
export async function write(page, text) {
  const editor = source(page);
  await editor.focus();
  await editor.press("ControlOrMeta+a");
  await paste(page, text);
}

/** Pastes a text where the caret is. */
export const paste = (page, text) =>
  source(page).evaluate((editor, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);

/** Puts the caret at the first place where this stands in the source, `into` characters further. */
export async function caretAt(page, needle, into = 0) {
  const before = (await text(page)).split(needle)[0];
  const line = before.split("\n").length - 1;
  const column = before.length - before.lastIndexOf("\n") - 1 + into;
  const editor = source(page);
  await editor.focus();
  await editor.press("ControlOrMeta+Home");
  for (let at = 0; at < line; at++) await editor.press("ArrowDown");
  for (let at = 0; at < column; at++) await editor.press("ArrowRight");
}

/** Opens an example by its first card in the gallery. */
export async function openExample(page, slug) {
  await page.locator(".gallery-open").click();
  await page.locator(`[data-card^="${slug.replace("/", "-")}-"]`).first().click();
  await page.locator(`[data-example="${slug}"]`).waitFor();
}

/** Shows an example from its start, as a way back in the history to it does. */
export async function showExample(page, slug) {
  await page.evaluate((slug) => {
    history.pushState(null, "", `?example=${slug}`);
    dispatchEvent(new PopStateEvent("popstate"));
  }, slug);
  await page.locator(`[data-example="${slug}"]`).waitFor({ state: "attached" });
}

/** Opens the fields of a command, if they are not open. */
export async function openFields(page, of) {
  const more = command(page, `Fields of ${of}`);
  if ((await more.getAttribute("aria-expanded")) === "false") await more.click();
}

/** Fills a field of a command, such as `fill(page, "message", "Fail task charge (ThreadRun 0)", "no")`. */
export async function fill(page, field, of, text) {
  await openFields(page, of);
  await page.getByLabel(`${field} of ${of}`, { exact: true }).fill(text);
}

/** Posts an event whose type is not declared, with a payload of this type. */
export async function post(page, event, type, payload) {
  const name = `Post event ${event}`;
  await openFields(page, name);
  await page.getByLabel(`Type of payload of ${name}`, { exact: true }).selectOption(type);
  await fill(page, "payload", name, payload);
  await give(page, name);
}

/** Claims and completes a task. */
export async function work(page, task, number) {
  await give(page, `Claim task ${task} (ThreadRun ${number})`);
  await give(page, `Complete task ${task} (ThreadRun ${number})`);
}

/** What happened in the last step, by rule. */
export const rules = (page) =>
  page.locator("[data-log-step]").first().locator("[data-rule]").evaluateAll((entries) =>
    entries.map(({ dataset }) => dataset.rule),
  );

export async function hasRules(page, ...expected) {
  const found = await rules(page);
  for (const rule of expected) assert.ok(found.includes(rule), `${rule} is not among ${found}`);
}

/** A workflow with these steps, of which there may be thousands; they may wait for event paid and run task charge. */
export const longSource = (steps) => `workflow: long
tasks: {charge: {inputs: {amount: INT}, returns: STR}}
events: {paid: INT}
threads:
  main:
    variables: {total: INT = 5, receipt: STR}
    do:
${steps}`;

/** What stands behind `sitting=` in the address of a page that opens this source and gives these commands. */
export const linkTo = (source, commands) =>
  `1.${deflateRawSync(JSON.stringify({ source, commands })).toString("base64url")}`;
