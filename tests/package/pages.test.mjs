// The package in pages: from a CDN without any bundler, and in React and Vue. It was installed by run.mjs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "../browser/support/page.mjs";
import { give, sees } from "../browser/support/playground.mjs";
import { bundled, cdn, pageWith } from "./pages/site.mjs";

const ELSEWHERE = { path: null };

test(
  "from a CDN, by one import: the WebAssembly is found beside it",
  withPage(ELSEWHERE, async ({ page }) => {
    const from = await cdn();
    const docs = await pageWith(`
      import { load } from "${from.url}npm/halter-playground/halter.js";
      const playground = await load("workflow: order\\nevents: {cancel: STR}\\nthreads:\\n  order:\\n    interrupts: {cancel: cancelled}\\n    do: [{sleep: 9}]\\n  cancelled: [{fail: {name: cancelled}}]");
      playground.run();
      playground.post("cancel");
      document.querySelector("#app").textContent = playground.state().threads.map(({ spec, status }) => spec + " " + status).join(", ");`);
    try {
      await page.goto(docs.url);
      await page.getByText("order ERROR, cancelled EXCEPTION").waitFor();
    } finally {
      [from, docs].forEach(({ stop }) => stop());
    }
  }),
);

for (const [framework, entry] of [["React", "react.jsx"], ["Vue", "vue.js"]]) {
  test(
    `in ${framework}: attributes, events, methods and the engine`,
    // The frame is loaded anew when its attribute changes, perhaps before it was done.
    withPage({ ...ELSEWHERE, allow: [/ERR_ABORTED/] }, async ({ page, url, screenshot }) => {
      const docs = await bundled(entry);
      try {
        await page.goto(`${docs.url}?playground=${encodeURIComponent(url)}`);
        await page.getByText("order ERROR, cancelled EXCEPTION").waitFor();
        const frame = page.locator("halter-playground iframe").contentFrame();
        await frame.locator('[data-step="1"]').waitFor();
        await sees(frame, 0, "RUNNING");
        assert.equal(await page.locator("halter-playground").evaluate((element) => typeof element.step), "function", "nobody wrote over the method");
        await page.getByRole("button", { name: "Cancel it" }).click();
        await sees(frame, 1, "EXCEPTION");
        await page.locator("#rules", { hasText: "R-HALTED" }).waitFor();
        await screenshot(`in-${framework.toLowerCase()}`);
        await page.getByRole("button", { name: "Back to the start" }).click();
        await frame.locator('[data-step="0"]').waitFor();
        await give(frame, "Run workflow");
      } finally {
        docs.stop();
      }
    }),
  );
}
