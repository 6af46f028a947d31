// What chats and forums show beside a link to the page.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { sayWhere } from "../../crates/xtask/src/site/published.mjs";
import { withPage } from "./support/page.mjs";
import { DIST } from "./support/server.mjs";

const about = (page) => Object.fromEntries([...page.matchAll(/<meta\s+(?:property|name)="((?:og|twitter):[^"]+)"\s+content="([^"]*)"/g)].map(([, name, says]) => [name, says]));

test(
  "the page names a picture of 1200 × 630 in at most 80 kB, and says what can be seen there",
  withPage(async ({ page, url }) => {
    const says = about(await page.evaluate(() => fetch(location.href).then((answer) => answer.text())));
    assert.equal(says["twitter:card"], "summary_large_image");
    for (const name of ["og:title", "og:description", "og:image:alt"]) assert.ok(says[name].length > 20, name);
    const answer = await fetch(new URL(says["og:image"], url));
    assert.equal(answer.headers.get("content-type"), says["og:image:type"]);
    const bytes = Buffer.from(await answer.arrayBuffer());
    assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [1200, 630]);
    assert.deepEqual([says["og:image:width"], says["og:image:height"]], ["1200", "630"]);
    assert.ok(bytes.length <= 80_000, `${bytes.length} bytes`);
    const kept = await (await fetch(`${url}sw.js`)).text();
    assert.ok(!kept.includes("og.png"), "the page works without it: it is not kept for reading offline");
  }),
);

test("its addresses are whole where HALTER_SITE says where the page is published", () => {
  const folder = mkdtempSync(join(tmpdir(), "halter-site-"));
  const addresses = (site) => {
    cpSync(join(DIST, "index.html"), join(folder, "index.html"));
    sayWhere(folder, site);
    const says = about(readFileSync(join(folder, "index.html"), "utf8"));
    return [says["og:url"], says["og:image"]];
  };
  try {
    assert.deepEqual(addresses(undefined), ["./", "static/og.png"]);
    const whole = ["https://halter.example/play/", "https://halter.example/play/static/og.png"];
    assert.deepEqual(addresses("https://halter.example/play"), whole);
    assert.deepEqual(addresses("https://halter.example/play/"), whole);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
