// Pages that mean harm: around a playground, beside it, within it, and opened by it. docs/embedding.md says who is heard.
import assert from "node:assert/strict";
import { test } from "node:test";
import { host } from "./support/host.mjs";
import { malformed, wellFormed } from "./support/hostile.mjs";
import { withPage } from "./support/page.mjs";
import { command, give, sees, text } from "./support/playground.mjs";

const ELSEWHERE = { path: null };

const EMBEDDED = "example=update-the-cart&panels=source,graph,controls,steps,variables,log&theme=light";

/** A page that says what it likes to whatever is in its first frame. */
const pageAround = (src) => `<!doctype html><html lang="en"><title>Hostile</title><h1>Hostile</h1>
<iframe title="Halter" style="width:100%;height:900px" src="${src}"></iframe>
<script>
  window.malformed = ${malformed};
  window.wellFormed = ${wellFormed};
  window.heard = [];
  addEventListener("message", ({ source, data }) => source === frames[0] && heard.push(data));
  window.say = (message, transfer = []) => frames[0].postMessage(message, "*", transfer);
  let last = 0;
  window.ask = (message) => new Promise((answered) => {
    const request = (last += 1);
    addEventListener("message", function hear({ data }) {
      if (data.type === "answer" && data.request === request) {
        removeEventListener("message", hear);
        answered(data);
      }
    });
    say({ ...message, request });
  });
</script>`;

/**
 * Opens such a page, and sees to what must hold of every one of them. Its origin is named if `named` says so: true, false,
 * or "*", which names every origin.
 */
async function surrounded({ page, url }, named, body, more = {}) {
  const pages = { ...more };
  const docs = await host(pages);
  try {
    const origin = { true: docs.url.slice(0, -1), false: "https://docs.example.org" }[named] ?? named;
    pages["/"] = pageAround(`${url}embed/#${EMBEDDED}&origin=${encodeURIComponent(origin)}`) + (more.eager ?? "");
    const requested = [];
    const navigated = [];
    page.on("request", (request) => requested.push(request.url()));
    page.on("framenavigated", (frame) => frame === page.mainFrame() && navigated.push(frame.url()));
    await page.goto(docs.url + (more.start ?? ""));
    const frame = page.frames().find((frame) => frame.url().startsWith(`${url}embed/`));
    await sees(frame, 0, "RUNNING");
    await body(frame, docs.url);
    const polluted = await frame.evaluate(() => ({
      keys: Object.keys(Object.prototype),
      polluted: {}.polluted ?? globalThis.polluted ?? Object.polluted ?? "nothing",
      look: document.documentElement.getAttribute("style"),
    }));
    assert.deepEqual(polluted, { keys: [], polluted: "nothing", look: "color-scheme: light;" });
    assert.deepEqual(requested.filter((address) => ![url, docs.url].some((own) => address.startsWith(own))), []);
    assert.equal(navigated.length, 1, `the page around stays where it is: ${navigated}`);
  } finally {
    docs.stop();
  }
}

/** All of the run that is shown. */
const shown = (frame) => frame.locator("main").evaluate((main) => [main.innerText, document.querySelector("[data-steps]").outerHTML]);

/** The run is as it was, and goes on: only what is done by hand happens. */
async function isUntouched(frame, before) {
  assert.deepEqual(await shown(frame), before);
  await command(frame, "Stop ThreadRun 0").click();
  await frame.locator('[data-step="2"][data-steps="2"]').waitFor();
  await sees(frame, 0, "HALTED");
}

/** What takes longer has been stopped by a message: nothing else in a page ends a loop. */
const LIMIT = { timeout: 60_000 };

test(
  "a page whose origin is not named is not heard, whatever it says, and told nothing but the height",
  LIMIT,
  withPage(ELSEWHERE, async (around) => {
    const { page } = around;
    await surrounded(around, false, async (frame) => {
      const before = await shown(frame);
      await page.evaluate(() => {
        const { noMessages, refused, styles } = malformed();
        for (const message of [...noMessages, ...refused, ...styles, ...wellFormed()]) say(message);
        for (let time = 0; time < 1_000; time += 1) say({ halter: 1, type: "step", request: time });
      });
      await isUntouched(frame, before);
      assert.deepEqual(await page.evaluate(() => [...new Set(heard.map(({ type }) => type))]), ["height"]);
    });
  }),
);

