// Node reads the WebAssembly from the disk; then all is as in the browser.
import { readFile } from "node:fs/promises";
import { init } from "./halter.js";

await init(await readFile(new URL("halter_wasm_bg.wasm", import.meta.url)));

export * from "./halter.js";
