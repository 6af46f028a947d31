// One Chromium for each test file, started when the first test asks.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { after } from "node:test";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const FLAGS = [
  "--no-sandbox", // its sandbox refuses to run as root, as CI does
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

function executable() {
  if (process.env.CHROME) return process.env.CHROME;
  for (const directory of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of NAMES) {
      const candidate = join(directory, name);
      try {
        accessSync(candidate, constants.X_OK);
        return candidate;
      } catch {
        // Not here: the next directory.
      }
    }
  }
  throw new Error("no Chromium on PATH: install one, or set CHROME to its path");
}

let started;

export function browser() {
  started ??= chromium.launch({ executablePath: executable(), args: FLAGS });
  return started;
}

/** A browser with a profile of its own, which may have settings. */
export const persistent = (profile) =>
  chromium.launchPersistentContext(profile, { executablePath: executable(), args: FLAGS, acceptDownloads: true });

after(async () => {
  const running = await started?.catch(() => null);
  await running?.close();
});
