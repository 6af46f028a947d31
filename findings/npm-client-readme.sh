#!/usr/bin/env bash
# LittleHorse's JavaScript client 0.14.0 (npm littlehorse-client): the configuration in its README.
#
# The README makes a LHConfig in two ways: `new LHConfig.fromPropertiesFile(...)` and `new LHConfig.from({...})`. Neither runs. A
# static method can't be called with `new`, and the first one has another name, `fromConfigFile`. One expects that what the README
# shows can be copied. Without `new`, and with that name, both work.
#
# Seen: 0.14.0, Node 20.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund littlehorse-client@0.14.0

printf 'LHC_API_HOST=localhost\nLHC_API_PORT=2023\n' > littlehorse.config
cat > config.cjs <<'PROGRAM'
const { readFileSync } = require("node:fs");
const { LHConfig } = require("littlehorse-client");

const readme = readFileSync("node_modules/littlehorse-client/README.md", "utf8");
for (const shown of ["new LHConfig.fromPropertiesFile(", "new LHConfig.from("]) {
  console.log(`the README has ${shown}...): ${readme.includes(shown)}`);
}

const settings = { apiHost: "localhost", apiPort: "2023" };
for (const [name, make] of Object.entries({
  "new LHConfig.fromPropertiesFile": () => new LHConfig.fromPropertiesFile("littlehorse.config"),
  "new LHConfig.from": () => new LHConfig.from(settings),
  "LHConfig.fromConfigFile": () => LHConfig.fromConfigFile("littlehorse.config"),
  "LHConfig.from": () => LHConfig.from(settings),
})) {
  try {
    console.log(`${name}: ${make().apiHost}`);
  } catch (error) {
    console.log(`${name}: ${error.name}: ${error.message}`);
  }
}
PROGRAM

seen="$(node config.cjs)"
printf '%s\n' "$seen"
wanted="the README has new LHConfig.fromPropertiesFile(...): true
the README has new LHConfig.from(...): true
new LHConfig.fromPropertiesFile: TypeError: LHConfig.fromPropertiesFile is not a constructor
new LHConfig.from: TypeError: LHConfig.from is not a constructor
LHConfig.fromConfigFile: localhost
LHConfig.from: localhost"
if [ "$seen" != "$wanted" ]; then
  echo "It is not as it was seen:"
  printf '%s\n' "$wanted"
  exit 1
fi
echo "As seen."
