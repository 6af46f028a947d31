// What the real SDK compiles loads by paste, runs, and is interrupted.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, fill, give, hasRules, openFields, post, reasons, sees, value, write } from "./support/playground.mjs";

const spec = (name) => readFileSync(new URL(`../specs/${name}.json`, import.meta.url), "utf8");

test(
  "an order's address changes while its card is charged",
  withPage(async ({ page, screenshot }) => {
    await write(page, spec("order"));
    await command(page, "Run workflow").waitFor();
    await fill(page, "customer (STR)", "Run workflow", "ada");
    await give(page, "Run workflow");
    await give(page, "Claim task price-order (ThreadRun 0)");
    await openFields(page, "Complete task price-order (ThreadRun 0)");
    await page.getByLabel("Type of output of Complete task price-order (ThreadRun 0)").selectOption("DOUBLE");
    await fill(page, "output", "Complete task price-order (ThreadRun 0)", "9.5");
    await give(page, "Complete task price-order (ThreadRun 0)");
    assert.equal(await value(page, "0.total"), 9.5);

    await give(page, "Claim task charge-card (ThreadRun 0)");
    await post(page, "address-changed", "STR", "12 Stable Lane");
    await sees(page, 0, "HALTING");
    assert.deepEqual(await reasons(page, 0), ["PENDING_INTERRUPT"]);

    await give(page, "Complete task charge-card (ThreadRun 0)");
    await sees(page, 0, "HALTED");
    assert.deepEqual(await reasons(page, 0), ["INTERRUPTED"]);
    await hasRules(page, "R-HALTED", "R-HANDLER");
    assert.equal(await value(page, "1.INPUT"), "12 Stable Lane");
    await screenshot("real-order-halted");

    await give(page, "Claim task tell-courier (ThreadRun 1)");
    await give(page, "Complete task tell-courier (ThreadRun 1)");
    await sees(page, 1, "COMPLETED");
    await sees(page, 0, "RUNNING");
    await hasRules(page, "R-RESUME");
    assert.equal(await value(page, "0.address"), "12 Stable Lane");
  }),
);

for (const name of ["order", "parcels", "countdown", "approval"]) {
  test(
    `${name}.json has no problems and shows its threads`,
    withPage(async ({ page }) => {
      await write(page, spec(name));
      await page.locator('[data-node$="-entrypoint-ENTRYPOINT"]').first().waitFor();
      assert.equal(await page.locator("[data-diagnostic]").count(), 0);
    }),
  );
}
