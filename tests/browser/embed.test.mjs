// The playground inside somebody else's page: docs/embedding.md.
import assert from "node:assert/strict";
import { test } from "node:test";
import { host } from "./support/host.mjs";
import { withPage } from "./support/page.mjs";
import { command, sees, thread } from "./support/playground.mjs";

/** The page around the playground is opened by the test itself. */
const ELSEWHERE = { path: null };

/** A page with an iframe that follows its height; `heard` are the messages. */
const pageWith = (src, sandbox = "") => `<!doctype html><html lang="en"><title>Docs</title><h1>Docs</h1>
<iframe id="halter" title="Halter" ${sandbox} style="width:100%;height:40px" src="${src}"></iframe>
<script>
  window.heard = [];
  addEventListener("message", (event) => {
    const frame = document.getElementById("halter");
    if (event.source !== frame.contentWindow) return;
    heard.push({ origin: event.origin, ...event.data });
    if (event.data.type === "height") frame.style.height = event.data.height + "px";
  });
  window.send = (message) => document.getElementById("halter").contentWindow.postMessage({ halter: 1, ...message }, "*");
  window.ask = (message) => new Promise((answered) => {
    const request = Math.random();
    addEventListener("message", function hear({ data }) {
      if (data.type === "answer" && data.request === request) {
        removeEventListener("message", hear);
        answered(data);
      }
    });
    send({ ...message, request });
  });
</script>`;

/** Opens a page of another origin with the playground in it, and hands the body the frame. */
async function embedded({ page, url }, fragment, body, sandbox) {
  const pages = {};
  const docs = await host(pages);
  try {
    const origin = docs.url.slice(0, -1);
    pages["/"] = pageWith(`${url}embed/#${fragment.replace("@ORIGIN@", encodeURIComponent(origin))}`, sandbox);
    const requested = [];
    page.on("request", (request) => requested.push(request.url()));
    await page.goto(docs.url);
    const frame = page.frameLocator("#halter");
    await frame.locator("[data-wf-run-status]").waitFor();
    await body({ frame, requested, origin });
  } finally {
    docs.stop();
  }
}

const messages = (page, type) => page.evaluate((type) => window.heard.filter((message) => message.type === type), type);
const heard = (page, type) =>
  page.waitForFunction((type) => window.heard.some((message) => message.type === type), type);

const INT_SOURCE = `workflow: exact
events: {seen: INT}
threads:
  exact:
    variables: {last: INT}
    interrupts: {seen: store}
    do:
      - sleep: 3600
  store:
    variables: {INPUT: INT}
    do:
      - set: {last: $INPUT}
`;

test(
  "an iframe shows the panels, the step and the theme that its address asks for, and is as high as they are",
  withPage({ ...ELSEWHERE, context: { colorScheme: "light" } }, async (around) => {
    const { page, url } = around;
    const fragment = "example=update-the-cart&theme=dark&panels=graph,controls,timeline,steps&step=2&read-only";
    await embedded(around, fragment, async ({ frame, requested }) => {
      await frame.locator('[data-step="2"][data-steps="2"]').waitFor();
      await sees(frame, 1, "COMPLETED");
      for (const [panel, there] of [[".graph", 1], [".controls", 1], [".timeline", 1], [".source", 0], [".log", 0]]) {
        assert.equal(await frame.locator(panel).count(), there, panel);
      }
      const ground = await frame.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
      assert.equal(ground, "rgb(14, 21, 28)");
      await page.waitForFunction(() => {
        const frame = document.getElementById("halter");
        return frame.offsetHeight > 300 && window.heard.at(-1)?.height <= frame.offsetHeight;
      });
      const inside = await frame.locator("html").evaluate((html) => [html.scrollHeight, html.clientHeight]);
      assert.equal(inside[0], inside[1], "nothing scrolls");
      assert.deepEqual(requested.filter((address) => /\/editor-.*\.js|sw\.js/.test(address)), [], "no editor, no service worker");
      assert.ok(requested.every((address) => address.startsWith(url) || address.startsWith(page.url())));
      await around.screenshot("embed-dark");
    });
  }),
);

