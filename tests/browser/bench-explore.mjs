// How quickly the page answers while its worker explores, beside the same page while nothing is explored:
//   node tests/browser/bench-explore.mjs
// Prints a table; nothing here passes or fails.
import { browser } from "./support/chromium.mjs";
import { linkTo } from "./support/playground.mjs";
import { DIST, serve } from "./support/server.mjs";

/** Clicks in each round, and rounds of each kind, in turn. */
const CLICKS = 20;
const ROUNDS = 5;

const kids = Array.from({ length: 8 }, (_, index) => `kid-${index}`);
const variable = (kid) => kid.replace("-", "_");

/** Far more states than are looked at in a minute. */
const source = `workflow: many
events: {stop: , ${kids.map((kid) => `${kid}-done: `).join(", ")}}
tasks: {note: , ${kids.map((kid) => `work-${kid}: `).join(", ")}}
threads:
  order:
    interrupts: {stop: handle}
    do:
${kids.map((kid) => `      - {start-thread: ${kid}, as: ${variable(kid)}}`).join("\n")}
      - wait-for-threads: [${kids.map(variable).join(", ")}]
  handle: [{task: note}]
${kids.map((kid) => `  ${kid}: [{task: work-${kid}}, {wait-for-event: ${kid}-done}]`).join("\n")}
`;

const { url, stop } = await serve({ folder: DIST });
const context = await (await browser()).newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", serviceWorkers: "block" });
const page = await context.newPage();
await page.goto(`${url}#sitting=${linkTo(source, [{ runWf: {} }, { postEvent: { externalEventDef: { name: "stop" } } }])}`);
await page.locator('[data-thread-run="8"]').waitFor({ state: "attached" });
await page.getByRole("button", { name: "What could happen?" }).click();
await page.getByText("What may come:").waitFor();
await page.getByLabel("States at most").selectOption("1000000");
await page.evaluate(() => {
  window.heard = [];
  new PerformanceObserver((list) => window.heard.push(...list.getEntries())).observe({ type: "event", durationThreshold: 16, buffered: false });
});

/** The delays of clicks, in milliseconds: until the page began to answer, and until the answer was painted. */
async function clicks() {
  await page.evaluate(() => (window.heard.length = 0));
  for (let at = 0; at < CLICKS; at += 1) {
    await page.getByRole("button", { name: at % 2 ? "Step forward" : "Step back", exact: true }).click();
    await page.waitForTimeout(60);
  }
  await page.waitForTimeout(200);
  return page.evaluate(() => window.heard.filter(({ name }) => name === "click" || name === "pointerdown").map((one) => [one.processingStart - one.startTime, one.duration]));
}

const measured = { "nothing is explored": [], "a worker explores": [] };
for (let round = 0; round < ROUNDS; round += 1) {
  measured["nothing is explored"].push(...(await clicks()));
  await page.getByRole("button", { name: "Try every order" }).click();
  await page.locator("[data-exploring]").waitFor();
  await page.waitForTimeout(500);
  measured["a worker explores"].push(...(await clicks()));
  const states = await page.locator("[data-exploring]").getAttribute("data-exploring");
  await page.getByRole("button", { name: "Stop, and tell what was found" }).click();
  await page.locator("[data-end]").waitFor();
  console.log(`round ${round + 1}: ${states} states`);
}
const at = (numbers, part) => numbers.sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))] ?? 0;
console.log("| | input delay, median, ms | the longest | until it is painted, median, ms | the longest |\n| --- | --- | --- | --- | --- |");
for (const [kind, all] of Object.entries(measured)) {
  const [delays, painted] = [0, 1].map((which) => all.map((one) => one[which]));
  console.log(`| ${kind} | ${[at(delays, 0.5), at(delays, 1), at(painted, 0.5), at(painted, 1)].map((ms) => ms.toFixed(1)).join(" | ")} |`);
}
await (await browser()).close();
stop();
process.exit(0);
