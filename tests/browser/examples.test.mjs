// Each example is played on the page: interrupted, and seen HALTING, HALTED and RUNNING, with its payload where
// the handler puts it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, fill, give, reasons, sees, value, work } from "./support/playground.mjs";

const example = (name, says, body) => test(`${name}: ${says}`, withPage({ path: `?example=${name}` }, body));

/** Every status of a ThreadRun that the last step passed through, by looking at each of its moments. */
async function passed(page, number) {
  const step = page.locator("[data-log-step]").first();
  const seen = [];
  for (const moment of await step.getByRole("button", { name: /^The run after occurrence/ }).all()) {
    await moment.click();
    const lane = page.locator(`[data-thread-run="${number}"]`);
    const status = (await lane.count()) ? await lane.getAttribute("data-status") : "NONE";
    if (seen.at(-1) !== status) seen.push(status);
  }
  return seen;
}

example("update-the-cart", "the payload is in the parent's variables", async ({ page, screenshot }) => {
  await sees(page, 0, "RUNNING");
  await fill(page, "payload (JSON_OBJ)", "Post event cart-updated", '{"item": "kettle", "price": 9007199254740993}');
  await give(page, "Post event cart-updated");
  await sees(page, 1, "COMPLETED");
  assert.deepEqual(await value(page, "0.items"), ["kettle"]);
  assert.equal(await page.locator('[data-variable="0.total"]').innerText(), "9007199254740993");
  assert.deepEqual(await passed(page, 0), ["RUNNING", "HALTING", "HALTED", "RUNNING"]);
  await page.getByRole("button", { name: "The run after occurrence #12" }).click();
  await screenshot("example-update-the-cart");
});

example("update-the-cart", "a payload of the wrong type is explained, and nothing is posted", async ({ page }) => {
  await fill(page, "payload (JSON_OBJ)", "Post event cart-updated", '{"item": }');
  await command(page, "Post event cart-updated").click();
  await page.getByText(/This is no JSON at line 1, column 10/).first().waitFor();
  assert.equal(
    await page.getByLabel("payload (JSON_OBJ) of Post event cart-updated").getAttribute("aria-invalid"),
    "true",
  );
  assert.equal(await page.locator("[data-step]").getAttribute("data-step"), "1");
});

example("child-interrupted", "the child halts, its parent goes on", async ({ page, screenshot }) => {
  await give(page, "Post event address-changed");
  await sees(page, 1, "HALTED");
  await sees(page, 0, "RUNNING");
  assert.deepEqual(await reasons(page, 1), ["INTERRUPTED"]);
  assert.equal(await value(page, "0.address"), "Oak Avenue 7");
  await screenshot("example-child-interrupted");
  assert.deepEqual(await passed(page, 1), ["RUNNING", "HALTING", "HALTED"]);
  await work(page, "tell-courier", 2);
  await sees(page, 1, "RUNNING");
});

example("parent-with-children", "a running child delays it", async ({ page, screenshot }) => {
  await give(page, "Claim task drive-to-customer (ThreadRun 2)");
  await give(page, "Post event order-paused");
  await sees(page, 0, "HALTING");
  await sees(page, 1, "HALTED");
  await sees(page, 2, "HALTING");
  assert.deepEqual(await reasons(page, 2), ["PARENT_HALTED"]);
  await page.getByText("Not HALTED yet: ThreadRun 2 is not halted yet.").waitFor();
  await screenshot("example-parent-with-children-halting");
  await give(page, "Complete task drive-to-customer (ThreadRun 2)");
  await sees(page, 0, "HALTED");
  await sees(page, 3, "RUNNING");
  await screenshot("example-parent-with-children");
  await work(page, "tell-customer", 3);
  await give(page, "Post event order-released");
  await sees(page, 0, "RUNNING");
  assert.equal(await value(page, "0.paused-because"), "the road is closed");
});

example("heartbeats", "each one interrupts the sleep; without one the alarm is raised", async ({ page, screenshot }) => {
  await page.getByLabel("Seconds to pass").fill("20");
  await command(page, "Pass seconds").click();
  await page.locator('[data-now="20000"]').waitFor();
  await give(page, "Post event heartbeat");
  assert.equal(await value(page, "0.beats"), 1);
  assert.deepEqual(await passed(page, 0), ["RUNNING", "HALTING", "HALTED", "RUNNING"]);
  await give(page, "Post event heartbeat");
  assert.equal(await value(page, "0.beats"), 2);
  await sees(page, 1, "COMPLETED");
  await screenshot("example-heartbeats");
  await give(page, "Pass time 40 s");
  await give(page, "Pass time 60 s");
  await command(page, "Claim task raise-alarm (ThreadRun 0)").waitFor();
});

example("kill-and-clean-up", "the handler cleans up and ends the order", async ({ page, screenshot }) => {
  await work(page, "reserve-goods", 0);
  assert.equal(await value(page, "0.reservation"), "shelf-17");
  await give(page, "Post event order-cancelled");
  await sees(page, 0, "HALTED");
  assert.deepEqual(await passed(page, 0), ["RUNNING", "HALTING", "HALTED"]);
  assert.equal(await value(page, "1.INPUT"), "found it cheaper");
  await work(page, "release-goods", 1);
  await work(page, "tell-customer", 1);
  await sees(page, 1, "EXCEPTION");
  await sees(page, 0, "ERROR");
  await page.locator('[data-wf-run-status="ERROR"]').waitFor();
  await screenshot("example-kill-and-clean-up");
});

example("failing-handler", "the order fails with its handler, and nothing catches it", async ({ page, screenshot }) => {
  await give(page, "Post event fraud-suspected");
  await sees(page, 0, "HALTED");
  await give(page, "Claim task check-customer (ThreadRun 1)");
  await give(page, "Fail task check-customer (ThreadRun 1)");
  await sees(page, 1, "ERROR");
  await sees(page, 0, "ERROR");
  await page.getByText("CHILD_FAILED: Interrupt thread with id 1 failed!").first().waitFor();
  assert.deepEqual(await passed(page, 0), ["HALTED", "ERROR"]);
  await screenshot("example-failing-handler");
});

test(
  "a step is shown moment by moment, can be paused within, and ends where it ends",
  withPage({ context: { reducedMotion: "no-preference" } }, async ({ page }) => {
    await command(page, "Post event cart-updated").click();
    await sees(page, 0, "HALTING");
    await sees(page, 0, "HALTED");
    await sees(page, 1, "RUNNING");
    await sees(page, 1, "COMPLETED");
    await sees(page, 0, "RUNNING");
    await page.locator('[data-running="false"]').waitFor();
    await command(page, "Step back").click();
    await command(page, "Step forward").click();
    await sees(page, 0, "HALTING");
    // Paused within the step, and played on.
    await command(page, "Pause the run").click();
    await page.waitForTimeout(900);
    await command(page, "Play the run").click();
    await sees(page, 1, "RUNNING");
    await command(page, "Step forward").click();
    await sees(page, 0, "RUNNING");
  }),
);
