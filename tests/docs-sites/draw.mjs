#!/usr/bin/env node
// Stands in for `halter draw`: an SVG that tells what was asked for.
import { readFileSync } from "node:fs";

const [command, file, ...options] = process.argv.slice(2);
const source = readFileSync(0, "utf8");
if (command !== "draw" || file !== "-") {
  console.error(`unknown: ${process.argv.slice(2).join(" ")}`);
  process.exit(2);
}
const name = /^workflow: (\S+)/m.exec(source)?.[1];
if (!name) {
  console.error("<stdin>:1:1: error: there is no workflow");
  process.exit(1);
}
const text = [name, ...options].join(" ").replace(/[<&]/g, (c) => `&#${c.charCodeAt(0)};`);
console.log(`<svg xmlns="http://www.w3.org/2000/svg" width="320" height="80"><rect width="320" height="80" fill="#dde6ee"/><text x="16" y="46">${text}</text></svg>`);
