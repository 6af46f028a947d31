// A whole sitting in an address: shared, opened elsewhere, and never at the cost of the reader's own documents.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, give, sees, source, statuses, step, text, write } from "./support/playground.mjs";

const POST = "Post event cart-updated";

const list = (page) => page.locator(".switcher").click();

async function shared(page) {
  await command(page, "Share").click();
  const link = await page.getByRole("region", { name: "Link" }).innerText();
  await page.getByRole("button", { name: "Close the export" }).click();
  return link;
}

/** Opens an address in another browser, in which nothing is known of this one. */
async function elsewhere(page, address, body) {
  const context = await page.context().browser().newContext({ serviceWorkers: "block", reducedMotion: "reduce" });
  try {
    const other = await context.newPage();
    other.setDefaultTimeout(10_000);
    await other.goto(address);
    await body(other);
  } finally {
    await context.close();
  }
}

test(
  "what is shared opens elsewhere: source, rules, run and the step that is shown",
  withPage(async ({ page, url, checkAccessibility, screenshot }) => {
    await page.getByRole("combobox", { name: "Rules" }).selectOption("server-1.2");
    await give(page, POST);
    await give(page, "Post event checked-out");
    await command(page, "Step back").click();
    await page.locator('[data-step="2"][data-steps="3"]').waitFor();
    const [own, shown] = [await text(page), await statuses(page)];
    const link = await shared(page);
    assert.ok(link.startsWith(`${url}#sitting=1.`), link);
    assert.ok(link.length < 1_500, `${link.length} characters`);
    await elsewhere(page, link, async (other) => {
      await other.locator('[data-step="2"][data-steps="3"]').waitFor();
      assert.equal(await text(other), own);
      assert.deepEqual(await statuses(other), shown);
      assert.equal(await other.getByRole("combobox", { name: "Rules" }).inputValue(), "server-1.2");
      await other.getByText("This came by a link.").first().waitFor();
    });
    await command(page, "Share").click();
    await checkAccessibility();
    await screenshot("share");
  }),
);

test(
  "a link never touches the reader's documents; changed, it is one of them, and the address is free of it",
  withPage(async ({ page, url }) => {
    const link = await shared(page);
    await list(page);
    await command(page, "New document").click();
    await page.locator('[data-document="Untitled"]').waitFor();
    await write(page, "workflow: mine\nthreads:\n  main:\n    - sleep: 5\n");
    await page.locator('[data-document="mine"][data-kept="true"]').waitFor();
    await page.goto(link);
    await page.locator('[data-document="From a link"][data-kept="false"]').waitFor();
    assert.match(await text(page), /workflow: update-the-cart/);
    assert.match(page.url(), /#sitting=/);
    await source(page).press("ControlOrMeta+End");
    await page.keyboard.type("# changed");
    await page.locator('[data-document="update-the-cart"][data-kept="true"]').waitFor();
    await page.waitForFunction(() => location.hash === "");
    await page.goto("about:blank");
    await page.goto(url);
    await page.locator('[data-document="update-the-cart"][data-kept="true"]').waitFor();
    assert.match(await text(page), /# changed/);
    await list(page);
    await command(page, "Open mine").click();
    await page.locator('[data-document="mine"][data-kept="true"]').waitFor();
    await sees(page, 0, "RUNNING");
    assert.match(await text(page), /workflow: mine/);
  }),
);

const versions = new URL("../links/", import.meta.url);
for (const version of readdirSync(versions).filter((name) => /^v\d+$/.test(name))) {
  const folder = new URL(`${version}/`, versions);
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".link"))) {
    test(
      `an old link opens: ${version}/${file}`,
      withPage({ path: `#sitting=${readFileSync(new URL(file, folder), "utf8").trim()}` }, async ({ page }) => {
        const kept = JSON.parse(readFileSync(new URL(file.replace(".link", ".json"), folder), "utf8"));
        await page.locator(`[data-step="${kept.step}"][data-steps="${kept.steps}"]`).waitFor();
        const threads = kept.state.wfRun.threadRuns;
        const expected = Object.fromEntries(threads.map(({ number = 0, status }) => [number, status]));
        assert.deepEqual(await statuses(page), expected);
      }),
    );
  }
}

test(
  "a link that is damaged, or of a later Halter, says so, and the page works",
  withPage({ path: "#sitting=1.AAAA" }, async ({ page, url }) => {
    await page.getByText("This link is damaged").first().waitFor();
    await give(page, POST);
    assert.equal(await step(page), 2);
    // In the same tab only the address changes.
    await page.goto(`${url}#sitting=9.AAAA`);
    await page.getByText("This link was made by a newer Halter.").first().waitFor();
    assert.equal(await step(page), 2);
  }),
);

test(
  "the run goes out as a trace and as diagrams",
  withPage(async ({ page }) => {
    await give(page, POST);
    await command(page, "Share").click();
    for (const [tab, expected] of [
      ["Trace", /"recordedFrom": "Halter"/],
      ["Mermaid states", /^stateDiagram-v2/],
      ["Mermaid sequence", /^sequenceDiagram/],
      ["Graphviz", /^digraph/],
    ]) {
      await page.getByRole("tab", { name: tab, exact: true }).click();
      assert.match(await page.getByRole("region", { name: tab }).innerText(), expected);
    }
    const download = page.waitForEvent("download");
    await command(page, "Download").click();
    assert.equal((await download).suggestedFilename(), "update-the-cart.dot");
  }),
);
