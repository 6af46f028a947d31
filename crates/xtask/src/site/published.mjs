// Where the page is published, for chats and forums that show a picture beside a link: they follow whole addresses only.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ADDRESS = /(<meta property="og:(?:url|image)" content=")([^"]*)"/g;

/** Makes the addresses that the page tells them whole. Where it is not known, they stay relative to the page. */
export function sayWhere(dist, site) {
  if (!site) {
    return;
  }
  const base = new URL(site.endsWith("/") ? site : `${site}/`);
  const file = join(dist, "index.html");
  const page = readFileSync(file, "utf8");
  if (page.match(ADDRESS)?.length !== 2) {
    throw new Error("the page does not say its address and its picture's");
  }
  writeFileSync(file, page.replace(ADDRESS, (_, before, address) => `${before}${new URL(address, base)}"`));
}
