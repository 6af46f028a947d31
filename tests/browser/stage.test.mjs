// The graph is the page; whatever can be done can be reached, in every window.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { command, give, sees, showExample } from "./support/playground.mjs";

const FOLDER = new URL("../../static/examples/", import.meta.url);
const yaml = (folder, before) =>
  readdirSync(folder).filter((file) => file.endsWith(".yaml")).map((file) => before + file.replace(".yaml", ""));
const EXAMPLES = [...yaml(FOLDER, ""), ...yaml(new URL("deviations/", FOLDER), "deviations/")];

/** Windows, and the part of each, in percent, that the graph has at least. 320×256 is a desktop at 400 %. */
const WINDOWS = [
  [1920, 1080, 60],
  [1440, 900, 60],
  [1280, 720, 60],
  [1024, 768, 55],
  [390, 844, 45],
  [360, 740, 40],
  [320, 256, 0],
];

/** The part of the window that the graph has, in percent. */
const share = (page) =>
  page.evaluate(() => {
    const { width, height } = document.querySelector(".graph").getBoundingClientRect();
    return (100 * width * height) / (innerWidth * innerHeight);
  });

/** What can't be pressed where it stands once it is scrolled to: it is covered, or cut off. */
const unreachable = (page) =>
  page.evaluate(() => {
    const found = [];
    for (const button of document.querySelectorAll(".command-row .command, .stepper button, .top button, .top select")) {
      // What the row has as well may be left out where there is no room.
      if (button.disabled || (button.tabIndex < 0 && !button.checkVisibility())) continue;
      button.scrollIntoView({ block: "nearest", inline: "nearest" });
      const { x, y, width, height } = button.getBoundingClientRect();
      const at = document.elementFromPoint(x + width / 2, y + height / 2);
      const large = width >= 24 && height >= 24;
      if (!large || !(button.contains(at) || at?.closest("button, select") === button)) {
        found.push(`${button.ariaLabel ?? button.textContent} ${Math.round(width)}×${Math.round(height)} ${at?.className}`);
      }
    }
    return found;
  });

for (const [width, height, least] of WINDOWS) {
  test(
    `${width}×${height}: the graph has the window, and every command of every example can be pressed at every step`,
    withPage({ drawers: false, path: "?example=update-the-cart", context: { viewport: { width, height } } }, async ({ page }) => {
      await sees(page, 0, "RUNNING");
      const slugs = EXAMPLES;
      const examples = slugs.filter((slug) => slug && !slug.startsWith("deviations/"));
      assert.ok(examples.length > 10);
      let least_seen = 100;
      for (const slug of examples) {
        await showExample(page, slug);
        await page.locator("[data-step]").waitFor();
        for (let step = 0; step < 12; step += 1) {
          const part = await share(page);
          least_seen = Math.min(least_seen, part);
          assert.ok(part >= least, `${slug}, step ${step}: ${part.toFixed(1)} %`);
          assert.deepEqual(await unreachable(page), [], `${slug}, step ${step}`);
          const next = command(page, "Step forward");
          if (await next.isDisabled()) break;
          const before = Number(await page.locator("[data-step]").getAttribute("data-step"));
          await next.click();
          await page.locator(`[data-step="${before + 1}"]`).waitFor();
        }
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wider <= 0, `${slug}: ${wider} px too wide`);
      }
      console.log(`${width}×${height}: the graph has ${least_seen.toFixed(1)} % at least`);
    }),
  );
}

test(
  "on a first visit source and story are closed; they open, take a width by pointer and keys, and are remembered",
  withPage({ drawers: false, path: "?example=update-the-cart" }, async ({ page }) => {
    await sees(page, 0, "RUNNING");
    assert.equal(await page.locator("#source").isVisible(), false);
    assert.equal(await page.locator("#story").isVisible(), false);
    await command(page, "Show source").click();
    await command(page, "Show story").click();
    const width = async (id) => (await page.locator(id).boundingBox()).width;
    assert.equal(await width("#source"), 360);
    const edge = page.getByRole("separator", { name: "Width of the source" });
    const { x, y, height } = await edge.boundingBox();
    await page.mouse.move(x, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + 100, y + height / 2, { steps: 4 });
    await page.mouse.up();
    assert.ok(Math.abs((await width("#source")) - 460) < 3);
    await page.getByRole("separator", { name: "Width of the story" }).focus();
    await page.keyboard.press("ArrowLeft");
    assert.equal(await width("#story"), 384);
    await page.reload();
    await sees(page, 0, "RUNNING");
    assert.ok(Math.abs((await width("#source")) - 460) < 3);
    assert.equal(await width("#story"), 384);
    await command(page, "Hide source").click();
    assert.equal(await page.locator("#source").isVisible(), false);
  }),
);

