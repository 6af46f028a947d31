// What is put into somebody's page: an iframe with what was chosen, tried out before, and Markdown.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, give, sees, text, write } from "./support/playground.mjs";

const field = (page, name) => page.getByRole("combobox", { name, exact: true });

const tick = (page, name) => page.getByRole("checkbox", { name, exact: true });

async function framed(page) {
  await command(page, "Share").click();
  await page.getByRole("tab", { name: "In your page", exact: true }).click();
  await field(page, "As").waitFor();
}

const snippet = (page) => page.getByRole("region", { name: "In your page" }).evaluate((element) => element.textContent);

/** The iframe as a browser reads it, with the parameters of its address. */
const read = async (page) => {
  const { src, title } = await page.evaluate((html) => {
    const frame = new DOMParser().parseFromString(html, "text/html").querySelector("iframe");
    return { src: frame.getAttribute("src"), title: frame.title };
  }, await snippet(page));
  return { src, title, parameters: new URLSearchParams(new URL(src).hash.slice(1)) };
};

test(
  "the iframe is the run as it stands, with the panels and the look that are chosen",
  withPage({ context: { permissions: ["clipboard-read", "clipboard-write"] } }, async ({ page, url, screenshot, checkAccessibility }) => {
    await give(page, "Post event cart-updated");
    await framed(page);
    const usual = await read(page);
    assert.ok(usual.src.startsWith(`${url}embed/#sitting=1.`), usual.src);
    assert.deepEqual([...usual.parameters.keys()], ["sitting"]);
    assert.match(usual.title, /, to play with$/);

    await field(page, "Ground").selectOption("dark");
    await tick(page, "Timeline").check();
    await tick(page, "What to try").uncheck();
    await tick(page, "The source can only be read").focus();
    await page.keyboard.press("Space");
    const { src, parameters } = await read(page);
    assert.equal(parameters.get("panels"), "graph,controls,timeline,steps");
    assert.equal(parameters.get("theme"), "dark");
    assert.ok(parameters.has("read-only"));
    await checkAccessibility();

    await command(page, "Copy").click();
    await page.getByText("Copied.").waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await snippet(page));
    const [download] = await Promise.all([page.waitForEvent("download"), command(page, "Download").click()]);
    assert.equal(download.suggestedFilename(), "update-the-cart.html");
    assert.equal(await readFile(await download.path(), "utf8"), await snippet(page));

    // Nothing is loaded before it is asked for.
    assert.equal(page.frames().length, 1);
    await command(page, "Show how it looks").press("Enter");
    const frame = page.frameLocator(".export-frame");
    await frame.locator('[data-step="2"]').waitFor();
    await frame.locator('[data-thread-run="1"][data-status="COMPLETED"]').waitFor();
    await frame.locator("[data-timeline-scale]").waitFor();
    assert.equal(await frame.locator("html").getAttribute("data-theme"), "dark");
    const there = page.frames().find((frame) => frame.url().includes("/embed/"));
    assert.equal(there.url(), src);
    await checkAccessibility();
    await screenshot("framed");
    // It follows what is chosen.
    await field(page, "Ground").selectOption("light");
    await page.frameLocator('.export-frame[src*="theme=light"]').locator('[data-step="2"]').waitFor();
    await command(page, "Hide how it looks").click();
    await page.locator(".export-frame").waitFor({ state: "detached" });
  }),
);

test(
  "one panel stays; at the beginning an example goes by its word, a short source as it is, a long one packed",
  withPage({ path: "?example=heartbeats" }, async ({ page, url }) => {
    await page.getByRole("combobox", { name: "Rules" }).selectOption("server-1.2");
    await sees(page, 0, "RUNNING");
    await framed(page);
    for (const name of ["What to try", "Commands", "Player"]) await tick(page, name).uncheck();
    assert.ok(await tick(page, "Graph").isDisabled());
    await field(page, "Begins at").selectOption({ label: "The beginning" });
    const example = (await read(page)).parameters;
    assert.deepEqual(Object.fromEntries(example), { example: "heartbeats", semantics: "server-1.2", panels: "graph" });
    await command(page, "Close the export").click();

    const short = 'workflow: short\nthreads:\n  main:\n    - sleep: 5 # "<&>"\n';
    const long = `workflow: long\nthreads:\n  main:\n${"    - sleep: 5 # on and on\n".repeat(60)}`;
    for (const [source, key] of [[short, "source"], [long, "sitting"]]) {
      await write(page, source);
      await page.locator(`[data-document="${source.match(/workflow: (.*)/)[1]}"][data-kept="true"]`).waitFor();
      await sees(page, 0, "RUNNING");
      await framed(page);
      await field(page, "Begins at").selectOption({ label: "The beginning" });
      const { src, parameters } = await read(page);
      assert.ok(parameters.has(key), src);
      assert.ok(src.length < 500, `${src.length} characters`);
      await command(page, "Close the export").click();
      const other = await page.context().newPage();
      await other.goto(`${src}&panels=source,graph`);
      await other.locator('[data-thread-run="0"]').waitFor();
      await other.waitForFunction((source) => window.halterEditor?.text() === source, source);
      await other.close();
    }
    assert.ok(page.url().startsWith(url));
    assert.equal(await text(page), long);
  }),
);

test(
  "Markdown is a picture, by its name in the tab of pictures, that leads to the run",
  withPage(async ({ page, url, checkAccessibility }) => {
    await give(page, "Post event cart-updated");
    const caption = await page.locator("[data-caption]").innerText();
    await framed(page);
    await field(page, "As").selectOption("markdown");
    await field(page, "Begins at").waitFor({ state: "detached" });
    await checkAccessibility();
    const found = (await snippet(page)).match(/^\[!\[(.*)\]\((.*)\)\]\((.*)\)\n$/);
    assert.ok(found, await snippet(page));
    const [, alt, picture, link] = found;
    assert.equal(alt.replaceAll("\\", ""), caption);
    assert.equal(picture, "update-the-cart-step-2.svg");
    assert.ok(link.startsWith(`${url}#sitting=1.`));
    const [download] = await Promise.all([page.waitForEvent("download"), command(page, "Download").click()]);
    assert.equal(download.suggestedFilename(), "update-the-cart.md");
    const other = await page.context().newPage();
    await other.goto(link);
    await other.locator('[data-step="2"]').waitFor();
  }),
);
