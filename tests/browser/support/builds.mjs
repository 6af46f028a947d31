// Further builds of the page, made of the one in dist/: other contents, and so other names and hashes, as after a change
// of the sources. No compiler is needed for it.
import { appendFileSync, cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join } from "node:path";
import { digest, list, writeBuild } from "../../../crates/xtask/src/site/build.mjs";
import { DIST } from "./server.mjs";

const WORKER = new URL("../../../web/offline/sw.js", import.meta.url);

const HASHED = /-([0-9a-f]{12,16})(_bg)?\.[a-z]+$/;

/** What is put behind the contents of a file, by how its name ends; it says which build the file is of. */
const MARKS = {
  ".css": (word) => `\n:root { --build-of-style: ${word}; }\n`,
  ".js": (word) => `\n;(globalThis.builds ??= []).push("${word}");\n`,
  ".yaml": (word) => `# ${word}\n`,
  // A section of a name of its own, which every engine passes over.
  ".wasm": (word) => Buffer.from([0, word.length + 1, word.length, ...Buffer.from(word)]),
};

/** Makes a build; its folder is to be removed by `remove`. One that is not finished is as Trunk leaves it. */
export function makeBuild(word, { finished = true } = {}) {
  const folder = mkdtempSync(join(tmpdir(), `halter-build-${word}-`));
  cpSync(DIST, folder, { recursive: true });
  const files = list(folder);
  files.filter((name) => /\.(br|gz)$/.test(name)).forEach((name) => rmSync(join(folder, name)));
  for (const name of files) {
    const mark = MARKS[extname(name)];
    if (mark) appendFileSync(join(folder, name), mark(word));
  }
  rename(folder, word);
  const pages = list(folder).filter((name) => name.endsWith(".html"));
  pages.forEach((name) => protect(folder, name, word));
  // The worker as it is before a build is written into it.
  cpSync(WORKER, join(folder, "sw.js"));
  if (finished) writeBuild(folder);
  return { folder, build: buildOf(folder), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The build's number, as its page says it. */
export const buildOf = (folder) =>
  readFileSync(join(folder, "index.html"), "utf8").match(/name="halter-build" content="([\w@]+)"/)[1];

/** The name of a file in a build, whatever its hash. */
export const nameOf = (folder, pattern) => list(folder).find((name) => pattern.test(name));

/** Gives all hashed files other names, wherever they are named. */
function rename(folder, word) {
  const names = list(folder)
    .filter((name) => HASHED.test(name))
    .map((name) => {
      const before = basename(name);
      const [, hash] = before.match(HASHED);
      const other = digest("sha256", hash + word, "hex").slice(0, hash.length);
      return { name, before, after: before.replace(hash, other) };
    });
  for (const name of list(folder).filter((file) => /\.(html|js)$/.test(file))) {
    const text = readFileSync(join(folder, name), "utf8");
    writeFileSync(join(folder, name), names.reduce((done, { before, after }) => done.replaceAll(before, after), text));
  }
  names.forEach(({ name, after }) => renameSync(join(folder, name), join(folder, dirname(name), after)));
}

/** Puts right what stands in a page: its own styles, the hashes, and the build, which is written anew. */
function protect(folder, page, word) {
  const file = join(folder, page);
  const inFolder = (name) => join(folder, dirname(page), name);
  const text = readFileSync(file, "utf8")
    .replace("</style>", `${MARKS[".css"](word)}</style>`)
    .replace(/((?:href|src)="([^"]+)"[^>]*?integrity=")sha384-[^"]+"/g, (_, before, name) =>
      `${before}sha384-${digest("sha384", readFileSync(inFolder(name)))}"`)
    .replace(/(name="halter-build" content=")\w+"/, '$1@BUILD@"');
  const inline = [...text.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)];
  const hashes = inline.map(([, script]) => `'sha256-${digest("sha256", script)}'`);
  writeFileSync(file, hashes.length > 0 ? text.replace(/'sha256-[^']+'/, hashes.join(" ")) : text);
}