test(
  "a question opens the story, and on a phone a drawer covers the graph and goes again",
  withPage({ drawers: false, path: "?example=update-the-cart", context: { viewport: { width: 390, height: 844 } } }, async ({ page, checkAccessibility }) => {
    await sees(page, 0, "RUNNING");
    await page.getByRole("button", { name: /^Why is ThreadRun 0/ }).click();
    await page.getByRole("heading", { name: /^Why / }).waitFor();
    await checkAccessibility();
    await command(page, "Hide story").click();
    assert.equal(await page.locator("#story").isVisible(), false);
    await give(page, "Post event cart-updated");
  }),
);

test(
  "the focus is never lost by a command",
  withPage({ drawers: false, path: "?example=parent-with-children" }, async ({ page }) => {
    await sees(page, 0, "RUNNING");
    await command(page, "Claim task drive-to-customer (ThreadRun 2)").focus();
    await page.keyboard.press("Enter");
    await page.locator('[data-step="2"]').waitFor();
    assert.notEqual(await page.evaluate(() => document.activeElement.tagName), "BODY");
  }),
);

/** What of the focused element can't be seen; null if it is seen, or nothing has the focus. */
const covered = (page) => page.evaluate(() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const { x, y, width, height } = element.getBoundingClientRect();
  const inset = (size) => Math.min(3, size / 2);
  const points = [[x + width / 2, y + height / 2], [x + inset(width), y + inset(height)], [x + width - inset(width), y + height - inset(height)]];
  const seen = points.some(([left, top]) => element.contains(document.elementFromPoint(left, top)));
  return seen ? null : `${element.tagName} ${element.className.baseVal ?? element.className} ${element.ariaLabel ?? element.textContent}`;
});

for (const [width, height] of WINDOWS) {
  test(
    `${width}×${height}: of 100 Tab stops none is covered`,
    withPage({ drawers: false, path: "?example=parent-with-children", context: { viewport: { width, height } } }, async ({ page }) => {
      await sees(page, 0, "RUNNING");
      await give(page, "Claim task drive-to-customer (ThreadRun 2)");
      await give(page, "Post event order-paused");
      await page.evaluate(() => document.activeElement.blur());
      for (let stop = 0; stop < 100; stop += 1) {
        await page.keyboard.press("Tab");
        assert.equal(await covered(page), null, `stop ${stop}`);
      }
    }),
  );
}

test(
  "an event is posted on the lane that it interrupts, and a task is worked at on its own lane",
  withPage({ drawers: false, path: "?example=parent-with-children" }, async ({ page, checkAccessibility }) => {
    await sees(page, 0, "RUNNING");
    const chip = (thread, name) => page.locator(`.lane[data-thread-run="${thread}"] .lane-chip`, { hasText: name });
    // It hangs on the node that the task is at.
    const node = await page.locator('[data-thread-run="2"] [data-node$="-TASK"] .node-shape').boundingBox();
    const claim = await chip(2, "Claim").boundingBox();
    assert.ok(claim.x >= node.x && claim.x < node.x + node.width, `${claim.x} of ${node.x}`);
    assert.ok(Math.abs(claim.y - node.y - node.height) < 6, `${claim.y} of ${node.y + node.height}`);
    await chip(2, "Claim").click();
    await chip(2, "Complete").waitFor();
    assert.equal(await chip(1, "Claim").count(), 0);
    await checkAccessibility();
    assert.match(await chip(0, "Post order-paused").getAttribute("aria-label"), /^Post order-paused: it interrupts ThreadRun 0$/);
    await chip(0, "Post order-paused").click();
    await sees(page, 0, "HALTING");
    assert.notEqual(await page.evaluate(() => document.activeElement.tagName), "BODY");
    assert.equal(await chip(1, "Stop").count(), 0);
    await command(page, "More commands for ThreadRun 1").click();
    await chip(1, "Stop").click();
    await page.locator('[data-thread-run="1"][data-halt-reasons*="MANUAL"]').waitFor();
    await chip(2, "Complete").click();
    await sees(page, 0, "HALTED");
  }),
);

/** The lanes' statuses, the places of their tokens, and whether heading and token are seen. */
const lanes = (page) =>
  page.evaluate(() => {
    const view = document.querySelector(".graph-scroll").getBoundingClientRect();
    const isSeen = (element) => {
      const { top, bottom, left } = element.getBoundingClientRect();
      return top >= view.top - 1 && bottom <= view.bottom + 1 && left >= view.left - 1 && left <= view.right;
    };
    return [...document.querySelectorAll(".lane[data-thread-run]")].map((lane) => {
      const token = lane.querySelector(".token");
      return {
        number: lane.dataset.threadRun,
        status: lane.dataset.status,
        token: token?.getAttribute("style"),
        seen: isSeen(lane.querySelector(".lane-line")),
        tokenSeen: token === null || isSeen(token),
      };
    });
  });

