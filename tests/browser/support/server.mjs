// Serves the built page to the tests, on a port that the system chooses: at the root, and once more in a folder.
import { createReadStream, readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const DIST = resolve(fileURLToPath(new URL("../../../dist", import.meta.url)));

// What is not named here is a plain text; a browser is strict about the first five only.
const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/** The headers that docs/hosting.md asks for, by path. */
const POLICY = readFileSync(new URL("../../../docs/hosting.md", import.meta.url), "utf8")
  .split("\n")
  .map((line) => line.split("|").slice(1, 4).map((cell) => cell.trim().replaceAll("`", "")))
  .filter(([path, header]) => /^(everything|embed\/)/.test(path ?? "") && /^(X-|Referrer|Content-Security)/.test(header ?? ""));

function policy(file) {
  const embedded = file.startsWith(join(DIST, "embed") + sep);
  const rows = POLICY.filter(([path]) => path === "everything" || (path === "embed/") === embedded);
  return Object.fromEntries(rows.map(([, header, value]) => [header, value]));
}

async function answer(request, response) {
  const pathname = new URL(request.url, "http://localhost").pathname.replace(/^\/some\/folder\//, "/");
  const file = join(DIST, decodeURIComponent(pathname), pathname.endsWith("/") ? "index.html" : "");
  const found = file.startsWith(DIST + sep) && (await stat(file).catch(() => null))?.isFile();
  if (!found) {
    response.writeHead(404, { "content-type": "text/plain" }).end("There is no such file.\n");
    return;
  }
  const type = TYPES[extname(file)] ?? "text/plain; charset=utf-8";
  response.writeHead(200, { "content-type": type, "cache-control": "no-cache", ...policy(file) });
  createReadStream(file).pipe(response);
}

/** Starts a server; returns its address, which ends in a slash, and how to stop it. */
export async function serve() {
  await stat(join(DIST, "index.html")).catch(() => {
    throw new Error("there is no built page in dist/: run `cargo xtask dist`");
  });
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(400).end());
  });
  await new Promise((started) => server.listen(0, "127.0.0.1", started));
  const url = `http://127.0.0.1:${server.address().port}/`;
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url, stop };
}
