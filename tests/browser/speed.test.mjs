// Problems are underlined while one types.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { longSource, sees, write } from "./support/playground.mjs";

/** From the key to the drawn underline, in milliseconds: far more than it takes, so that only what hangs fails. */
const BUDGET_MS = 1_500;

const KEYS = 9;

const step = `      - wait-for-event: paid
        into: total
      - task: charge
        with: [$total]
        into: receipt
`;

const long = longSource(step.repeat(198));

test(
  "in 1,000 lines a key's problem is underlined within a moment",
  withPage(async ({ page }) => {
    await sees(page, 0, "RUNNING");
    await write(page, long);
    await page.getByText("no problems", { exact: true }).waitFor();
    await page.locator(".cm-line", { hasText: "with: [$total]" }).first().click();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    const times = [];
    for (let at = 0; at < KEYS; at += 1) {
      const wrong = at % 2 === 0;
      // The run follows a moment after the problems: it is waited for, so that each key stands for itself.
      await page.waitForTimeout(700);
      // The ear is there before the key comes.
      await page.evaluate((wrong) => {
        window.took = new Promise((done) => {
          addEventListener("keydown", ({ timeStamp }) => {
            const look = () => {
              const found = document.querySelector(".cm-lintRange-error") !== null;
              requestAnimationFrame((now) => (found === wrong ? done(now - timeStamp) : look()));
            };
            look();
          }, { once: true, capture: true });
        });
      }, wrong);
      await page.keyboard.press(wrong ? "x" : "Backspace");
      times.push(await page.evaluate(() => window.took));
    }
    const median = times.sort((a, b) => a - b)[Math.floor(KEYS / 2)];
    console.log(`from key to underline: ${times.map(Math.round).join(", ")} ms`);
    assert.ok(median <= BUDGET_MS, `${Math.round(median)} ms`);
  }),
);
