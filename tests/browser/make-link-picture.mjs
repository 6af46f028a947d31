// Makes static/og.png, the picture that chats and forums show beside a link to the page:
//   node tests/browser/make-link-picture.mjs
// It is Halter's own picture of an example, with the product's name and one sentence. To be made anew when the pictures change.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { browser } from "./support/chromium.mjs";
import { indexedPng } from "./support/indexed-png.mjs";

const root = new URL("../../", import.meta.url);
const OUT = fileURLToPath(new URL("static/og.png", root));
const MAX_BYTES = 80_000;

const picture = execFileSync(
  "cargo",
  ["run", "--quiet", "--package", "halter-cli", "--", "draw", "static/examples/running-task.yaml", "--at", "3", "--theme", "light"],
  { cwd: root, encoding: "utf8" },
);
const icon = readFileSync(new URL("static/icon.svg", root), "utf8");

const page = await (await browser()).newPage({ viewport: { width: 1200, height: 630 } });
await page.setContent(`<!doctype html>
<style>
  body { margin: 0; width: 1200px; height: 630px; background: #17324d; color: #fff; font-family: system-ui, sans-serif; }
  header { display: flex; align-items: center; gap: 28px; padding: 60px 48px 42px; }
  header svg { width: 112px; height: 112px; }
  h1 { margin: 0; font-size: 68px; line-height: 1; }
  p { margin: 12px 0 0; font-size: 31px; color: #c9dcee; }
  figure { margin: 0 48px; }
  figure svg { display: block; width: 1104px; height: auto; }
</style>
<header>${icon}<div><h1>Halter</h1><p>See how LittleHorse Interrupts halt and resume a workflow.</p></div></header>
<figure>${picture}</figure>`);
const taken = (await page.screenshot()).toString("base64");
const points = await page.evaluate(async (taken) => {
  const image = new Image();
  image.src = `data:image/png;base64,${taken}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  // As numbers in JSON they would take a minute.
  return Array.from(data, (part) => String.fromCharCode(part)).join("");
}, taken);
await page.context().browser().close();
const written = indexedPng(1200, 630, Buffer.from(points, "latin1"));
console.log(`static/og.png: ${written.length} bytes`);
if (written.length > MAX_BYTES) throw new Error(`more than ${MAX_BYTES} bytes`);
writeFileSync(OUT, written);
