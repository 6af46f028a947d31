// The tests' own server sends what docs/hosting.md says. `cargo xtask serve` and the container are held to the same table
// by crates/xtask/src/serve/policy.rs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf } from "./support/builds.mjs";
import { DIST, serve } from "./support/server.mjs";

test("the headers of docs/hosting.md come with every file, and with what is not there", async () => {
  const { url, stop } = await serve();
  try {
    const embedded = nameOf(DIST, /^embed\/embed-.*\.js$/);
    for (const [path, framed, status] of [
      ["", "'self'", 200], ["index.html", "'self'", 200], ["sw.js", "'self'", 200], ["static/icon.svg", "'self'", 200],
      ["some/folder/", "'self'", 200], ["nowhere", "'self'", 404], ["embedded.js", "'self'", 404],
      ["embed/", "*", 200], ["embed/index.html", "*", 200], [embedded, "*", 200], ["some/folder/embed/", "*", 200],
      ["embed/nowhere", "*", 404],
    ]) {
      const answer = await fetch(url + path);
      await answer.arrayBuffer();
      const sent = ["x-content-type-options", "referrer-policy", "content-security-policy"].map((name) => answer.headers.get(name));
      assert.deepEqual([answer.status, ...sent], [status, "nosniff", "no-referrer", `frame-ancestors ${framed}`], path);
    }
  } finally {
    stop();
  }
});