test(
  "who embeds it tells it what to do: load, post, step, state; an INT stays exact",
  withPage(ELSEWHERE, async (around) => {
    const { page } = around;
    await embedded(around, "origin=@ORIGIN@&panels=graph,variables,steps", async ({ frame, origin }) => {
      await heard(page, "ready");
      const loaded = await page.evaluate((source) => window.ask({ type: "load", source }), INT_SOURCE);
      assert.deepEqual(loaded.value, []);
      const told = await page.evaluate(async () => {
        const step = await window.ask({ type: "post", event: "seen", content: 9007199254740993n });
        const { value } = await window.ask({ type: "state" });
        const last = value.threads[0].variables.last;
        return { step: step.value, type: typeof last, last: String(last), statuses: value.threads.map(({ status }) => status) };
      });
      assert.equal(told.step.refused, null);
      assert.deepEqual([told.type, told.last, told.statuses], ["bigint", "9007199254740993", ["RUNNING", "COMPLETED"]]);
      assert.equal(await frame.locator('[data-variable="0.last"]').innerText(), "9007199254740993");
      const occurrences = await messages(page, "occurrence");
      assert.ok(occurrences.some(({ occurrence }) => occurrence.rule === "R-HALT"), "occurrences are told");
      assert.equal((await messages(page, "step")).length, 1);

      const refused = await page.evaluate(() => window.ask({ type: "step", command: { resumeWfRun: { threadRunNumber: 7 } } }));
      assert.equal(typeof (refused.error ?? refused.value.refused.code), "string");
      const back = await page.evaluate(() => window.ask({ type: "go-to", step: 1 }));
      assert.equal(back.value.threads.length, 1);
      await frame.locator('[data-step="1"]').waitFor();

      const wrong = await page.evaluate(() => window.ask({ type: "load", source: "workflow: x\nthreads: 3\n" }));
      assert.ok(wrong.value.some(({ severity }) => severity === "error"));
      assert.equal((await messages(page, "problem")).at(-1).diagnostics.length, wrong.value.length);
      assert.match((await page.evaluate(() => window.ask({ type: "explode" }))).error, /no message explode/);
      assert.match((await page.evaluate(() => window.ask({ type: "load", example: "nowhere" }))).error, /no example nowhere/);
      const from = new Set((await messages(page, "step")).map((message) => message.origin));
      assert.ok(!from.has(origin), "the playground has an origin of its own");
    });
  }),
);

test(
  "messages from other origins and from other windows are ignored",
  withPage(ELSEWHERE, async (around) => {
    const { page } = around;
    for (const named of ["", "&origin=https://docs.example.org", "&origin=http://127.0.0.1:1"]) {
      await embedded(around, `example=update-the-cart&panels=graph,controls,steps${named}`, async ({ frame }) => {
        await page.evaluate(() => window.send({ type: "post", event: "cart-updated", content: { item: "x", price: 1 } }));
        // What is sent into the frame is heard in order: this comes after it, and was seen by then.
        await command(frame, "Stop ThreadRun 0").click();
        await sees(frame, 0, "HALTED");
        assert.equal(await thread(frame, 1).and(frame.locator("[data-status]")).count(), 0, "nothing was posted");
        const kinds = await page.evaluate(() => [...new Set(window.heard.map(({ type }) => type))]);
        assert.deepEqual(kinds, ["height"], "only the height is told");
      });
    }
    // The right origin, but a window that does not embed it.
    await embedded(around, "example=update-the-cart&origin=@ORIGIN@&panels=graph,controls,steps", async ({ frame }) => {
      await heard(page, "ready");
      await page.evaluate(() => {
        const other = document.createElement("iframe");
        other.srcdoc = `<script>parent.frames[0].postMessage({ halter: 1, type: "post", event: "cart-updated" }, "*"); parent.done = true</` + "script>";
        document.body.append(other);
      });
      await page.waitForFunction(() => window.done);
      await command(frame, "Stop ThreadRun 0").click();
      await sees(frame, 0, "HALTED");
      assert.equal((await messages(page, "step")).length, 1, "only what was done by hand happened");
    });
  }),
);

