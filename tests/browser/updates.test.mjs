// Two builds of the page at the same time: a page gets the files of its own build as long as it lives, and nothing takes
// its place before somebody says so. docs/decisions/016-updates.md.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { makeBuild, nameOf } from "./support/builds.mjs";
import { withPage } from "./support/page.mjs";
import { command, give, sees, write } from "./support/playground.mjs";
import { serve } from "./support/server.mjs";

const POST = "Post event cart-updated";
const EDITOR = /^editor-.*\.js$/;
const TYPED = "workflow: typed\nthreads:\n  main:\n    - sleep: 5\n";

let first;
let second;
before(() => {
  first = makeBuild("first");
  second = makeBuild("second");
});
after(() => [first, second].forEach((build) => build?.remove()));

/** A server of the first build, and a page that it has handed everything to. `site` is what it serves. */
const withBuilds = (body, { allow = [] } = {}) =>
  withPage({ path: null, context: { serviceWorkers: "allow" }, allow }, async (around) => {
    const site = { folder: first.folder };
    const { url, stop } = await serve(site);
    try {
      await visit(around.page, url);
      await body({ ...around, url, site, stop });
    } finally {
      stop();
    }
  });

async function visit(page, url) {
  await page.goto(url);
  await plays(page);
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
}

const plays = (page) => sees(page, 0, "RUNNING");
const question = (page) => page.getByRole("group", { name: "New version" });

/** Looks for another build, as the browser does now and then; what has become of it: installed, or redundant. */
const update = (page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    // The browser may be looking by itself already.
    const worker = registration.installing ?? registration.waiting ?? (await new Promise((found, failed) => {
      registration.addEventListener("updatefound", () => found(registration.installing), { once: true });
      registration.update().catch(failed);
    }));
    return new Promise((done) => {
      const look = () => ["installed", "redundant"].includes(worker.state) && done(worker.state);
      worker.addEventListener("statechange", look);
      look();
    });
  });

/** Which builds the parts of a page are of, also those that it loads now. */
const parts = (page) =>
  page.evaluate(async () => {
    const asked = performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname);
    const example = await (await fetch("/static/examples/heartbeats.yaml")).text();
    const [script, wasm] = [/\/halter-web-.*\.js$/, /\/halter-web-.*_bg\.wasm$/].map((kind) => asked.filter((name) => kind.test(name)));
    // Once more, by another address: a module is loaded only once.
    await import(`${script[0]}?again`);
    return {
      build: document.querySelector('meta[name="halter-build"]').content,
      style: getComputedStyle(document.documentElement).getPropertyValue("--build-of-style").trim(),
      scripts: [...new Set(globalThis.builds)],
      example: example.match(/# (\w+)\n$/)[1],
      wasm: [...new Set(wasm)],
    };
  });

const wholly = ({ folder, build }, word) => ({
  build,
  style: word,
  scripts: [word],
  example: word,
  wasm: [`/${nameOf(folder, /^halter-web-.*_bg\.wasm$/)}`],
});

const isWholly = async (page, build, word) => assert.deepEqual(await parts(page), wholly(build, word));
const says = (page, source) => page.waitForFunction((source) => window.halterEditor?.text() === source, source);

/** Waits until the page is of that build, and runs. */
async function becomes(page, { build }) {
  await page.locator(`meta[content="${build}"]`).waitFor({ state: "attached" });
  await plays(page);
}

/** The builds that the browser keeps. */
const kept = (page) => page.evaluate(async () => (await caches.keys()).map((name) => name.split(" ").at(-1)).sort());
async function keepsOnly(page, { build }) {
  let names;
  // Playwright's own way of waiting does not wait for what is promised.
  for (let time = 0; time < 100 && String(names) !== build; time += 1) {
    if (time > 0) await new Promise((later) => setTimeout(later, 100));
    names = await kept(page);
  }
  assert.deepEqual(names, [build]);
}

test(
  "somebody is asked before a new build is used: until then the page is of the old one, by hand reloaded too",
  withBuilds(async ({ page, site, checkAccessibility, screenshot }) => {
    await write(page, TYPED);
    site.folder = second.folder;
    assert.equal(await update(page), "installed");
    await question(page).waitFor();
    assert.match(await question(page).innerText(), /A new version is ready\. Reload to use it/);
    assert.match(await page.locator('.spoken[role="status"]').innerText(), /A new version is ready/);
    assert.equal(await page.evaluate(() => document.activeElement.closest(".cm-editor") !== null), true, "the focus stays");
    await checkAccessibility();
    await screenshot("new-version");
    await isWholly(page, first, "first");

    // By keys: behind the last of the header's buttons.
    await page.getByRole("button", { name: /story$/ }).focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Later");
    await page.keyboard.press("Enter");
    await question(page).waitFor({ state: "detached" });

    await page.reload();
    await question(page).waitFor();
    await says(page, TYPED);
    await isWholly(page, first, "first");

    // What waits is kept whole, whatever the old build has tidied up meanwhile.
    site.trouble = () => "gone";
    await write(page, `${TYPED}# and more\n`);
    await command(page, "Reload").press("Enter");
    await becomes(page, second);
    await isWholly(page, second, "second");
    await says(page, `${TYPED}# and more\n`);
    await keepsOnly(page, second);
    assert.equal(await question(page).count(), 0);
  }),
);