test(
  "a page whose origin is named may ask for what can't be: each is refused in words, and the run stays",
  LIMIT,
  withPage(ELSEWHERE, async (around) => {
    const { page } = around;
    await surrounded(around, true, async (frame) => {
      await page.waitForFunction(() => heard.some(({ type }) => type === "ready"));
      const before = await shown(frame);
      const told = await page.evaluate(async () => {
        const { noMessages, refused, styles } = malformed();
        noMessages.forEach((message) => say(message));
        const answers = await Promise.all(refused.map(ask));
        await Promise.all(styles.map(ask));
        await ask({ type: "style", theme: "light", halter: 1 });
        const obeyed = answers.flatMap((answer, index) => (typeof answer.error === "string" ? [] : [index]));
        return {
          obeyed: obeyed.map((index) => JSON.stringify(refused[index], (_, value) => String(value).slice(0, 80) && value)?.slice(0, 200)),
          longest: Math.max(...answers.map(({ error }) => error?.length ?? 0)),
          kinds: [...new Set(heard.map(({ type }) => type))].sort(),
        };
      });
      assert.deepEqual(told.obeyed, []);
      assert.ok(told.longest < 1_000, `an error of ${told.longest} characters`);
      assert.deepEqual(told.kinds, ["answer", "height", "ready"], "no step, no occurrence");
      await isUntouched(frame, before);
    });
  }),
);

test(
  "messages out of order, and more of them than can wait, break nothing",
  LIMIT,
  withPage(ELSEWHERE, async (around) => {
    const { page } = around;
    // From the first moment at which there is something to talk to, long before it listens.
    const eager = `<script>
      const hurry = setInterval(() => {
        for (let time = 0; time < 200; time += 1) say({ halter: 1, type: "go-to", step: 10 ** 9, request: "early" });
        say({ halter: 1, type: "style", theme: "light" });
        if (heard.some(({ type }) => type === "ready")) clearInterval(hurry);
      });
    </script>`;
    await surrounded(around, "*", async (frame, home) => {
      await page.waitForFunction(() => heard.some(({ type }) => type === "ready"));
      await page.evaluate(() => {
        // A port can't be sent back.
        for (const type of ["style", "state"]) {
          const { port1 } = new MessageChannel();
          say({ halter: 1, type, request: port1 }, [port1]);
        }
      });
      const { value } = await page.evaluate(() => ask({ halter: 1, type: "state" }));
      assert.deepEqual(value.threads.map(({ status }) => status), ["RUNNING"]);
      assert.ok(await page.evaluate(() => heard.some(({ type }) => type === "answer")));
      assert.ok(page.url().startsWith(home));
      await give(frame, "Stop ThreadRun 0");
    }, { eager });
  }),
);

