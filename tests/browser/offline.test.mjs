// After the first visit everything works without a network.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { give, sees } from "./support/playground.mjs";

const POST = "Post event cart-updated";

const withWorker = (body) =>
  withPage({ context: { serviceWorkers: "allow" }, allow: [/ERR_INTERNET_DISCONNECTED/] }, body);

async function firstVisit(page) {
  await page.getByRole("heading", { level: 1, name: "Halter" }).waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

test(
  "without a network the page comes up again and plays",
  withWorker(async ({ page }) => {
    await firstVisit(page);
    await page.context().setOffline(true);
    await page.reload();
    await give(page, POST);
    await sees(page, 1, "COMPLETED");
  }),
);

test(
  "the browser would install it",
  withWorker(async ({ page }) => {
    await firstVisit(page);
    const devtools = await page.context().newCDPSession(page);
    const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
    // Each test has a private window, and that installs nothing.
    const errors = installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito");
    assert.deepEqual(errors, []);
    const { url, manifest } = await devtools.send("Page.getAppManifest");
    assert.ok(url.endsWith("/static/manifest.webmanifest"));
    assert.equal(new URL(manifest.startUrl).pathname, "/");
  }),
);