test(
  "another tab goes on with the old build, whose files are kept until nobody needs them",
  withBuilds(async ({ page, url, site }) => {
    const other = await page.context().newPage();
    await visit(other, url);
    await write(other, TYPED);
    site.folder = second.folder;
    await update(page);
    await command(page, "Reload").click();
    await becomes(page, second);
    await isWholly(page, second, "second");

    // The new worker answers the old page, also when there is no server.
    site.trouble = () => "gone";
    await question(other).waitFor();
    await isWholly(other, first, "first");
    await page.reload();
    await plays(page);
    assert.deepEqual(await kept(page), [first.build, second.build].sort());

    await command(other, "Reload").click();
    await becomes(other, second);
    await says(other, TYPED);
    await isWholly(other, second, "second");
    await keepsOnly(other, second);
  }),
);

test(
  "what is embedded holds its build as well, and while a page can't say what it is of nothing is deleted",
  withBuilds(async ({ page, url, site }) => {
    const other = await page.context().newPage();
    site.folder = second.folder;
    await update(page);
    // It talks to the old worker, which tidies up; what waits is not left over.
    await other.goto(`${url}embed/#example=heartbeats&panels=source,graph`);
    await plays(other);
    const silent = await page.context().newPage();
    await silent.addInitScript(() => Object.defineProperty(navigator, "locks", { value: undefined }));
    await silent.goto(url);
    await plays(silent);
    site.trouble = () => "gone";
    await command(page, "Reload").click();
    await becomes(page, second);
    assert.deepEqual(await kept(page), [first.build, second.build].sort());
    await isWholly(other, first, "first");
    await other.reload();
    await becomes(other, second);
    await isWholly(other, second, "second");
    const script = nameOf(first.folder, /^halter-web-.*\.js$/);
    assert.equal(await silent.evaluate(async (script) => (await fetch(script)).status, script), 200);
    await silent.close();
    await page.reload();
    await keepsOnly(page, second);
  }),
);

test(
  "a new build is there at once, though the old worker has not answered everything and can't go yet",
  withBuilds(async ({ page, url, site }) => {
    const other = await page.context().newPage();
    await visit(other, url);
    site.folder = second.folder;
    await update(page);
    site.trouble = (path) => (path === "/never" ? "silent" : "gone");
    await other.evaluate(() => void fetch("/never").catch(() => {}));
    await command(page, "Reload").click();
    await becomes(page, second);
    await isWholly(page, second, "second");
    await isWholly(other, first, "first");
    // The old worker is still the one that answers.
    assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting?.state), "installed");
    assert.equal(await question(page).count(), 0);
    assert.deepEqual(await kept(page), [first.build, second.build].sort());
    await page.reload();
    await isWholly(page, second, "second");
  }),
);

test(
  "half a build is none: the old one works without a network, and the next attempt succeeds",
  withBuilds(
    async ({ page, url, site }) => {
      const wasm = `/${nameOf(second.folder, /^halter-web-.*_bg\.wasm$/)}`;
      const troubles = [
        ["404", wasm],
        ["500", `/${nameOf(second.folder, EDITOR)}`],
        ["broken", wasm],
        ["truncated", "/static/examples/heartbeats.yaml"],
        ["truncated", "/"],
        ["gone", wasm],
      ];
      for (const [trouble, path] of troubles) {
        site.folder = second.folder;
        site.trouble = (asked) => (asked === path ? trouble : undefined);
        assert.equal(await update(page), "redundant", `${trouble} ${path}`);
        site.trouble = () => "gone";
        await isWholly(page, first, "first");
        assert.equal(await question(page).count(), 0);
      }
      await page.goto(`${url}index.html?example=update-the-cart`);
      await give(page, POST);
      await isWholly(page, first, "first");
      // The server is of two minds: the worker is new, and everything else is not.
      site.trouble = undefined;
      site.folder = first.folder;
      site.instead = { "/sw.js": second.folder };
      assert.equal(await update(page), "redundant", "files of another build");
      site.instead = undefined;
      site.folder = second.folder;
      assert.equal(await update(page), "installed");
      await command(page, "Reload").click();
      await becomes(page, second);
      await isWholly(page, second, "second");
      await keepsOnly(page, second);
    },
  ),
);

test(
  "who left all pages of the old build finds the new one",
  withBuilds(async ({ page, url, site }) => {
    site.folder = second.folder;
    await update(page);
    const context = page.context();
    await page.close();
    // The browser changes over when it finds that the last page is gone.
    for (let build; build !== second.build; ) {
      const next = await context.newPage();
      await next.goto(url);
      build = await next.locator('meta[name="halter-build"]').getAttribute("content");
      if (build === second.build) await isWholly(next, second, "second");
      await next.close();
    }
  }),
);

test(
  "a page that was open for long asks for another build when somebody comes back to it",
  withBuilds(async ({ page, site }) => {
    let asked = 0;
    site.trouble = (path) => {
      asked += path === "/sw.js" ? 1 : 0;
    };
    const comeBack = () => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await comeBack();
    await page.clock.setFixedTime(Date.now() + 3_700_000);
    site.folder = second.folder;
    await comeBack();
    await question(page).waitFor();
    assert.ok(asked > 0);
  }),
);

test(
  "a build that is not finished, as Trunk's own server shows it, is not hidden by an earlier one",
  withBuilds(async ({ page, site }) => {
    const raw = makeBuild("raw", { finished: false });
    try {
      site.folder = raw.folder;
      await update(page).catch(() => {});
      await question(page).waitFor();
      await command(page, "Reload").click();
      await becomes(page, raw);
      assert.equal((await parts(page)).example, "raw");
    } finally {
      raw.remove();
    }
  }),
);