test(
  "a lane's heading stays in view wherever the stage is moved: by scrolling, by zooming, by keys",
  withPage({ drawers: false, path: "?example=parent-with-children", context: { viewport: { width: 390, height: 844 } } }, async ({ page }) => {
    await sees(page, 0, "RUNNING");
    const scroller = page.locator(".graph-scroll");
    const moved = () => scroller.evaluate(({ scrollLeft }) => scrollLeft);
    const isSeen = () =>
      page.evaluate(() => {
        const view = document.querySelector(".graph-scroll").getBoundingClientRect();
        const { left } = document.querySelector('[data-thread-run="0"] .lane-line').getBoundingClientRect();
        return left >= view.left && left < view.left + 40;
      });
    const settled = () => page.waitForTimeout(100);
    await scroller.evaluate((element) => element.scrollTo(120, 0));
    await settled();
    assert.ok((await moved()) > 100 && (await isSeen()));
    for (let times = 0; times < 3; times += 1) await command(page, "Zoom in").click();
    await settled();
    assert.ok((await moved()) > 200 && (await isSeen()), `zoomed, at ${await moved()}`);
    await page.locator('[data-thread-run="0"] .lane-title').focus();
    for (let times = 0; times < 5; times += 1) await page.keyboard.press("ArrowRight");
    await settled();
    assert.ok(await isSeen(), `by keys, at ${await moved()}`);
  }),
);

for (const [width, height] of [[1280, 720], [390, 844]]) {
  test(
    `${width}×${height}: the view goes along with what changes, moment by moment and back again`,
    withPage({ drawers: false, path: "?example=parent-with-children", context: { viewport: { width, height } } }, async ({ page }) => {
      await sees(page, 0, "RUNNING");
      let changes = 0;
      for (const example of ["parent-with-children", "nested", "update-the-cart"]) {
        await showExample(page, example);
        await page.locator('[data-thread-run="0"]').waitFor();
        const follow = async (name) => {
          const before = new Map((await lanes(page)).map(({ number, status, token }) => [number, status + token]));
          await command(page, name).click();
          await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
          const changed = (await lanes(page)).filter(({ number, status, token }) => before.get(number) !== status + token);
          changes += changed.length;
          // More than the view holds is not seen at once.
          const part = changed.length > 4 ? "some" : "every";
          assert.ok(changed[part](({ seen }) => seen), `${example}, ${name}: ${JSON.stringify(changed)}`);
          assert.ok(changed.length === 0 || changed.some(({ tokenSeen }) => tokenSeen), `${example}, ${name}: ${JSON.stringify(changed)}`);
        };
        for (let step = 0; step < 10 && (await command(page, "Step forward").isEnabled()); step += 1) await follow("Step forward");
        for (let moment = 0; moment < 30 && (await command(page, "Last status change").isEnabled()); moment += 1) {
          await follow("Last status change");
        }
        for (let moment = 0; moment < 30 && (await command(page, "Next status change").isEnabled()); moment += 1) {
          await follow("Next status change");
        }
      }
      assert.ok(changes > 60, `${changes} changes`);
    }),
  );
}

test(
  "the first screen has one button: it interrupts the cart, three captions come true in turn, and the whole page follows",
  withPage({ drawers: false, context: { reducedMotion: "no-preference" } }, async ({ page, checkAccessibility }) => {
    await sees(page, 0, "RUNNING");
    await checkAccessibility();
    assert.equal(await page.locator("[data-step]").count(), 0);
    await command(page, "Interrupt the cart").click();
    // Each caption comes true while the graph shows it.
    await page.locator('[data-welcome="1"]').waitFor();
    await sees(page, 0, "HALTED");
    await page.locator('[data-welcome="2"]').waitFor();
    await page.locator('[data-welcome="3"]').waitFor();
    await sees(page, 0, "RUNNING");
    const button = command(page, "Try it yourself");
    await button.waitFor();
    assert.ok(await button.evaluate((element) => element === document.activeElement));
    await page.keyboard.press("Enter");
    await page.locator('[data-step="2"]').waitFor();
    assert.equal(await page.locator("[data-welcome]").count(), 0);
    assert.notEqual(await page.evaluate(() => document.activeElement.tagName), "BODY");
    await page.reload();
    await page.locator('[data-step="2"]').waitFor();
    assert.equal(await page.locator("[data-welcome]").count(), 0);
  }),
);