test(
  "no window but the one around it is heard: beside it, within it, above its parent, or opened by it",
  withPage(ELSEWHERE, async (around) => {
    const { page } = around;
    const talks = (to) => `<!doctype html><title>Talks</title><script>
      window.wellFormed = ${wellFormed};
      window.heard = 0;
      addEventListener("message", () => { heard += 1; });
      window.talk = () => { for (const message of wellFormed()) ${to}.postMessage(message, "*"); };
    </script>`;
    const more = {
      start: "above",
      "/above": `${talks("frames[0].frames[0]")}<iframe title="Docs" src="/" style="width:100%;height:900px"></iframe>`,
      "/beside": talks("parent.frames[0]"),
      "/opened": talks("opener"),
    };
    await surrounded(around, true, async (frame, home) => {
      const parent = frame.parentFrame();
      await parent.waitForFunction(() => heard.some(({ type }) => type === "ready"));
      const before = await shown(frame);

      await page.evaluate(() => talk());
      await parent.evaluate(() => {
        const beside = document.createElement("iframe");
        beside.src = "/beside";
        document.body.append(beside);
      });
      await parent.waitForFunction(() => frames[1]?.talk);
      await parent.evaluate(() => frames[1].talk());

      const popup = page.waitForEvent("popup");
      await frame.evaluate((address) => void window.open(address), `${home}opened`);
      const opened = await popup;
      await opened.waitForFunction(() => window.talk);
      await opened.evaluate(() => talk());

      // The policy lets nothing of others in; what is within is of this very page.
      await frame.evaluate(() => {
        const within = document.createElement("iframe");
        within.id = "within";
        document.body.append(within);
      });
      const within = await (await frame.locator("#within").elementHandle()).contentFrame();
      await within.evaluate(`(${wellFormed})().forEach((message) => parent.postMessage(message, "*"))`);
      await frame.evaluate(() => document.getElementById("within").remove());

      await isUntouched(frame, before);
      const answered = await Promise.all([
        page.evaluate(() => heard), parent.evaluate(() => frames[1].heard), opened.evaluate(() => heard),
      ]);
      assert.deepEqual(answered, [0, 0, 0]);
      assert.deepEqual(await parent.evaluate(() => heard.filter(({ type }) => type === "answer")), []);
      await opened.close();
    }, more);
  }),
);

test(
  "an embedded page leads nowhere: its links open new tabs, and nothing of it may send the page around elsewhere",
  withPage(ELSEWHERE, async (around) => {
    await surrounded(around, true, async (frame) => {
      await give(frame, "Post event cart-updated");
      const links = await frame.locator("a[href]").evaluateAll((links) => links.map(({ target, rel }) => [target, rel]));
      assert.ok(links.length > 2, "the log has links");
      assert.deepEqual(links.filter(([target, rel]) => target !== "_blank" || !rel.split(" ").includes("noopener")), []);
      assert.equal(await frame.locator("form[action], base, meta[http-equiv=refresh]").count(), 0);
      const opened = around.page.waitForEvent("popup");
      await frame.getByRole("link", { name: "Open in Halter" }).click();
      const playground = await opened;
      assert.equal(await playground.evaluate(() => window.opener), null);
      await playground.close();
    });
  }),
);

test(
  "the page that holds the reader's documents is framed by its own site only, and hears nobody",
  withPage({ allow: [/frame-ancestors/, /ERR_BLOCKED_BY_RESPONSE/] }, async ({ page, url }) => {
    await sees(page, 0, "RUNNING");
    const own = await page.evaluateHandle(() => {
      const frame = document.createElement("iframe");
      frame.src = "./?example=heartbeats";
      document.body.append(frame);
      return frame;
    });
    await sees(await (await own.asElement()).contentFrame(), 0, "RUNNING");

    const paths = ["", "index.html", "?example=heartbeats", "static/examples/heartbeats.yaml", "embed/../"];
    const frames = paths.map((path) => `<iframe title="Halter" src="${url}${path}"></iframe>`).join("");
    const opener = `<script>
      window.wellFormed = ${wellFormed};
      window.heard = 0;
      addEventListener("message", () => { heard += 1; });
      window.start = () => { window.halter = window.open("${url}"); };
    </script>`;
    const docs = await host({ "/": `<!doctype html><html lang="en"><title>Hostile</title>${frames}${opener}` });
    try {
      await page.goto(docs.url);
      const children = page.mainFrame().childFrames();
      assert.deepEqual(children.map((frame) => frame.url()), paths.map(() => "chrome-error://chromewebdata/"));

      const popup = page.waitForEvent("popup");
      await page.evaluate(() => window.start());
      const opened = await popup;
      await sees(opened, 0, "RUNNING");
      // The editor comes after the stage.
      await text(opened);
      const shownBefore = await shown(opened);
      await page.evaluate(() => wellFormed().forEach((message) => window.halter.postMessage(message, "*")));
      await isUntouched(opened, shownBefore);
      assert.equal(await page.evaluate(() => heard), 0);
    } finally {
      docs.stop();
    }
  }),
);
