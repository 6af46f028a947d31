// A run that goes on by itself: speed, the clock, points at which it pauses, and everything that pauses it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, give, openExample, runInPalette, sees, source, step, write } from "./support/playground.mjs";

const EXAMPLE = { path: "?example=parent-with-children" };

const clock = async (page) => Number(await page.locator("[data-now]").getAttribute("data-now"));

const heard = (page) => page.locator("p.spoken[role=status]").innerText();

/** Waits until it has stopped for this reason, and says so; returns the sentence. */
async function stops(page, why, said = /./) {
  await page.locator('[data-running="false"]').waitFor();
  const sentence = page.locator(`[data-run-stopped="${why}"]`).filter({ hasText: said });
  await sentence.waitFor();
  return sentence.innerText();
}

const speed = (page, name) => page.getByLabel("Speed").selectOption({ label: name });

/** Waits until the clock shows at least that, in virtual milliseconds. */
const clockShows = (page, least) =>
  page.waitForFunction((least) => Number(document.querySelector("[data-now]").dataset.now) >= least, least);

async function addPoint(page, whose, point) {
  await page.getByLabel("Whose point").selectOption({ label: whose });
  await page.getByLabel("Point", { exact: true }).selectOption({ label: point });
  await command(page, "Add the point").click();
  await page.locator(`[data-pause-point="${point}"]`).waitFor();
}

/** A thread that works for as long as its task takes, and may be interrupted. */
const WORK = `workflow: work
events: {more: STR}
tasks: [slow]
threads:
  main:
    interrupts: {more: handle}
    do: [{task: slow}]
  handle:
    variables: {INPUT: STR}
    do: [nop]
`;

const ENDLESS = `workflow: endless
threads:
  main:
    do:
      - while: true
        do:
          - sleep: 1
`;

test(
  "it runs by itself to COMPLETED, and the clock moves with it",
  withPage(EXAMPLE, async ({ page }) => {
    await sees(page, 0, "RUNNING");
    await speed(page, "4×");
    await command(page, "Play the run").click();
    await page.locator('[data-running="true"]').waitFor();
    // Between two steps: the task takes from 0 s to 2 s.
    await page.waitForFunction(() => {
      const now = Number(document.querySelector("[data-now]").dataset.now);
      return now > 0 && now < 2000;
    });
    assert.equal(await stops(page, "over"), "The run is over: the WfRun is COMPLETED at 4 s.");
    assert.equal(await page.locator("[data-wf-run-status]").getAttribute("data-wf-run-status"), "COMPLETED");
    assert.equal(await clock(page), 4000);
    assert.match(await heard(page), /The run is over/);
  }),
);

test(
  "Space runs and pauses at the time that the clock shows, but not where it has another use",
  withPage(EXAMPLE, async ({ page }) => {
    await sees(page, 0, "RUNNING");
    await speed(page, "½×");
    await page.locator("body").press("Space");
    await page.locator('[data-running="true"]').waitFor();
    await clockShows(page, 300);
    await page.locator("body").press("Space");
    const said = await stops(page, "stopped");
    const now = await clock(page);
    assert.ok(now >= 300 && now < 2000, `${now} ms`);
    assert.equal(said, `Paused at ${now / 1000} s.`);
    // The task still runs: nothing came that was not due.
    await command(page, "Complete task drive-to-customer (ThreadRun 2)").waitFor();
    await command(page, "Step back").press("Space");
    await page.locator("[data-run-stopped]").waitFor({ state: "detached" });
    await source(page).press("Space");
    assert.equal(await page.locator("[data-running]").getAttribute("data-running"), "false");
  }),
);

test(
  "what somebody does meanwhile happens at the time that the clock shows, and it runs on",
  withPage(async ({ page }) => {
    await sees(page, 0, "RUNNING");
    await write(page, WORK);
    await command(page, "Claim task slow (ThreadRun 0)").waitFor();
    await command(page, "Run settings").click();
    const own = page.getByLabel("Seconds that slow takes");
    await own.fill("6");
    await own.press("Enter");
    await speed(page, "½×");
    await command(page, "Play the run").click();
    await clockShows(page, 500);
    await command(page, "Post event more").click();
    await page.locator('[data-log-step="4"]').waitFor();
    const posted = await page.locator('[data-log-step="3"]').innerText();
    assert.match(posted, /0?\.?\d+ s passed/);
    assert.equal(await page.locator("[data-running]").getAttribute("data-running"), "true");
    await speed(page, "at once");
    assert.equal(await stops(page, "over"), "The run is over: the WfRun is COMPLETED at 6 s.");
  }),
);

