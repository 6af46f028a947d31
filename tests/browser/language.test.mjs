// What the editor knows of the source: completion, hover, definition, rename, quick fixes, search, folds, and the
// way between the text and the graph.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { caretAt, give, sees, source, text, write } from "./support/playground.mjs";

const SHOP = `workflow: shop
events: {paid: INT, cancelled: STR}
tasks:
  charge: {inputs: {amount: INT}, returns: STR}
threads:
  order:
    variables:
      total: INT = 5
      receipt: STR
    interrupts:
      cancelled: cancel
    do:
      - wait-for-event: paid
        into: total
      - task: charge
        with: [$total]
        into: receipt
  cancel:
    variables: {INPUT: STR}
    do:
      - fail: cancelled
`;

const start = async (page, text = SHOP) => {
  await sees(page, 0, "RUNNING");
  await write(page, text);
  await page.locator('[data-kept="true"]').waitFor();
};

const options = (page) => page.locator(".cm-tooltip-autocomplete [role=option]");

/** Takes the first option. What comes up while Enter is on its way is not taken: people could not have read it. */
async function accept(page) {
  await page.waitForTimeout(150);
  await page.keyboard.press("Enter");
}
const becomes = (page, wanted) => page.waitForFunction((wanted) => window.halterEditor?.text() === wanted, wanted);
const selected = (page) => page.evaluate(() => String(getSelection()));

test(
  "completion offers steps, names and variables from where the caret is",
  withPage(async ({ page, screenshot }) => {
    await start(page);
    await caretAt(page, "      - task: charge", 20);
    await page.keyboard.press("Enter");
    await page.keyboard.press("ControlOrMeta+Space");
    await options(page).filter({ hasText: "timeout" }).first().waitFor();
    await screenshot("completion");
    await page.keyboard.press("Escape");
    await page.keyboard.press("ControlOrMeta+z");
    await becomes(page, SHOP);

    await caretAt(page, "[$total]", 2);
    await page.keyboard.press("Shift+End");
    await page.keyboard.press("Delete");
    await page.keyboard.type("re");
    await options(page).filter({ hasText: "receipt" }).first().waitFor();
    await accept(page);
    await page.keyboard.type("]");
    await becomes(page, SHOP.replace("[$total]", "[$receipt]"));
  }),
);

test(
  "typing the first lines of nothing is helped",
  withPage(async ({ page }) => {
    await sees(page, 0, "RUNNING");
    await page.locator(".switcher").click();
    await page.getByRole("button", { name: "New document" }).click();
    await page.locator('[data-document="Untitled"]').waitFor();
    await page.keyboard.type("wor");
    await options(page).filter({ hasText: "workflow" }).first().waitFor();
    await accept(page);
    assert.match(await text(page), /^workflow: /);
  }),
);

test(
  "hover says what a name is and the rule; the keyboard asks as well",
  withPage(async ({ page, screenshot, checkAccessibility }) => {
    await start(page);
    await page.locator(".cm-line", { hasText: "cancelled: cancel" }).getByText("cancelled").hover();
    const card = page.locator(".hover-card");
    await card.waitFor();
    assert.match(await card.innerText(), /event cancelled/);
    await screenshot("hover");
    await checkAccessibility();
    await page.mouse.move(0, 0);
    await caretAt(page, "$total", 2);
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.press("ControlOrMeta+i");
    await page.getByText("variable total: INT").waitFor();
  }),
);

test(
  "F12 goes to the definition, Ctrl and a click as well",
  withPage(async ({ page }) => {
    await start(page);
    await caretAt(page, "task: charge", 8);
    await page.keyboard.press("F12");
    await page.locator(".cm-activeLine", { hasText: "charge: {inputs" }).waitFor();
    assert.equal(await selected(page), "charge");
    await page.locator(".cm-line", { hasText: "cancelled: cancel" }).getByText("cancel", { exact: true }).click({ modifiers: ["ControlOrMeta"] });
    await page.locator(".cm-activeLine", { hasText: /^  cancel:$/ }).waitFor();
  }),
);

