// A WfRun of a real cluster, pasted as lhctl prints it: it stands there as it was found, says why it is stuck, and can be played on.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, give, reasons, sees, statuses, step, text, write } from "./support/playground.mjs";

const PASTED = readFileSync(new URL("../found/halting-for-ever.json", import.meta.url), "utf8");
const REBUILT = readFileSync(new URL("../found/rebuilt.json", import.meta.url), "utf8");

test(
  "what lhctl prints is pasted: the WfRun stands on the stage, and the page says why it is stuck",
  withPage({ path: "?example=nested" }, async ({ page, checkAccessibility, screenshot }) => {
    await text(page);
    await write(page, PASTED);
    await sees(page, 1, "HALTING");
    assert.deepEqual(await statuses(page), { 0: "HALTING", 1: "HALTING" });
    assert.equal(await step(page), 0);
    assert.deepEqual(await reasons(page, 0), ["PENDING_INTERRUPT"]);
    assert.deepEqual(await reasons(page, 1), ["PARENT_HALTED"]);
    await page.getByText("The WfRun as it was found").first().waitFor();
    await page.getByText("D-CHILD-WF-NEVER-HALTS").first().waitFor({ state: "attached" });
    assert.equal(await command(page, "Run workflow").count(), 0, "it runs already");
    await checkAccessibility();
    await screenshot("found");

    // It goes on from there: under the server's rules nothing moves it, under the documented ones anything does.
    assert.equal(await page.getByRole("combobox", { name: "Rules" }).inputValue(), "server-1.2");
    await give(page, "Post event pint");
    assert.deepEqual(await statuses(page), { 0: "HALTING", 1: "HALTING" });
    await page.getByRole("combobox", { name: "Rules" }).selectOption("documented");
    await sees(page, 0, "HALTED");
  }),
);

test(
  "what halter record prints is pasted: what happened is played, the WfRun stands where it was found, and one can go back in it",
  withPage({ path: "?example=nested" }, async ({ page, screenshot }) => {
    await text(page);
    await write(page, REBUILT);
    await sees(page, 0, "HALTED");
    assert.deepEqual(await statuses(page), { 0: "HALTED", 1: "HALTED", 2: "HALTED", 3: "RUNNING" });
    await page.getByText("This WfRun is from a server").waitFor();
    assert.equal(await page.getByRole("combobox", { name: "Rules" }).inputValue(), "server-1.2");
    await screenshot("found-rebuilt");
    const steps = await step(page);
    assert.equal(steps, JSON.parse(REBUILT).rebuilt.script.length);

    // Each step is explained, and the run can go another way.
    await page.locator(".occurrence", { hasText: "HALTING" }).first().waitFor();
    for (let back = 1; back < steps; back += 1) await command(page, "Step back").click();
    assert.deepEqual(await statuses(page), { 0: "RUNNING", 1: "RUNNING", 2: "RUNNING" });
    await give(page, "Post event gift-wrapped");
    await sees(page, 1, "COMPLETED");
  }),
);

test(
  "what is missing is said, and nothing that was pasted is lost",
  withPage({ path: "?example=nested" }, async ({ page }) => {
    await text(page);
    const without = PASTED.slice(0, PASTED.lastIndexOf("\n{\n"));
    await write(page, without);
    await page.getByText('NodeRun 0 of ThreadRun 0 is missing: paste all that "lhctl list nodeRun" prints.').first().waitFor();
    assert.equal(await text(page), without);
  }),
);
