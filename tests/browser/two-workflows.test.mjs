// Child workflows that are played: a second stage below the first, with commands, reasons and variables of its own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, give, reasons, sees, source, statuses, step, text, thread, value, write } from "./support/playground.mjs";

const title = (page, name) => page.locator(`[data-wf-run="${name}"]`);

test(
  "an event halts the WfRun that it is posted to, and nothing of the other",
  withPage({ path: "?example=two-workflows" }, async ({ page, checkAccessibility, screenshot }) => {
    await sees(page, "shipping:0", "RUNNING");
    assert.match(await title(page, "shipping").innerText(), /^Child WfRun\s*shipping\s*RUNNING\s*Started by ThreadRun 0\.$/);
    assert.match(await title(page, "two-workflows").innerText(), /^WfRun\s*two-workflows\s*RUNNING$/);

    await give(page, "Post event address-changed to shipping");
    await sees(page, "shipping:0", "HALTING");
    assert.deepEqual(await statuses(page), { 0: "RUNNING", "shipping:0": "HALTING" });
    assert.deepEqual(await reasons(page, "shipping:0"), ["PENDING_INTERRUPT"]);

    await give(page, "Post event held");
    await sees(page, 1, "RUNNING");
    assert.deepEqual(await statuses(page), { 0: "HALTED", 1: "RUNNING", "shipping:0": "HALTING" });
    await checkAccessibility();
    await screenshot("two-workflows");

    await give(page, "Claim task pack (ThreadRun 0 of shipping)");
    await give(page, "Complete task pack (ThreadRun 0 of shipping)");
    await sees(page, "shipping:1", "RUNNING");
    assert.equal((await statuses(page))["shipping:0"], "HALTED");
  }),
);

test(
  "the child WfRun says why, shows its variables, and what it returns its parent gets",
  withPage({ path: "?example=two-workflows" }, async ({ page }) => {
    await sees(page, "shipping:0", "RUNNING");
    await give(page, "Post event address-changed to shipping");
    await thread(page, "shipping:0").getByRole("button", { name: "Why is ThreadRun 0 of shipping HALTING?" }).click();
    const why = page.locator(".why");
    await why.getByText("In workflow shipping: Why is ThreadRun 0 (ship) HALTING?").waitFor();
    assert.match(await why.innerText(), /Event address-changed \(e1\) interrupts ThreadRun 0 \(ship\)/);
    await thread(page, "shipping:0").locator(".lane-title").click();
    assert.equal(await value(page, "65536.address"), "home");

    await give(page, "Claim task pack (ThreadRun 0 of shipping)");
    await give(page, "Complete task pack (ThreadRun 0 of shipping)");
    await give(page, "Claim task print-label (ThreadRun 1 of shipping)");
    await give(page, "Complete task print-label (ThreadRun 1 of shipping)");
    await sees(page, 0, "COMPLETED");
    assert.equal(await title(page, "shipping").getAttribute("data-status"), "COMPLETED");

    // Back in time both stages stand as they stood.
    const last = await step(page);
    await page.keyboard.press("Alt+ArrowLeft");
    await page.locator(`[data-step="${last - 1}"]`).waitFor();
    await sees(page, "shipping:0", "HALTED");
    assert.equal(await page.locator('[data-timeline-row="shipping:1"] [data-bar-status]').count() > 0, true);
  }),
);

test(
  "chips stand on the lanes of the child WfRun, and it goes on while its source is edited",
  withPage({ path: "?example=two-workflows" }, async ({ page }) => {
    await sees(page, "shipping:0", "RUNNING");
    const chip = thread(page, "shipping:0").getByRole("button", { name: "Post address-changed: it interrupts ThreadRun 0 of shipping" });
    await chip.click();
    await sees(page, "shipping:0", "HALTING");
    const before = await text(page);
    await write(page, before.replace("print-label:", "print-labels:").replace("task: print-label", "task: print-labels"));
    await page.locator('[data-lane][aria-label^="Handler relabel"]').locator("text", { hasText: "print-labels" }).waitFor();
    assert.equal((await statuses(page))["shipping:0"], "HALTING");
    // What the child workflow needs is said where it is run.
    await write(page, before.replace("        with: {address: $address}\n", ""));
    await page.getByText("Workflow shipping needs variable address.").first().waitFor();
    assert.equal(await source(page).count(), 1);
  }),
);

test(
  "the server's rules keep a child WfRun stopped",
  withPage({ path: "?example=deviations/child-wf-stays-stopped" }, async ({ page }) => {
    await page.getByRole("combobox", { name: "Rules" }).selectOption("server-1.2");
    await sees(page, "restock:0", "RUNNING");
    await thread(page, "restock:0").getByRole("button", { name: "More commands for ThreadRun 0 of restock" }).first().click();
    await thread(page, "restock:0").getByRole("button", { name: "Stop ThreadRun 0 of restock" }).click();
    await sees(page, "restock:0", "HALTED");
    await command(page, "Resume ThreadRun 0 of restock").first().click();
    await page.getByText("Couldn't find provided WfRun").first().waitFor();
    await sees(page, "restock:0", "HALTED");
  }),
);

test(
  "each workflow is handed over by itself, and the source as a whole",
  withPage({ path: "?example=two-workflows" }, async ({ page, checkAccessibility }) => {
    await sees(page, "shipping:0", "RUNNING");
    await command(page, "Export").click();
    await page.getByRole("tab", { name: "JSON" }).click();
    const spec = async () => JSON.parse(await page.locator("#export-text").innerText());
    assert.equal((await spec()).name, "two-workflows");
    await page.getByRole("combobox", { name: "Workflow" }).selectOption({ label: "shipping" });
    await page.getByText('"name": "shipping"').waitFor();
    assert.deepEqual(Object.keys((await spec()).threadSpecs), ["ship", "relabel"]);
    await checkAccessibility();
    await page.getByRole("tab", { name: "Source" }).click();
    await page.locator("#export-text").getByText("workflows:").waitFor();
    assert.equal(await page.getByRole("combobox", { name: "Workflow" }).count(), 0);
  }),
);
