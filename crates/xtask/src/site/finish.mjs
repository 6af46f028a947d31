// Finishes the built page: one stylesheet of all panels', a Content-Security-Policy that knows the page's one inline script, a service
// worker that knows the build and all of its files (build.mjs), and the embedded page, which is made of the same parts. With
// `--compress` also a .br and a .gz beside each file that gets smaller by it. HALTER_SITE is where the page is published, if that is known.
import { readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { digest, list, writeBuild } from "./build.mjs";
import { minified } from "./minify.mjs";
import { sayWhere } from "./published.mjs";

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
const NOT_EMBEDDED = new Set(["demo", "documents", "draw", "explore", "export", "gallery", "learn", "map", "palette", "renew", "start", "welcome"]);

const COMPRESSED = new Set([".css", ".html", ".js", ".json", ".svg", ".wasm", ".webmanifest", ".yaml"]);

nameWorker();
const sheets = readSheets();
writeEmbedded(sheets);
joinSheets(sheets);
sayWhere(dist, process.env.HALTER_SITE);
list(dist).filter((file) => file.endsWith(".html")).forEach((page) => protect(join(dist, page)));
writeBuild(dist);
if (compress === "--compress") {
  list(dist).filter((file) => COMPRESSED.has(extname(file))).forEach((file) => writeCompressed(join(dist, file)));
}

/**
 * Gives the worker's files names with a hash, so that no page ever gets those of another build: Trunk gives them none, as they are named
 * while the page runs.
 */
function nameWorker() {
  const worker = "halter-explorer-worker";
  const hashed = (name, rewrite = (text) => text) => {
    const from = join(dist, name);
    if (/\.js$/.test(name)) {
      writeFileSync(from, rewrite(readFileSync(from, "utf8")));
    }
    const hash = digest("sha256", readFileSync(from), "hex").slice(0, 16);
    const to = name.replace(/(_bg)?\.(js|wasm)$/, `-${hash}$&`);
    renameSync(from, join(dist, to));
    return to;
  };
  const fill = (names) => (text) =>
    names.reduce((filled, [before, after]) => {
      if (!filled.includes(before)) {
        throw new Error(`the worker's loader does not name ${before}`);
      }
      return filled.replace(before, after);
    }, text);
  const parts = [`${worker}.js`, `${worker}_bg.wasm`].map((name) => [name, hashed(name)]);
  const loader = `${worker}_loader.js`;
  // What Trunk writes there is an older way to say it, which the browser's console would be told of.
  const named = hashed(loader, (text) => fill(parts)(text).replace(/wasm_bindgen\(("[^"]+")\)/, "wasm_bindgen({ module_or_path: $1 })"));
  const page = join(dist, "index.html");
  writeFileSync(page, fill([[loader, named]])(readFileSync(page, "utf8")));
}

/** The page's stylesheets in their order: the link to each, its file, which panel's it is, and its text. */
function readSheets() {
  const page = readFileSync(join(dist, "index.html"), "utf8");
  const links = [...page.matchAll(/<link rel="stylesheet"[^>]*href="\.\/([^"]+)"[^>]*>/g)];
  if (links.length === 0) {
    throw new Error("the page has no styles");
  }
  return links.map(([link, file]) => ({
    link,
    file,
    panel: file.replace(/-[0-9a-f]+\.css$/, ""),
    text: readFileSync(join(dist, file), "utf8"),
  }));
}

/** Makes one file of them: nothing is painted before all are there, and each costs a request. */
function joinSheets(sheets) {
  const text = minified(sheets.map((sheet) => sheet.text).join("\n"), "css");
  const file = `styles-${digest("sha256", text, "hex").slice(0, 16)}.css`;
  writeFileSync(join(dist, file), text);
  const page = join(dist, "index.html");
  const [first, ...others] = sheets.map((sheet) => sheet.link);
  const one = `<link rel="stylesheet" href="./${file}" integrity="sha384-${digest("sha384", text)}"/>`;
  const joined = others.reduce((html, link) => html.replace(link, ""), readFileSync(page, "utf8").replace(first, one));
  writeFileSync(page, joined.replace(/\n(\s*\n)+/g, "\n"));
  sheets.forEach((sheet) => rmSync(join(dist, sheet.file)));
}

/** Writes into embed/ what the page is made of: its styles, and the names of its files. */
function writeEmbedded(sheets) {
  const names = readdirSync(dist);
  const one = (pattern) => {
    const found = names.filter((name) => pattern.test(name));
    if (found.length !== 1) {
      throw new Error(`${dist} has ${found.length} files ${pattern}`);
    }
    return `../${found[0]}`;
  };
  const unknown = [...NOT_EMBEDDED].filter((panel) => sheets.every((sheet) => sheet.panel !== panel));
  if (unknown.length > 0) {
    throw new Error(`the page has no styles called ${unknown.join(", ")}`);
  }
  const styles = sheets.filter((sheet) => !NOT_EMBEDDED.has(sheet.panel)).map((sheet) => sheet.text);
  const parts = {
    "@PAGE@": one(/^halter-web-[0-9a-f]+\.js$/),
    "@WASM@": one(/^halter-web-[0-9a-f]+_bg\.wasm$/),
    "@REGISTER@": one(/^register-[0-9a-f]+\.js$/),
    "@EDITOR@": one(/^editor-[0-9a-f]+\.js$/),
    "@STYLES@": minified(styles.join("\n"), "css").trim(),
  };
  const script = fill("embed.js", parts);
  // With its hash in its name it is never another build's.
  const named = `embed-${digest("sha256", script, "hex").slice(0, 16)}.js`;
  renameSync(join(dist, "embed", "embed.js"), join(dist, "embed", named));
  fill("index.html", { ...parts, "@EMBED@": named });
}

/** Fills in the parts of a file in embed/; returns what it is then. */
function fill(name, parts) {
  const file = join(dist, "embed", name);
  const filled = readFileSync(file, "utf8").replace(/@[A-Z]+@/g, (part) => parts[part] ?? part);
  writeFileSync(file, filled);
  return filled;
}

/** Puts the policy first in the page: it holds for what comes after it. */
function protect(file) {
  const page = readFileSync(file, "utf8");
  const inline = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)];
  const scripts = inline.map(([, script]) => `'sha256-${digest("sha256", script)}'`);
  const meta = `<meta http-equiv="Content-Security-Policy" content="${POLICY(scripts)}" />`;
  const charset = /<meta charset="utf-8" \/>/;
  if (!charset.test(page)) {
    throw new Error(`${file} does not begin with its charset`);
  }
  writeFileSync(file, page.replace(charset, (found) => `${found}\n    ${meta}`));
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