test(
  "the look is changed from outside; what would load something is no look",
  withPage(ELSEWHERE, async (around) => {
    const { page } = around;
    await embedded(around, "example=heartbeats&origin=@ORIGIN@", async ({ frame }) => {
      await heard(page, "ready");
      await page.evaluate(() =>
        window.ask({
          type: "style",
          theme: "light",
          properties: { ground: "rgb(1, 2, 3)", surface: "url(https://example.org/x.png)", "made-up": "red" },
        }),
      );
      const look = await frame.locator("html").evaluate((html) => ({
        ground: getComputedStyle(document.body).backgroundColor,
        surface: html.style.getPropertyValue("--surface"),
        made: html.style.getPropertyValue("--made-up"),
        theme: html.dataset.theme,
      }));
      assert.deepEqual(look, { ground: "rgb(1, 2, 3)", surface: "", made: "", theme: "light" });

      // Each of these could load a file, or is not of its property's kind.
      const hostile = {
        surface: "image-set('x.png' 1x)", ink: "paint(x)", line: "u\\72l(x.png)", muted: "var(--x, url(x.png))",
        accent: "element(#a)", focus: "src('x')", rope: "red;}*{color:blue", sunken: "cross-fade(url(x), red)",
        radius: "url(x)", gap: "1px;2px", text: "attr(data-x)", sans: "url(x.woff2)", mono: "a, url(b)",
      };
      const plain = {
        ground: "#123456", "line-strong": "oklch(60% 0.1 250 / 0.5)", "accent-ink": "white",
        "rope-soft": "color-mix(in srgb, rgb(1 2 3), white 40%)", small: "0.8rem", mono: "\"JetBrains Mono\", monospace",
      };
      await page.evaluate((properties) => window.ask({ type: "style", properties }), { ...hostile, ...plain });
      await frame.locator("html").evaluate(() => new Promise(requestAnimationFrame));
      const made = await frame.locator("html").evaluate((html, names) =>
        Object.fromEntries(names.map((name) => [name, html.style.getPropertyValue(`--${name}`)])),
      [...Object.keys(hostile), ...Object.keys(plain)].sort());
      const wanted = { ...Object.fromEntries(Object.keys(hostile).map((name) => [name, ""])), ...plain };
      assert.deepEqual(made, { ...wanted, surface: "", mono: plain.mono });
    });
  }),
);

test(
  "the source may be shown to be read, or to be written; either way the reader's own documents are not touched",
  withPage(async (around) => {
    const { page, url } = around;
    const kept = () =>
      page.evaluate(async () => ({
        bases: (await indexedDB.databases()).map(({ name }) => name).sort(),
        local: { ...localStorage },
        session: { ...sessionStorage },
      }));
    await page.locator("[data-document]").waitFor();
    await page.locator("[data-thread-run]").first().waitFor();
    // A page that is left while its editor is on its way would complain.
    await page.waitForFunction(() => window.halterEditor);
    const before = await kept();

    await page.goto(`${url}embed/#example=heartbeats&panels=source,graph&read-only`);
    const area = page.getByLabel("Workflow source, YAML or LittleHorse JSON");
    await page.locator("[data-thread-run]").first().waitFor();
    assert.equal(await area.getAttribute("readonly"), "");
    assert.match(await area.inputValue(), /workflow: heartbeats/);

    // From one fragment to another the page is loaded anew, which would be a race here.
    await page.goto("about:blank");
    await page.goto(`${url}embed/#source=${encodeURIComponent(INT_SOURCE)}&panels=source,graph`);
    await page.waitForFunction(() => window.halterEditor?.text?.().includes("workflow: exact"));
    await area.focus();
    await area.press("ControlOrMeta+Home");
    await page.keyboard.type("# mine\n");
    await page.waitForFunction(() => window.halterEditor?.text().startsWith("# mine"));
    await page.locator(".embed-title", { hasText: "mine" }).waitFor();
    // What is no page of Halter's sees the same memory, and writes nothing into it.
    await page.goto(`${url}static/examples/nested.yaml`);
    assert.deepEqual(await kept(), before);
  }),
);

test(
  "what it shows is opened in the playground, as it stands",
  withPage(ELSEWHERE, async (around) => {
    const { page, url } = around;
    await embedded(around, "example=update-the-cart&step=2", async ({ frame }) => {
      const opened = page.context().waitForEvent("page");
      await frame.getByRole("link", { name: "Open in Halter" }).click();
      const playground = await opened;
      await playground.locator('[data-step="2"]').waitFor();
      assert.ok(playground.url().startsWith(`${url}#sitting=1.`), playground.url());
      assert.equal(await playground.locator('[data-thread-run="1"]').getAttribute("data-status"), "COMPLETED");
    });
  }),
);

test(
  "it opens a link, has no barriers, and is protected by the playground's own policy",
  withPage({ path: "?example=kill-and-clean-up" }, async ({ page, url, checkAccessibility }) => {
    await page.locator("[data-thread-run]").first().waitFor();
    await page.getByRole("button", { name: "Share" }).click();
    const link = (await page.locator("#export-panel pre").innerText()).split("#")[1];
    await page.goto(`${url}embed/#${link}&panels=hint,graph,controls,timeline,steps,why,variables,log`);
    await page.locator('.embed-page [data-thread-run="0"]').waitFor();
    await checkAccessibility();
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'(;| ;)/);
    assert.equal(await page.locator("script:not([src])").count(), 0, "no script stands in the page itself");
  }),
);
