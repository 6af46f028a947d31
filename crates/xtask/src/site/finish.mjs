// Finishes the built page: a Content-Security-Policy that knows the page's one inline script, and a service worker
// that knows all files, and the embedded page, which is made of the same parts. With `--compress` also a .br and a .gz beside each file that gets smaller by it.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [dist, compress] = process.argv.slice(2);

/** Inline styles are allowed: positions in the graph are computed. Nothing else is but what lies beside the page. */
const POLICY = (scripts) => [
  "default-src 'none'",
  `script-src 'self' 'wasm-unsafe-eval' ${scripts.join(" ")}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** Styles of what an embedded page never shows. */
const NOT_EMBEDDED = new Set(["documents", "draw", "export", "palette", "run", "start"]);

const COMPRESSED = new Set([".css", ".html", ".js", ".json", ".svg", ".wasm", ".webmanifest", ".yaml"]);

writeEmbedded();
const files = list(dist).map((file) => relative(dist, file).split(sep).join("/"));
for (const page of files.filter((file) => file.endsWith(".html"))) {
  protect(join(dist, page));
}
writeServiceWorker();
if (compress === "--compress") {
  list(dist).filter((file) => COMPRESSED.has(extname(file))).forEach(writeCompressed);
}

function list(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? list(join(folder, entry.name)) : [join(folder, entry.name)]).sort();
}

function hash(algorithm, bytes) {
  return createHash(algorithm).update(bytes).digest();
}

/** Writes into embed/ what the page is made of: its styles, and the names of its files. */
function writeEmbedded() {
  const names = readdirSync(dist);
  const one = (pattern) => {
    const found = names.filter((name) => pattern.test(name));
    if (found.length !== 1) {
      throw new Error(`${dist} has ${found.length} files ${pattern}`);
    }
    return `../${found[0]}`;
  };
  const page = readFileSync(join(dist, "index.html"), "utf8");
  const styles = [...page.matchAll(/<link rel="stylesheet"[^>]*href="\.\/([^"]+)"/g)]
    .map(([, name]) => name)
    .filter((name) => !NOT_EMBEDDED.has(name.replace(/-[0-9a-f]+\.css$/, "")))
    .map((name) => readFileSync(join(dist, name), "utf8").trim());
  if (styles.length === 0) {
    throw new Error("the page has no styles");
  }
  const parts = {
    "@PAGE@": one(/^halter-web-[0-9a-f]+\.js$/),
    "@WASM@": one(/^halter-web-[0-9a-f]+_bg\.wasm$/),
    "@EDITOR@": one(/^editor-[0-9a-f]+\.js$/),
    "@STYLES@": styles.join("\n"),
  };
  for (const name of ["index.html", "embed.js"]) {
    const file = join(dist, "embed", name);
    const filled = readFileSync(file, "utf8").replace(/@[A-Z]+@/g, (part) => parts[part] ?? part);
    writeFileSync(file, filled);
  }
}

/** Puts the policy first in the page: it holds for what comes after it. */
function protect(file) {
  const page = readFileSync(file, "utf8");
  const inline = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)];
  const scripts = inline.map(([, script]) => `'sha256-${hash("sha256", script).toString("base64")}'`);
  const meta = `<meta http-equiv="Content-Security-Policy" content="${POLICY(scripts)}" />`;
  const charset = /<meta charset="utf-8" \/>/;
  if (!charset.test(page)) {
    throw new Error(`${file} does not begin with its charset`);
  }
  writeFileSync(file, page.replace(charset, (found) => `${found}\n    ${meta}`));
}

function writeServiceWorker() {
  const file = join(dist, "sw.js");
  const kept = files.filter((name) => name !== "sw.js" && !/\.(br|gz)$/.test(name));
  const version = hash("sha256", kept.map((name) => readFileSync(join(dist, name)).toString("base64")).join()).toString("hex").slice(0, 16);
  // The page itself is asked for by its folder.
  const urls = kept.map((name) => `./${name}`.replace(/(^|\/)index\.html$/, "$1"));
  const worker = readFileSync(file, "utf8");
  const written = worker.replace("@VERSION@", version).replace('["@FILES@"]', JSON.stringify(urls, null, 2));
  if (!written.includes(version) || written.includes("@FILES@")) {
    throw new Error("sw.js has no place for its version and files");
  }
  writeFileSync(file, written);
}

function writeCompressed(file) {
  const bytes = readFileSync(file);
  const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  for (const [extension, packed] of [
    [".br", brotliCompressSync(bytes, { params: { ...quality, [constants.BROTLI_PARAM_SIZE_HINT]: statSync(file).size } })],
    [".gz", gzipSync(bytes, { level: 9 })],
  ]) {
    if (packed.length < bytes.length) {
      writeFileSync(file + extension, packed);
    }
  }
}