test(
  "what is typed into a field stays there while the run plays on",
  withPage(async ({ page }) => {
    await sees(page, 0, "RUNNING");
    await write(page, WORK);
    await command(page, "Claim task slow (ThreadRun 0)").waitFor();
    await command(page, "Draw").click();
    await page.locator('[data-thread-run="0"] [data-node$="slow-TASK"]').click();
    await command(page, "Run settings").click();
    await speed(page, "½×");
    await command(page, "Play the run").click();
    const time = page.getByLabel("Seconds that slow takes");
    await time.fill("7");
    await clockShows(page, 300);
    assert.equal(await time.inputValue(), "7");
    const timeout = page.getByLabel("Field timeout");
    await timeout.fill("99");
    await clockShows(page, 800);
    assert.equal(await timeout.inputValue(), "99");
    // Left as it was, it is set.
    await timeout.press("Enter");
    await page.waitForFunction(() => window.halterEditor.text().includes("timeout: 99"));
  }),
);

for (const [kind, whose, point, said] of [
  ["a status", "Any ThreadRun", "any ThreadRun is HALTED", /^Paused: ThreadRun 1 \(wrap-gift\) is HALTED: .* \(R-HALTED\)\.$/],
  ["a node", "Thread deliver", "deliver is at 1-drive-to-customer-TASK", /^Paused: ThreadRun 2 \(deliver\) arrives at task drive-to-customer \(R-EDGE\)\.$/],
  ["a variable", "Thread order", "paused-because of order is written", /^Paused: ThreadRun 3 \(hold\) sets paused-because of ThreadRun 0 \(order\) to "the road is closed" \(R-MUTATE\)\.$/],
  ["a rule", "A rule", "R-RESUME applies", /^Paused: ThreadRun 0 \(order\) loses halt reason INTERRUPTED \(R-RESUME\)\.$/],
]) {
  test(
    `it pauses on ${kind}, and says why`,
    withPage(EXAMPLE, async ({ page }) => {
      await sees(page, 0, "RUNNING");
      await command(page, "Run settings").click();
      await addPoint(page, whose, point);
      await speed(page, "at once");
      await page.getByRole("slider", { name: "Timeline", exact: true }).press("Home");
      await page.locator('[data-step="0"]').waitFor();
      await command(page, "Play the run").click();
      await stops(page, "point", said);
      assert.match(await heard(page), said);
      await command(page, `Remove: ${point}`).click();
      await page.locator("[data-pause-point]").waitFor({ state: "detached" });
      await command(page, "Play the run").click();
      await stops(page, "over");
    }),
  );
}

test(
  "to the next point, through what was played and on; by key and by the palette",
  withPage(EXAMPLE, async ({ page }) => {
    await sees(page, 0, "RUNNING");
    await runInPalette(page, "pause when any halting");
    await page.locator("body").press("Shift+Space");
    await stops(page, "point", /ThreadRun 0 \(order\) is HALTING/);
    const first = await step(page);
    await command(page, "To the next point").click();
    await stops(page, "point", /ThreadRun 1 \(wrap-gift\) is HALTING/);
    await command(page, "To the next point").click();
    await stops(page, "point", /ThreadRun 2 \(deliver\) is HALTING/);
    await command(page, "To the next point").click();
    await stops(page, "over");
    const last = await step(page);
    await page.getByRole("slider", { name: "Timeline", exact: true }).press("Home");
    await page.locator('[data-step="0"]').waitFor();
    await page.locator("body").press("Shift+Space");
    await stops(page, "point", /ThreadRun 0 \(order\) is HALTING/);
    assert.equal(await step(page), first);
    assert.equal(await page.locator("[data-steps]").getAttribute("data-steps"), String(last), "nothing is played anew");
    await runInPalette(page, "play the run");
    await stops(page, "point", /ThreadRun 1 \(wrap-gift\) is HALTING/);
  }),
);

