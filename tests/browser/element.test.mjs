// <halter-playground> in somebody else's page: docs/embedding.md.
import assert from "node:assert/strict";
import { test } from "node:test";
import { host } from "./support/host.mjs";
import { withPage } from "./support/page.mjs";
import { give, sees } from "./support/playground.mjs";

/** The page around the playground is opened by the test itself. */
const ELSEWHERE = { path: null };

/** Strict, as a documentation's may be: no script and no style of the page's own text. */
const POLICY = (url) =>
  `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${url}; frame-src ${url}; connect-src 'self'" />`;

const YAML = `workflow: order
events: {cancel: STR}
threads:
  order:
    interrupts: {cancel: cancelled}
    do:
      - sleep: 3600
  cancelled:
    variables: {INPUT: STR}
    do:
      - fail: {name: cancelled, content: $INPUT}
`;

/** The same as it stands within HTML. */
const CHILD = `<script type="application/yaml">
        ${YAML.trimEnd().replaceAll("\n", "\n        ")}
      </script>`;

/** Opens a page of another origin with these elements in its body. */
async function opened({ page, url }, body, then, { head = POLICY(url), more = {} } = {}) {
  const pages = { ...more, "/": `<!doctype html><html lang="en"><head><title>Docs</title>${head}
    <script src="${url}halter-playground.js" defer></script></head><body><main><h1>Docs</h1>${body}</main></body></html>` };
  const docs = await host(pages);
  try {
    await page.goto(docs.url);
    await then(docs);
  } finally {
    docs.stop();
  }
}

const frameOf = (page, index = 0) => page.locator("halter-playground").nth(index).locator("iframe").contentFrame();

test(
  "one script and one element: the source stands in the page, which may have a strict policy",
  withPage(ELSEWHERE, async (around) => {
    const { page } = around;
    await opened(around, `<halter-playground panels="source,graph,controls,steps" read-only label="An order">${CHILD}</halter-playground>`, async () => {
      const frame = frameOf(page);
      await sees(frame, 0, "RUNNING");
      assert.equal(await page.locator("halter-playground iframe").getAttribute("title"), "An order");
      assert.equal(await frame.getByLabel("Workflow source, YAML or LittleHorse JSON").inputValue(), YAML);
      await give(frame, "Post event cancel");
      await sees(frame, 1, "EXCEPTION");
      await page.waitForFunction(() => {
        const iframe = document.querySelector("halter-playground").shadowRoot.querySelector("iframe");
        return iframe.offsetHeight > 500;
      });
      const cut = await frame.locator(".controls").evaluate((panel) => panel.scrollHeight > panel.clientHeight);
      assert.equal(cut, false, "the controls are there as a whole");
      await around.screenshot("element");
      await around.checkAccessibility();
    });
  }),
);

test(
  "its methods and its events: load, post, step, goTo, state; occurrence, step, problem",
  withPage(ELSEWHERE, async (around) => {
    const { page } = around;
    await opened(around, '<halter-playground example="heartbeats" panels="graph"></halter-playground>', async () => {
      await frameOf(page).locator("[data-thread-run]").first().waitFor();
      const told = await page.evaluate(async (yaml) => {
        const element = document.querySelector("halter-playground");
        const rules = [];
        let steps = 0;
        let problems = [];
        document.addEventListener("occurrence", ({ detail }) => rules.push(detail.rule));
        element.addEventListener("step", () => (steps += 1));
        element.addEventListener("problem", ({ detail }) => (problems = detail));
        const loaded = await element.load(yaml.replaceAll("STR", "INT"));
        const step = await element.post("cancel", 2n ** 62n + 1n, { id: "mine" });
        const state = await element.state();
        const input = state.threads[1].variables.INPUT;
        const back = await element.goTo(1);
        const next = await element.step();
        const refused = await element.step({ dance: {} }).catch((error) => error.message);
        await element.load("threads: [");
        const nothing = await element.state();
        return {
          loaded, steps, next, refused, nothing, command: step.command, rules: new Set(rules).has("R-HALTED"),
          input: String(input), type: typeof input, event: state.events[0].id, back: back.threads.length, problems: problems.length,
        };
      }, YAML);
      assert.deepEqual(told.loaded, []);
      assert.match(told.command, /cancel/);
      assert.deepEqual(
        [told.steps, told.rules, told.type, told.input, told.event, told.back],
        [1, true, "bigint", "4611686018427387905", "mine", 1],
      );
      assert.equal(told.next, undefined, "this source has no script");
      assert.match(told.refused, /no command dance/);
      assert.ok(told.problems > 0);
    });
  }),
);

