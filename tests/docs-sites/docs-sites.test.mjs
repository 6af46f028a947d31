// Somebody's Docusaurus site and somebody's mdBook, built by their own tools, with Halter in them.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { withPage } from "../browser/support/page.mjs";
import { give, sees } from "../browser/support/playground.mjs";
import { serve } from "../browser/support/server.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "halter-docs-sites-"));
after(() => rmSync(work, { recursive: true, force: true }));

/** The command `halter`. */
const HALTER = process.env.HALTER ?? fileURLToPath(new URL("../../target/debug/halter", import.meta.url));

const ELSEWHERE = { path: null };
const TITLE = "An order that can be cancelled";

/** Runs a tool to its end; resolves to its exit code and all that it said. */
const run = (command, args, options) =>
  new Promise((resolve) => {
    execFile(command, args, { maxBuffer: 16 << 20, ...options }, (error, out, said) => resolve({ code: error ? (error.code ?? 1) : 0, said: out + said }));
  });

async function docusaurus(url) {
  const out = join(work, "docusaurus");
  const command = join(here, "node_modules/.bin/docusaurus");
  const env = { ...process.env, HALTER, HALTER_URL: url, NO_COLOR: "1", DOCUSAURUS_NO_UPDATE_CHECK: "1" };
  const { code, said } = await run(command, ["build", join(here, "docusaurus"), "--out-dir", out], { env });
  assert.equal(code, 0, said);
  return out;
}

/** Builds the book, perhaps with other chapters. Resolves to its folder and what mdBook said. */
async function mdbook(url, chapters = {}) {
  const book = mkdtempSync(join(work, "mdbook-"));
  cpSync(join(here, "mdbook"), book, { recursive: true });
  const config = readFileSync(join(book, "book.toml"), "utf8");
  writeFileSync(join(book, "book.toml"), config.replace("https://halter.example/", url));
  Object.entries(chapters).forEach(([name, text]) => writeFileSync(join(book, "src", name), text));
  const env = { ...process.env, PATH: [dirname(HALTER), process.env.PATH].join(delimiter), NO_COLOR: "1" };
  const { code, said } = await run(process.env.MDBOOK ?? "mdbook", ["build", book], { env });
  return { code, said, out: join(book, "book") };
}

async function served(folder, then) {
  const site = await serve({ folder });
  try {
    await then(site.url);
  } finally {
    site.stop();
  }
}

/** The playground comes, the fallback goes, and a command does something. */
async function isPlayed(page) {
  const element = page.locator("halter-playground").first();
  const frame = element.locator("iframe").contentFrame();
  await sees(frame, 0, "RUNNING");
  assert.equal(await element.locator("iframe").getAttribute("title"), TITLE);
  await element.locator("pre").waitFor({ state: "hidden" });
  await give(frame, "Post event cancel");
  await sees(frame, 1, "EXCEPTION");
}

/** What readers see without JavaScript: the picture and the source. */
async function standsAlone(browser, address) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  try {
    const page = await context.newPage();
    await page.goto(address);
    const element = page.locator("halter-playground").first();
    await element.locator("pre", { hasText: "interrupts: {cancel: cancelled}" }).waitFor();
    const picture = element.getByRole("img", { name: TITLE });
    await picture.waitFor();
    const { width, height } = await picture.boundingBox();
    assert.ok(width > 200 && height > 50, `${width} × ${height}`);
    await page.screenshot({ path: join(here, `../browser/screenshots/alone-${new URL(address).pathname.replace(/\W/g, "") || "docusaurus"}.png`) });
  } finally {
    await context.close();
  }
}

test(
  "Docusaurus: a fence is played, in a tab and after a click as well; without JavaScript there are the picture and the source",
  withPage({ ...ELSEWHERE, context: { colorScheme: "light" } }, async ({ page, url, screenshot }) => {
    const out = await docusaurus(url);
    await served(out, async (site) => {
      await page.goto(site);
      await isPlayed(page);
      await screenshot("docusaurus");
      assert.equal(await page.locator("halter-playground").count(), 1, "other fences are code");

      await page.getByRole("link", { name: "More" }).first().click();
      await page.getByRole("heading", { name: "More" }).waitFor();
      const element = page.locator("halter-playground");
      assert.equal(await element.locator("iframe").getAttribute("src"), null, "what lies in a closed tab is not loaded");
      await page.getByRole("tab", { name: "To play with" }).click();
      const frame = element.locator("iframe").contentFrame();
      await frame.locator('html[data-theme="dark"]').waitFor();
      await frame.locator(".embed-title", { hasText: "short-order" }).waitFor();

      await standsAlone(page.context().browser(), site);
    });
  }),
);

test(
  "mdBook: a fence is played, in a list and a quote as well; without JavaScript there are the picture and the source",
  withPage(ELSEWHERE, async ({ page, url, screenshot }) => {
    const { code, said, out } = await mdbook(url);
    assert.equal(code, 0, said);
    await served(out, async (site) => {
      await page.goto(`${site}orders.html`);
      await isPlayed(page);
      await screenshot("mdbook");
      await page.locator("main > p", { hasText: "What comes next is a paragraph of its own." }).waitFor();
      assert.equal(await page.locator("halter-playground").getAttribute("source"), readFileSync(join(here, "mdbook/src/order.yaml"), "utf8"));

      await page.goto(`${site}more.html`);
      await page.locator("li halter-playground[theme=dark]").waitFor({ state: "attached" });
      assert.match(await page.locator("blockquote halter-playground").getAttribute("source"), /^workflow: quoted\n\nthreads:\n {2}main: /);
      await page.locator("li", { hasText: "and the list goes on." }).waitFor();
      await page.locator("blockquote", { hasText: "and so does the quote." }).waitFor();
      assert.equal(await page.locator("li halter-playground").getAttribute("label"), 'A "short" order');

      await standsAlone(page.context().browser(), `${site}orders.html`);
    });
  }),
);

test("mdBook: what is wrong ends the build, with chapter and line", async () => {
  const wrong = await mdbook("https://halter.example", { "more.md": "# More\n\n```halter stp=3\na: b\n```\n\n```halter step=x\na: b\n```\n" });
  assert.notEqual(wrong.code, 0);
  assert.match(wrong.said, /^src\/more\.md:3: halter: there is no option stp: title, step, /m);
  assert.match(wrong.said, /^src\/more\.md:7: halter: step=x is no number of steps/m);
  assert.ok(!existsSync(join(wrong.out, "more.html")));
  const nowhere = await mdbook("halter.example");
  assert.match(nowhere.said, /^book\.toml must say where Halter is published/m);
});
