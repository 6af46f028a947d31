// Nobody else is ever asked for anything, nothing is run that came as text, and the page works in any folder.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./support/page.mjs";
import { give, sees } from "./support/playground.mjs";

const POST = "Post event cart-updated";

test(
  "only the page's own files are asked for, and no cookie is set",
  withPage({ context: { serviceWorkers: "allow" }, allow: [/ERR_ABORTED/] }, async ({ page, url }) => {
    await page.getByRole("heading", { level: 1, name: "Halter" }).waitFor();
    const others = [];
    let asked = 0;
    // Seen here also if the service worker answers.
    page.on("request", (request) => {
      asked += 1;
      if (!request.url().startsWith(url)) others.push(request.url());
    });
    await page.reload();
    await give(page, POST);
    await sees(page, 1, "COMPLETED");
    assert.ok(asked > 0, "the requests were seen");
    assert.deepEqual(others, []);
    assert.deepEqual(await page.context().cookies(), []);
  }),
);

test(
  "the Content-Security-Policy holds: no eval, no script of others, no request to others",
  withPage({ allow: [/Content Security Policy/i, /violates/] }, async ({ page }) => {
    await page.getByRole("heading", { level: 1, name: "Halter" }).waitFor();
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
    assert.match(policy, /script-src 'self' 'wasm-unsafe-eval' 'sha256-/);
    assert.doesNotMatch(policy, /script-src[^;]*'unsafe-(inline|eval)'|\*/);
    const tried = await page.evaluate(async () => {
      // What the test itself brings may be evaluated; what comes later is on its own.
      await new Promise((later) => setTimeout(later));
      const violated = [];
      document.addEventListener("securitypolicyviolation", (event) => violated.push(event.effectiveDirective));
      const attempt = async (body) => {
        try {
          await body();
          return "done";
        } catch (error) {
          return error.name;
        }
      };
      const evaluated = await attempt(() => (0, eval)("1 + 1"));
      const made = await attempt(() => new Function("return 1")());
      const fetched = await attempt(() => fetch("https://example.org/"));
      const script = document.createElement("script");
      script.textContent = "window.injected = true";
      document.body.append(script);
      await new Promise((later) => setTimeout(later, 100));
      return { evaluated, made, fetched, injected: window.injected ?? false, violated };
    });
    assert.deepEqual([tried.evaluated, tried.made, tried.fetched, tried.injected], ["EvalError", "EvalError", "TypeError", false]);
    assert.ok(tried.violated.includes("connect-src"), String(tried.violated));
    assert.ok(tried.violated.some((directive) => directive.startsWith("script-src")), String(tried.violated));
  }),
);

test(
  "the page works in a folder of a server",
  withPage({ path: "some/folder/", context: { serviceWorkers: "allow" } }, async ({ page, url }) => {
    await give(page, POST);
    await sees(page, 1, "COMPLETED");
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    const { scope } = await page.evaluate(async () => ({ scope: (await navigator.serviceWorker.ready).scope }));
    assert.equal(scope, `${url}some/folder/`);
  }),
);
