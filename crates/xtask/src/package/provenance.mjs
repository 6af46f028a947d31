// Writes provenance.json: of what, and with what, the package's WebAssembly was made. The same sources and compilers
// make the same file; nothing in it tells when or where.
//   node provenance.mjs PACKAGE TOOL=VERSION...
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder, ...tools] = process.argv.slice(2);
const wasm = "halter_wasm_bg.wasm";
const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const bytes = readFileSync(join(folder, wasm));
const commit = git("rev-parse", "HEAD");

const provenance = {
  name,
  version,
  // A copy without its history does not know it.
  commit,
  // Whether there were changes that this commit does not have.
  changed: commit === null ? null : git("status", "--porcelain", "--untracked-files=no") !== "",
  wasm: { file: wasm, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") },
  tools: Object.fromEntries(tools.map((tool) => tool.split(/=(.*)/s).slice(0, 2))),
};
writeFileSync(join(folder, "provenance.json"), `${JSON.stringify(provenance, null, 2)}\n`);

function git(...args) {
  try {
    return execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return null;
  }
}
