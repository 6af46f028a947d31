// A hook of Trunk's, after the page is built and before it is shown: cuts the page's WebAssembly in two, so that what is wanted
// late comes late (decision 023), and does with both what Trunk would have done with the whole.
//
// wasm-split-cli needs what the linker wrote; wasm-bindgen then binds the first part, and its script gets the few lines
// that fetch the second. All of them have the hash of what is in them in their names.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digest } from "./build.mjs";
import { minified } from "./minify.mjs";

const staging = process.env.TRUNK_STAGING_DIR;
const source = process.env.TRUNK_SOURCE_DIR;
const profile = process.env.TRUNK_PROFILE === "release" ? "wasm-release" : "debug";

/** The features that the page names to wasm-opt for its other program. */
const [, features] = readFileSync(join(source, "index.html"), "utf8").match(/data-wasm-opt-params="([^"]+)"/);

const run = (program, ...given) => execFileSync(program, given, { stdio: ["ignore", "ignore", "inherit"] });

/** Cargo's folder is beside its workspace, if it is nowhere else. */
const built = join(process.env.CARGO_TARGET_DIR ?? join(source, "..", "target"), "wasm32-unknown-unknown", profile, "halter-web.wasm");

const folder = mkdtempSync(join(tmpdir(), "halter-split-"));
try {
  run("wasm-split-cli", built, folder);
  const cut = readdirSync(folder).filter((name) => name.endsWith(".wasm")).sort();
  if (cut.join(" ") !== "main.wasm split_late.wasm") {
    throw new Error(`wasm-split-cli has made ${cut.join(", ")}`);
  }
  // What is kept for the linker is what the second part is joined by.
  run("wasm-bindgen", "--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", "page", "--out-dir", folder, join(folder, "main.wasm"));
  const late = optimised("split_late.wasm");
  const page = optimised("page_bg.wasm");
  replace(page, late);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function optimised(name) {
  const [from, to] = [join(folder, name), join(folder, `optimised-${name}`)];
  if (profile === "debug") {
    return readFileSync(from);
  }
  // The compiler has done most: -O3 takes three times as long, and what it makes is larger with Brotli.
  run("wasm-opt", "-O1", ...features.split(" "), from, "-o", to);
  return readFileSync(to);
}

/** Puts both parts in the place of the whole. */
function replace(page, late) {
  const whole = readdirSync(staging).filter((name) => /^halter-web-[0-9a-f]+(_bg\.wasm|\.js)$/.test(name)).sort();
  if (whole.length !== 2) {
    throw new Error(`Trunk has made ${whole.join(", ") || "no page"}`);
  }
  const hash = (bytes) => digest("sha256", bytes, "hex").slice(0, 16);
  const lateName = `halter-late-${hash(late)}.wasm`;
  const joined = profile === "debug" ? joinScript(lateName) : minified(joinScript(lateName), "js");
  const name = `halter-web-${hash(Buffer.concat([page, Buffer.from(joined)]))}`;
  const script = filled(joined, [["page_bg.wasm", `${name}_bg.wasm`]]);
  const parts = [[whole.find((one) => one.endsWith(".js")), `${name}.js`, Buffer.from(script)], [whole.find((one) => one.endsWith(".wasm")), `${name}_bg.wasm`, page]];

  whole.forEach((one) => rmSync(join(staging, one)));
  writeFileSync(join(staging, lateName), late);
  const html = join(staging, "index.html");
  let text = readFileSync(html, "utf8");
  for (const [before, after, bytes] of parts) {
    writeFileSync(join(staging, after), bytes);
    text = filled(text, [[before, after]]);
    // Trunk has written what the whole was.
    text = text.replace(new RegExp(`(<link [^>]*${after.replaceAll(".", "\\.")}"[^>]* integrity=")[^"]*`), `$1sha384-${digest("sha384", bytes)}`);
  }
  writeFileSync(html, text);
}

/** wasm-bindgen's script, with what fetches the second part in it instead of beside it: one file less, and no circle. */
function joinScript(lateName) {
  const fetching = filled(readFileSync(join(folder, "__wasm_split.js"), "utf8"), [
    ['import { initSync } from "./main.js";', ""],
    ["export const __wasm_split_load_late", "const __wasm_split_load_late"],
    ["./split_late.wasm", `./${lateName}`],
    // The script's own way also does with servers that do not know the type of a WebAssembly.
    ["(WebAssembly.instantiateStreaming(src, imports))", "__wbg_load(await src, imports)"],
  ]);
  const script = readFileSync(join(folder, "page.js"), "utf8");
  const wanted = script.match(/^import \* as (\w+) from "\.\/__wasm_split\.js";?$/m);
  if (!wanted) {
    throw new Error("wasm-bindgen's script does not ask for the second part");
  }
  return script.replace(wanted[0], `${fetching}\nconst ${wanted[1]} = { __wasm_split_load_late };`);
}

/** A text with all of these in place of those; each has to be there. */
function filled(text, parts) {
  return parts.reduce((before, [place, part]) => {
    if (!before.includes(place)) {
      throw new Error(`there is no ${place} to be filled in`);
    }
    return before.replaceAll(place, () => part);
  }, text);
}
