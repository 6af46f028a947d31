// Two servers of the tests: a CDN, as far as it matters here, and somebody's page that was bundled.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export const PACKAGE = fileURLToPath(new URL("../node_modules/halter-playground", import.meta.url));

const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm", ".html": "text/html; charset=utf-8" };

async function serve(answer) {
  const server = createServer(async ({ url }, response) => {
    const { pathname } = new URL(url, "http://localhost");
    const body = await answer(pathname).catch(() => undefined);
    const type = TYPES[extname(pathname)] ?? TYPES[".html"];
    // As a CDN does: anybody's page may import it.
    response.writeHead(body === undefined ? 404 : 200, { "content-type": type, "access-control-allow-origin": "*" }).end(body);
  });
  await new Promise((started) => server.listen(0, "127.0.0.1", started));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, stop };
}

/** The package's files below /npm/halter-playground/, and nothing else. */
export const cdn = () =>
  serve(async (pathname) => {
    const file = join(PACKAGE, pathname.replace(/^\/npm\/halter-playground/, ""));
    return file.startsWith(PACKAGE + sep) && pathname.startsWith("/npm/") ? readFile(file) : undefined;
  });

const page = (script) => `<!doctype html><html lang="en"><head><title>Docs</title><link rel="icon" href="data:,"></head>
  <body><h1>Docs</h1><div id="app"></div><script type="module">${script}</script></body></html>`;

/** A page with an inline module. */
export const pageWith = (script) => serve(async (pathname) => (pathname === "/" ? page(script) : undefined));

/** A page of this entry, bundled; the WebAssembly lies beside the bundle, where it looks for it. */
export async function bundled(entry) {
  const { outputFiles } = await build({
    absWorkingDir: fileURLToPath(new URL(".", import.meta.url)),
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    jsx: "automatic",
    // Templates that are compiled in the page.
    alias: { vue: "vue/dist/vue.esm-bundler.js" },
    define: {
      "process.env.NODE_ENV": '"production"',
      __VUE_OPTIONS_API__: "true",
      __VUE_PROD_DEVTOOLS__: "false",
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
    },
  });
  const files = {
    "/": async () => page('import "./page.js";'),
    "/page.js": async () => outputFiles[0].contents,
    "/halter_wasm_bg.wasm": () => readFile(join(PACKAGE, "halter_wasm_bg.wasm")),
  };
  return serve(async (pathname) => files[pathname]?.());
}
