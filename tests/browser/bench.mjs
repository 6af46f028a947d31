// How quickly the page answers, and how large it is; beside other builds of it in the same run:
//   node tests/browser/bench.mjs [NAME=FOLDER]...
// A build is the folder that `cargo xtask dist` makes. Prints a table of medians; nothing here passes or fails.
import { brotliCompressSync } from "node:zlib";
import { browser } from "./support/chromium.mjs";
import { linkTo } from "./support/playground.mjs";
import { DIST, serve } from "./support/server.mjs";

const ROUNDS = 5;

/** Children of the ThreadRun that is interrupted. */
const CHILDREN = [9, 989];

/** What is clicked, in this order, in every round. */
const CLICKS = ["Claim task work (ThreadRun 1)", "Post event stop-all", "Step back", "Step forward"];

const source = (count) => `workflow: many
max-thread-runs: 1000
events: {stop-all: STR}
tasks: {work: {}, note: {}}
threads:
  main:
    variables:
      list: JSON_ARR = [${Array(count).fill(1).join(", ")}]
    interrupts: {stop-all: handle}
    do:
      - start-threads: kid
        for-each: $list
        as: kids
      - wait-for-threads: $kids
  kid:
    variables: {INPUT: INT}
    do:
      - task: work
  handle:
    variables: {INPUT: STR}
    do:
      - task: note
`;

/** From a click until the frame that shows its answer is painted, in milliseconds. */
const click = (page, name) => page.evaluate(async (name) => {
  const button = [...document.querySelectorAll("button")].find((one) => (one.ariaLabel ?? one.textContent.trim()) === name);
  const begun = performance.now();
  button.click();
  await new Promise((painted) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = painted;
    channel.port2.postMessage(null);
  }));
  return performance.now() - begun;
}, name);

const rest = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function fresh(url) {
  const context = await (await browser()).newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
    serviceWorkers: "block",
  });
  return context.newPage().then((page) => ({ page, open: (path) => page.goto(url + path) }));
}

/** Bytes of everything that the first page asks for, with Brotli. */
async function size(url) {
  const { page, open } = await fresh(url);
  const bodies = [];
  page.on("response", (response) => bodies.push(response.body().catch(() => Buffer.alloc(0))));
  await open("");
  await page.locator("[data-thread-run]").first().waitFor();
  await rest(500);
  const sizes = (await Promise.all(bodies)).map((body) => brotliCompressSync(body).length);
  await page.context().close();
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function round(url, add) {
  const first = await fresh(url);
  const begun = performance.now();
  await first.open("");
  await first.page.locator('[data-thread-run="0"][data-status="RUNNING"]').waitFor();
  add("first lane, ms", performance.now() - begun);
  await first.page.context().close();
  for (const count of CHILDREN) {
    const { page, open } = await fresh(url);
    await open(`#sitting=${linkTo(source(count), [{ runWf: {} }])}`);
    await page.locator(`[data-thread-run="${count}"]`).waitFor({ state: "attached" });
    await rest(1000);
    for (const name of CLICKS) {
      add(`${count + 1} ThreadRuns: ${name}, ms`, await click(page, name));
      await rest(700);
    }
    add(`${count + 1} ThreadRuns: elements`, await page.evaluate(() => document.querySelectorAll("*").length));
    await page.context().close();
  }
}

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const builds = [["this build", DIST], ...process.argv.slice(2).map((build) => build.split("="))];
const sides = await Promise.all(builds.map(async ([name, folder]) => ({ name, ...(await serve({ folder })), measured: new Map() })));
for (const side of sides) side.measured.set("first page, KB with Brotli", [(await size(side.url)) / 1000]);
for (let count = 0; count < ROUNDS; count += 1) {
  for (const { url, measured } of sides) {
    await round(url, (what, value) => measured.set(what, [...(measured.get(what) ?? []), value]));
  }
}
console.log(`| | ${sides.map(({ name }) => name).join(" | ")} |\n| --- |${" --- |".repeat(sides.length)}`);
for (const what of sides[0].measured.keys()) {
  const cells = sides.map(({ measured }) => Math.round(median(measured.get(what))).toLocaleString("en"));
  console.log(`| ${what} | ${cells.join(" | ")} |`);
}
await (await browser()).close();
for (const { stop } of sides) stop();
process.exit(0);