test(
  "settings survive a reload; a time that can't be read is refused with a reason",
  withPage(EXAMPLE, async ({ page, checkAccessibility, screenshot }) => {
    await sees(page, 0, "RUNNING");
    await speed(page, "4×");
    await command(page, "Run settings").click();
    await addPoint(page, "Any ThreadRun", "any ThreadRun is EXCEPTION");
    const own = page.getByLabel("Seconds that drive-to-customer takes");
    await own.fill("soon");
    await own.press("Enter");
    const refused = page.locator("#run-settings").getByText(/^Write seconds from 0 to 86400, such as 2\.5\./);
    await refused.waitFor();
    assert.equal(await own.getAttribute("aria-invalid"), "true");
    await checkAccessibility();
    await screenshot("run-settings");
    await own.fill("1.5");
    await own.press("Enter");
    await refused.waitFor({ state: "detached" });
    await page.reload();
    await sees(page, 0, "RUNNING");
    await command(page, "Run settings: pauses at 1 point").click();
    await page.locator('[data-pause-point="any ThreadRun is EXCEPTION"]').waitFor();
    assert.equal(await own.inputValue(), "1.5");
    assert.equal(await page.getByLabel("Speed").inputValue(), "400");
    await page.getByLabel("Point", { exact: true }).press("Escape");
    await page.locator("#run-settings").waitFor({ state: "detached" });
    await speed(page, "at once");
    await command(page, "Play the run").click();
    await stops(page, "over", /at 3\.5 s/);
  }),
);

test(
  "a workflow that goes round for ever stops at a limit, and goes on if it is told to",
  withPage(async ({ page }) => {
    await sees(page, 0, "RUNNING");
    await write(page, ENDLESS);
    await page.locator('[data-kept="true"]').waitFor();
    await speed(page, "at once");
    await command(page, "Play the run").click();
    await page.locator('[data-run-stopped="limit"]').waitFor({ timeout: 60_000 });
    await stops(page, "limit", /^Paused after 1000 steps: .* Play goes on\.$/);
    const at = await step(page);
    await command(page, "Play the run").click();
    await page.locator(`[data-step="${at + 1000}"]`).waitFor({ timeout: 60_000 });
    await stops(page, "limit");
  }),
);

test(
  "going back, another text, and another example pause it",
  withPage(EXAMPLE, async ({ page }) => {
    await sees(page, 0, "RUNNING");
    await speed(page, "½×");
    const begin = async () => {
      await command(page, "Play the run").click();
      await page.locator('[data-running="true"]').waitFor();
    };
    await give(page, "Claim task drive-to-customer (ThreadRun 2)");
    await begin();
    await command(page, "Step back").click();
    await stops(page, "stopped", "Paused: you went to another step.");
    await begin();
    await source(page).press("ControlOrMeta+End");
    await page.keyboard.type(" ");
    await stops(page, "stopped", "Paused: the source is being changed.");
    await page.locator('[data-kept="true"]').waitFor();
    // What could be typed there lies over the bar.
    await page.keyboard.press("Escape");
    await begin();
    await page.getByRole("combobox", { name: "Rules" }).selectOption("server-1.2");
    await stops(page, "stopped", /other rules, are played now/);
    await begin();
    await openExample(page, "heartbeats");
    await stops(page, "stopped", /another workflow/);
    await sees(page, 0, "RUNNING");
  }),
);

for (const [name, context] of [
  ["wide-dark", { colorScheme: "dark" }],
  ["narrow-light", { viewport: { width: 360, height: 780 }, colorScheme: "light" }],
]) {
  test(
    `${name}: the settings and the reason have no barriers, and fit`,
    withPage({ ...EXAMPLE, context }, async ({ page, checkAccessibility, screenshot }) => {
      await sees(page, 0, "RUNNING");
      await command(page, "Run settings").click();
      await addPoint(page, "Any ThreadRun", "any ThreadRun is HALTED");
      await addPoint(page, "A rule", "R-RESUME applies");
      await speed(page, "at once");
      await command(page, "Play the run").click();
      await stops(page, "point");
      await checkAccessibility();
      await screenshot(`run-${name}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${overflow} px too wide`);
    }),
  );
}