test(
  "the look: custom properties, parts, and the theme of the page around it",
  withPage({ ...ELSEWHERE, context: { colorScheme: "light" } }, async (around) => {
    const { page } = around;
    const head = `<style>
      :root { color-scheme: light; --halter-ground: rgb(9, 8, 7); }
      :root.dark { color-scheme: dark; --halter-ground: rgb(7, 8, 9); }
      .panel, header { display: none }
      halter-playground::part(box) { border: 5px solid rgb(1, 2, 3); }
    </style>`;
    const body = '<halter-playground example="heartbeats"></halter-playground><halter-playground example="heartbeats" theme="light"></halter-playground>';
    await opened(around, body, async () => {
      const html = (index) => frameOf(page, index).locator("html");
      const look = (index) => html(index).evaluate((root) => [root.dataset.theme, getComputedStyle(document.body).backgroundColor]);
      const themed = (index, theme, ground) =>
        frameOf(page, index).locator(`html[data-theme="${theme}"][style*="${ground}"]`).waitFor();
      await page.locator("halter-playground").nth(1).scrollIntoViewIfNeeded();
      for (const index of [0, 1]) {
        await themed(index, "light", "rgb(9, 8, 7)");
        assert.deepEqual(await look(index), ["light", "rgb(9, 8, 7)"]);
      }
      // The page's own rules for .panel and header end at the element.
      assert.ok(await frameOf(page).locator(".embed-head").isVisible());
      const border = await page.locator("halter-playground").first().evaluate((element) =>
        getComputedStyle(element.shadowRoot.querySelector("[part=box]")).borderTopWidth);
      assert.equal(border, "5px");
      await page.evaluate(() => document.documentElement.classList.add("dark"));
      await themed(0, "dark", "rgb(7, 8, 9)");
      await themed(1, "light", "rgb(7, 8, 9)");
      const ink = await html(0).evaluate((root) => getComputedStyle(root).getPropertyValue("--ink").trim());
      assert.equal(ink, "#e7edf3", "the dark tokens are in force");
    }, { head });
  }),
);

test(
  // A frame that is moved or taken out breaks off what it was loading.
  "attributes may change, sources may lie in files, and elements may move",
  withPage({ ...ELSEWHERE, allow: [/404/, /Failed to load resource/, /ERR_ABORTED/] }, async (around) => {
    const { page } = around;
    const body = `<halter-playground src="order.yaml" panels="graph,steps"></halter-playground>
      <halter-playground src="nowhere.yaml"></halter-playground><section></section>`;
    await opened(around, body, async () => {
      const title = (text) => frameOf(page).locator(".embed-title", { hasText: text }).waitFor();
      await title("order");
      await page.getByRole("alert").filter({ hasText: "nowhere.yaml could not be loaded." }).waitFor();
      const first = page.locator("halter-playground").first();
      await first.evaluate((element) => {
        element.removeAttribute("src");
        element.setAttribute("example", "update-the-cart");
        element.setAttribute("step", "2");
      });
      await title("Update a cart");
      await frameOf(page).locator('[data-step="2"]').waitFor();
      await page.evaluate(() => {
        window.element = document.querySelector("halter-playground");
        document.querySelector("section").append(window.element);
      });
      await page.locator("section halter-playground").locator("iframe").contentFrame().locator('[data-step="2"]').waitFor();
      const after = await page.evaluate(async () => {
        const asked = window.element.state();
        window.element.remove();
        const gone = await asked.then(() => "answered", (error) => error.message);
        const late = await window.element.post("x").catch((error) => error.message);
        return [gone, late];
      });
      assert.deepEqual(after, ["the playground was taken out of the page", "the playground is not in a page"]);
    }, { more: { "/order.yaml": YAML } });
  }),
);

test(
  "an element hears only its own frame",
  withPage(ELSEWHERE, async (around) => {
    const { page } = around;
    await opened(around, '<halter-playground example="heartbeats"></halter-playground>', async () => {
      await frameOf(page).locator("[data-thread-run]").first().waitFor();
      const heard = await page.evaluate(async () => {
        const element = document.querySelector("halter-playground");
        let heard = 0;
        element.addEventListener("occurrence", () => (heard += 1));
        const iframe = element.shadowRoot.querySelector("iframe");
        window.postMessage({ halter: 1, type: "occurrence", occurrence: { id: 1 } }, "*");
        window.postMessage({ halter: 1, type: "height", height: 7 }, "*");
        // Its answer comes after what was sent before.
        await element.state();
        return [heard, iframe.offsetHeight === 7];
      });
      assert.deepEqual(heard, [0, false]);
    });
  }),
);

