#!/usr/bin/env bash
# Chromium, driven by playwright-core 1.65.1 (npm): `position: sticky` within content that is drawn smaller.
#
# A heading with `position: sticky; left: 0` stands in an element with `transform: scale(0.5)`, which stands in a scroller.
# Scrolled by 200 pixels, one expects the heading at the scroller's left edge. It is moved by 200 pixels of the element, which
# are 100 on the screen, and so stands 100 pixels to the left of the edge: sticky positions are laid out before transforms
# are applied. Without the transform it stands at the edge.
#
# Seen: Chromium 156. Needs one on PATH, or its path in CHROME; its version is printed.
set -euo pipefail

chrome="${CHROME:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || command -v google-chrome-stable)}"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund playwright-core@1.65.1

cat > sticky.mjs <<'PROGRAM'
import { chromium } from "playwright-core";

const browser = await chromium.launch({ executablePath: process.argv[2], args: ["--no-sandbox", "--disable-gpu"] });
console.error(`Chromium ${browser.version()}`);
const page = await browser.newPage();
for (const scale of [1, 0.5]) {
  await page.setContent(`<body style="margin: 0">
    <div id="scroller" style="width: 400px; overflow: auto">
      <div style="width: 3000px; transform: scale(${scale}); transform-origin: 0 0">
        <h1 style="position: sticky; left: 0; width: 100px; margin: 0">Heading</h1>
      </div>
    </div>`);
  const left = await page.evaluate(async () => {
    document.querySelector("#scroller").scrollLeft = 200;
    await new Promise(requestAnimationFrame);
    return document.querySelector("h1").getBoundingClientRect().left;
  });
  console.log(`scale ${scale}, scrolled by 200: the heading is at ${left}`);
}
await browser.close();
PROGRAM

seen="$(node sticky.mjs "$chrome")"
printf '%s\n' "$seen"
wanted="scale 1, scrolled by 200: the heading is at 0
scale 0.5, scrolled by 200: the heading is at -100"
if [ "$seen" != "$wanted" ]; then
  echo "It is not as it was seen:"
  printf '%s\n' "$wanted"
  exit 1
fi
echo "As seen."