test(
  "F2 renames everywhere; a name that is taken is refused with a sentence; undo takes all of it back",
  withPage(async ({ page, checkAccessibility }) => {
    await start(page);
    await caretAt(page, "$total", 2);
    await page.keyboard.press("F2");
    const name = page.getByLabel("New name of variable total");
    await name.fill("receipt");
    await name.press("Enter");
    await page.locator(".rename-problem", { hasText: "receipt" }).waitFor();
    await checkAccessibility();
    await name.fill("amount-due");
    await name.press("Enter");
    await becomes(page, SHOP.replaceAll("total", "amount-due"));
    await page.getByText("no problems", { exact: true }).waitFor();
    await page.keyboard.press("ControlOrMeta+z");
    await becomes(page, SHOP);
  }),
);

test(
  "a quick fix declares what is missing, from the list and from the tooltip",
  withPage(async ({ page, screenshot }) => {
    const broken = SHOP.replace("      - wait-for-event: paid", "      - wait-for-event: piad");
    await start(page, broken);
    await page.locator("[data-fix]").first().click();
    await page.locator("[data-diagnostic]").first().waitFor({ state: "detached" });
    assert.notEqual(await text(page), broken);
    await source(page).press("ControlOrMeta+z");
    await page.locator("[data-diagnostic]").first().waitFor();
    await becomes(page, broken);
    await page.locator(".cm-lintRange-error").first().hover();
    await page.locator(".cm-diagnosticAction").first().waitFor();
    await screenshot("quick-fix");
    await page.locator(".cm-diagnosticAction").first().click();
    await page.locator("[data-diagnostic]").first().waitFor({ state: "detached" });
  }),
);

test(
  "Shift, Alt and F format in one step of undo",
  withPage(async ({ page }) => {
    const wild = SHOP.replace("workflow: shop", "workflow:   shop").replace("      total: INT = 5", "      total:  INT = 5   ");
    await start(page, wild);
    await source(page).press("Shift+Alt+F");
    await becomes(page, SHOP);
    await source(page).press("ControlOrMeta+z");
    await becomes(page, wild);
  }),
);

test(
  "search finds and replaces",
  withPage(async ({ page, screenshot, checkAccessibility }) => {
    await start(page);
    await source(page).press("ControlOrMeta+f");
    await page.locator(".cm-search [name=search]").pressSequentially("receipt");
    await page.keyboard.press("Enter");
    await page.locator(".cm-searchMatch-selected").waitFor();
    await screenshot("search");
    await checkAccessibility();
    await page.locator(".cm-search input[name=replace]").pressSequentially("slip");
    await page.getByRole("button", { name: "replace all" }).click();
    await becomes(page, SHOP.replaceAll("receipt", "slip"));
  }),
);

test(
  "a block is folded and unfolded by key and by its sign",
  withPage(async ({ page }) => {
    await start(page);
    await caretAt(page, "  order:", 3);
    await page.keyboard.press("Control+Shift+BracketLeft");
    await page.locator(".fold-placeholder").waitFor();
    assert.equal(await page.locator(".cm-line", { hasText: "wait-for-event" }).count(), 0);
    await page.locator(".fold-placeholder").click();
    await page.locator(".cm-line", { hasText: "wait-for-event" }).waitFor();
    assert.equal(await text(page), SHOP);
  }),
);

test(
  "the text shows where threads are; a line shows its node, a node its line",
  withPage(async ({ page, screenshot }) => {
    await start(page);
    const here = page.locator("[data-here]");
    await here.filter({ hasText: "wait-for-event: paid" }).waitFor();
    await caretAt(page, "task: charge", 3);
    await page.locator('[data-node="2-charge-TASK"][data-pointed="true"]').waitFor();
    await screenshot("pointed");
    await page.locator('[data-node="1-paid-EXTERNAL_EVENT"]').first().click();
    await page.locator(".cm-activeLine", { hasText: "wait-for-event: paid" }).waitFor();
    await give(page, "Post event cancelled");
    await here.filter({ hasText: "fail: cancelled" }).waitFor();
  }),
);

test(
  "Escape and then Tab leaves the source; Tab alone indents",
  withPage(async ({ page }) => {
    await start(page);
    await caretAt(page, "threads:", 0);
    await page.keyboard.press("Tab");
    await becomes(page, SHOP.replace("threads:", "  threads:"));
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    assert.equal(await source(page).evaluate((editor) => editor === document.activeElement), false);
  }),
);
