// Bundles src/editor.js into dist/editor.js: one file, served with the page. Trunk calls it before each build;
// where nobody has installed the packages yet, it does so first.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));

if (!existsSync(new URL("node_modules/esbuild", import.meta.url))) {
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: here, stdio: "inherit", shell: true });
  if (status !== 0) process.exit(status ?? 1);
}

const { build } = await import("esbuild");
await build({
  absWorkingDir: here,
  entryPoints: ["src/editor.js"],
  outfile: "dist/editor.js",
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "eof",
  logLevel: "warning",
});
