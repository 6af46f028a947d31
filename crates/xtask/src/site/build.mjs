// What a build is: a number that is made of all of its files, and the list of these with their hashes, for the service
// worker. The browser tests make further builds by it.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** The number's place in pages and in the service worker. */
const PLACE = "@BUILD@";

/** What the page itself never asks for: the service worker, and the picture that chats fetch. */
const NOT_KEPT = new Set(["sw.js", "static/og.png"]);

export const digest = (algorithm, bytes, encoding = "base64") => createHash(algorithm).update(bytes).digest(encoding);

/** All files of a folder and those below it, relative to it, in an order that is always the same. */
export const list = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"))
    .sort();

/** Writes into pages and service worker which build they are of, and into the worker which files there are. */
export function writeBuild(dist) {
  const read = (name) => readFileSync(join(dist, name));
  const fill = (name, ...parts) => {
    const filled = parts.reduce((text, [place, part]) => {
      if (!text.includes(place)) {
        throw new Error(`${name} has no place for ${place}`);
      }
      return text.replace(place, () => part);
    }, read(name).toString());
    writeFileSync(join(dist, name), filled);
  };
  const all = list(dist).filter((name) => !/\.(br|gz)$/.test(name));
  const kept = all.filter((name) => !NOT_KEPT.has(name));
  // The worker counts as well: two that differ must not take one another's files for their own.
  const build = digest("sha256", all.map((name) => `${name} ${digest("sha256", read(name))}`).join("\n"), "hex").slice(0, 16);
  kept.filter((name) => name.endsWith(".html")).forEach((page) => fill(page, [PLACE, build]));
  // The page itself is asked for by its folder.
  const address = (name) => `./${name}`.replace(/(^|\/)index\.html$/, "$1");
  const files = Object.fromEntries(kept.map((name) => [address(name), `sha256-${digest("sha256", read(name))}`]));
  fill("sw.js", [PLACE, build], ['{ "@FILES@": "" }', JSON.stringify(files, null, 2)]);
}
