// Serves the built page to the tests, on a port that the system chooses: at the root, and once more in a folder.
import { createReadStream, readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

export const DIST = resolve(fileURLToPath(new URL("../../../dist", import.meta.url)));

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

function policy(folder, file) {
  const embedded = file.startsWith(join(folder, "embed") + sep);
  const rows = POLICY.filter(([path]) => path === "everything" || (path === "embed/") === embedded);
  return Object.fromEntries(rows.map(([, header, value]) => [header, value]));
}

/** What a server does that is in trouble. */
const TROUBLES = {
  500: (response) => response.writeHead(500, { "content-type": "text/plain" }).end("Something went wrong.\n"),
  404: (response) => response.writeHead(404, { "content-type": "text/plain" }).end("There is no such file.\n"),
  /** The connection breaks in the middle of the file. */
  broken: (response, file) => {
    const bytes = readFileSync(file);
    response.writeHead(200, { "content-type": typeOf(file), "content-length": bytes.length });
    response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  },
  /** Half of the file, as if it were all of it: it is being copied just now. */
  truncated: (response, file) => {
    const bytes = readFileSync(file);
    response.writeHead(200, { "content-type": typeOf(file) }).end(bytes.subarray(0, bytes.length / 2));
  },
  gone: (response) => response.destroy(),
  silent: () => {},
};

const typeOf = (file) => TYPES[extname(file)] ?? "text/plain; charset=utf-8";

async function answer(request, response, { folder: usual, instead, trouble }) {
  const pathname = new URL(request.url, "http://localhost").pathname.replace(/^\/some\/folder\//, "/");
  const folder = instead?.[pathname] ?? usual;
  const file = join(folder, decodeURIComponent(pathname), pathname.endsWith("/") ? "index.html" : "");
  const found = file.startsWith(folder + sep) && (await stat(file).catch(() => null))?.isFile();
  const troubled = TROUBLES[trouble?.(pathname)];
  if (troubled) {
    troubled(response, file);
    return;
  }
  if (!found) {
    response.writeHead(404, { "content-type": "text/plain", ...policy(folder, file) }).end("There is no such file.\n");
    return;
  }
  response.writeHead(200, { "content-type": typeOf(file), "cache-control": "no-cache", ...policy(folder, file) });
  createReadStream(file).pipe(response);
}

/**
 * Starts a server; returns its address, which ends in a slash, and how to stop it. What `site` says can be changed while
 * it runs: the `folder` that is served; `instead`, other folders by path; and `trouble`, which says by path which one of
 * `TROUBLES` there is.
 */
export async function serve(site = { folder: DIST }) {
  await stat(join(DIST, "index.html")).catch(() => {
    throw new Error("there is no built page in dist/: run `cargo xtask dist`");
  });
  const server = createServer((request, response) => {
    answer(request, response, site).catch(() => response.writeHead(400).end());
  });
  await new Promise((started) => server.listen(0, "127.0.0.1", started));
  const url = `http://127.0.0.1:${server.address().port}/`;
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url, stop };
}