test(
  "a page with twenty of them: only those in view are loaded, and what is asked is",
  withPage(ELSEWHERE, async (around) => {
    const { page } = around;
    const elements = Array.from({ length: 20 }, (_, at) => `<halter-playground id="at${at}" example="heartbeats" panels="graph"></halter-playground>`);
    const head = "<style>halter-playground { --halter-min-height: 600px; margin-bottom: 400px }</style>";
    const asked = [];
    page.on("request", (request) => request.isNavigationRequest() && /\/embed\//.test(request.url()) && asked.push(request.url()));
    await opened(around, elements.join("\n"), async () => {
      await frameOf(page, 0).locator("[data-thread-run]").first().waitFor();
      assert.ok(asked.length <= 2, `${asked.length} were loaded at once`);
      const before = asked.length;
      await page.locator("#at10").scrollIntoViewIfNeeded();
      await frameOf(page, 10).locator("[data-thread-run]").first().waitFor();
      assert.ok(asked.length - before <= 3, `${asked.length - before} were loaded by scrolling`);
      assert.equal(await page.locator("#at19 iframe").getAttribute("src"), null);
      // Nobody has seen this one, but somebody needs it.
      assert.equal(await page.evaluate(async () => (await document.querySelector("#at19").state()).status), "RUNNING");
    }, { head });
  }),
);

test(
  "a page with several of them compiles the engine once",
  withPage(ELSEWHERE, async (around) => {
    const { page } = around;
    const count = 4;
    const elements = Array.from({ length: count }, () => '<halter-playground example="heartbeats" panels="graph"></halter-playground>');
    const chromium = await page.context().browser().newBrowserCDPSession();
    const happened = [];
    chromium.on("Tracing.dataCollected", ({ value }) => happened.push(...value.map(({ name }) => name)));
    await chromium.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: ["disabled-by-default-v8.wasm.detailed"] } });
    await opened(around, elements.join("\n"), async () => {
      for (let at = 0; at < count; at += 1) {
        await page.locator("halter-playground").nth(at).scrollIntoViewIfNeeded();
        await frameOf(page, at).locator("[data-thread-run]").first().waitFor();
      }
    });
    const complete = new Promise((done) => chromium.once("Tracing.tracingComplete", done));
    await chromium.send("Tracing.end");
    await complete;
    const times = (name) => happened.filter((one) => one === name).length;
    assert.deepEqual([times("wasm.NewNativeModule"), times("wasm.GetNativeModuleFromCache")], [1, count - 1]);
  }),
);

test(
  "what stands in the element is there until the playground is, and where there is none, or no JavaScript",
  withPage({ ...ELSEWHERE, allow: [/ERR_FAILED/] }, async (around) => {
    const { page, url } = around;
    const body = `<halter-playground example="heartbeats" panels="graph">
      <img alt="The picture" src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='40' height='40'/%3E">
    </halter-playground>`;
    const picture = page.getByAltText("The picture");
    await opened(around, body, async (docs) => {
      await sees(frameOf(page), 0, "RUNNING");
      await picture.waitFor({ state: "hidden" });
      assert.equal(await page.locator("halter-playground iframe").evaluate((frame) => getComputedStyle(frame).position), "static");

      await page.route(`${url}embed/`, (route) => route.abort());
      await page.reload();
      await page.locator("halter-playground iframe[src]").waitFor({ state: "attached" });
      await picture.waitFor();

      const context = await page.context().browser().newContext({ javaScriptEnabled: false });
      const plain = await context.newPage();
      await plain.goto(docs.url);
      await plain.getByAltText("The picture").waitFor();
      await context.close();
    }, { head: "" });
  }),
);

test(
  "on-press: nothing but the script is loaded before somebody presses the button",
  withPage(ELSEWHERE, async (around) => {
    const { page, url } = around;
    const asked = [];
    page.on("request", (request) => request.url().startsWith(url) && asked.push(request.url().slice(url.length)));
    const element = '<halter-playground example="heartbeats" panels="graph" on-press label="Heartbeats"><p>A watch that sleeps.</p></halter-playground>';
    await opened(around, element, async () => {
      const button = page.getByRole("button", { name: "Play with it: Heartbeats", exact: true });
      await button.waitFor();
      await page.getByText("A watch that sleeps.").waitFor();
      await page.waitForTimeout(500);
      assert.deepEqual(asked, ["halter-playground.js"]);
      await around.checkAccessibility();
      await button.focus();
      await page.keyboard.press("Enter");
      await sees(frameOf(page), 0, "RUNNING");
      await button.waitFor({ state: "hidden" });
      await page.waitForFunction(() => document.activeElement.localName === "halter-playground");
      assert.equal(await page.getByText("A watch that sleeps.").isVisible(), false);
    });
  }),
);