test(
  "the first screen goes on to an example with children, and makes room for whoever comes by an address",
  withPage({ drawers: false, context: { viewport: { width: 390, height: 844 } } }, async ({ page, url, checkAccessibility }) => {
    await command(page, "Interrupt the cart").click();
    await page.locator('[data-welcome="3"]').waitFor();
    await checkAccessibility();
    await command(page, "See children halt first").click();
    await sees(page, 2, "RUNNING");
    assert.equal(await page.locator("[data-welcome]").count(), 0);
    await page.evaluate(() => localStorage.clear());
    await page.goto(`${url}?example=heartbeats`);
    await page.locator("[data-step]").waitFor();
    assert.equal(await page.locator("[data-welcome]").count(), 0);
  }),
);

/** Of each lane with one row of nodes: its height, and what of its heading does not stand within it. */
const headings = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll(".lane--beside")].map((lane) => {
      const of = lane.getBoundingClientRect();
      const panel = lane.querySelector(".lane-heading").getBoundingClientRect();
      const parts = [...lane.querySelectorAll(".lane-names > *, .lane-states > *")];
      const out = parts.filter((part) => {
        const { left, right, top, bottom, width } = part.getBoundingClientRect();
        return width > 0 && (left < panel.left || right > panel.right + 1 || top < of.top || bottom > of.bottom);
      });
      return {
        nodes: lane.querySelector("svg.nodes").getBoundingClientRect().height,
        height: of.height,
        out: out.map((part) => `${part.className} ${part.textContent}`),
      };
    }),
  );

test(
  "where there is room, a heading says the events that interrupt its thread in full",
  withPage({ drawers: false, path: "?example=update-the-cart" }, async ({ page }) => {
    await sees(page, 0, "RUNNING");
    const cut = () =>
      page.locator(".lane--beside :is(.lane-title, .lane-event, .lane-chip)").evaluateAll((parts) =>
        parts.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).map(({ textContent }) => textContent),
      );
    assert.deepEqual(await cut(), []);
    // With both drawers open there is less room than that.
    await page.setViewportSize({ width: 900, height: 720 });
    await page.waitForFunction(() => document.querySelector(".lane--beside .lane-heading")?.clientWidth === 299);
    assert.notDeepEqual(await cut(), []);
  }),
);

for (const [width, height] of [[1440, 900], [1280, 720], [1024, 768]]) {
  test(
    `${width}×${height}: headings stand beside the nodes, lanes are little higher than a node, and every heading is whole`,
    withPage({ drawers: false, path: "?example=update-the-cart", context: { viewport: { width, height } } }, async ({ page }) => {
      await sees(page, 0, "RUNNING");
      let beside = 0;
      for (const slug of EXAMPLES.filter((slug) => !slug.startsWith("deviations/"))) {
        await showExample(page, slug);
        await page.locator("[data-step]").waitFor();
        for (let step = 0; step < 12; step += 1) {
          for (const { nodes, height, out } of await headings(page)) {
            beside += 1;
            assert.ok(height <= Math.max(nodes, 42) + 20, `${slug}, step ${step}: ${height} px for nodes of ${nodes} px`);
            assert.deepEqual(out, [], `${slug}, step ${step}`);
          }
          const next = command(page, "Step forward");
          if (await next.isDisabled()) break;
          const before = Number(await page.locator("[data-step]").getAttribute("data-step"));
          await next.click();
          await page.locator(`[data-step="${before + 1}"]`).waitFor();
        }
      }
      assert.ok(beside > 100, `${beside} headings beside their nodes`);
    }),
  );
}

test(
  "with a drawer open, or on a narrow screen, headings stand above the nodes; no node that has the focus stands beneath one",
  withPage({ drawers: false, path: "?example=parent-with-children", context: { viewport: { width: 1100, height: 720 } } }, async ({ page }) => {
    await sees(page, 0, "RUNNING");
    const lane = page.locator('[data-thread-run="0"]');
    const beside = async (wanted) => page.waitForFunction((is) => (document.querySelectorAll(".lane--beside").length > 0) === is, wanted);
    await beside(true);
    for (let times = 0; times < 3; times += 1) await command(page, "Zoom in").click();
    await lane.locator(".lane-title").focus();
    for (const key of [...Array(5).fill("ArrowRight"), ...Array(5).fill("ArrowLeft")]) {
      await page.keyboard.press(key);
      const covered = await page.evaluate(() => {
        const panel = document.activeElement.closest(".lane").querySelector(".lane-heading");
        const inPanel = panel.contains(document.activeElement);
        const [focus, heading] = [document.activeElement, panel].map((of) => of.getBoundingClientRect());
        return inPanel ? 0 : heading.right - focus.left;
      });
      assert.ok(covered <= 4, `${covered} px of what has the focus stand beneath the heading`);
    }
    await command(page, "Show story").click();
    await beside(false);
    await command(page, "Hide story").click();
    await beside(true);
    await page.setViewportSize({ width: 390, height: 844 });
    await beside(false);
  }),
);
