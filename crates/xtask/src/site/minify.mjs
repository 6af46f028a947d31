// Makes scripts and styles smaller, with the esbuild that bundles the editor.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(fileURLToPath(new URL("../../../../web/editor-js/package.json", import.meta.url)));
const { transformSync } = require("esbuild");

/** The same script ("js") or stylesheet ("css") in fewer bytes. */
export function minified(text, loader) {
  const { code } = transformSync(text, { loader, minify: true, format: loader === "js" ? "esm" : undefined, target: "es2022", legalComments: "none" });
  return code;
}
