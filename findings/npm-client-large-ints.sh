#!/usr/bin/env bash
# LittleHorse's JavaScript client 0.14.0 (npm littlehorse-client): INTs beyond 2^53.
#
# An INT of LittleHorse has 64 bits, and the client has a number for it. Writing isn't looked at: 2^53 is written, and 5.7 is written
# as 5. Reading is: 2^53, which the client itself wrote, can't be read back, and with it nothing else of that message: one
# large INT hides all the variables of a list. The client has no setting for it. One expects that what can be written can be read,
# and that one value doesn't cost the others.
#
# Seen: 0.14.0, Node 20.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund littlehorse-client@0.14.0

cat > ints.cjs <<'PROGRAM'
const { VariableList, VariableValue } = require("littlehorse-client/proto");

function attempt(name, read) {
  try {
    console.log(`${name}: ${read()}`);
  } catch (error) {
    console.log(`${name}: ${error.name}: ${error.message}`);
  }
}

for (const int of [2 ** 53 - 1, 2 ** 53, 5.7]) {
  const written = VariableValue.encode(VariableValue.fromPartial({ int })).finish();
  attempt(`${int}, ${written.length} bytes`, () => VariableValue.decode(written).int);
}

const values = [{ str: "ada" }, { int: 2 ** 53 }, { bool: true }];
for (const held of [[values[0], values[2]], values]) {
  const written = VariableList.encode(VariableList.fromPartial({ results: held.map((value) => ({ value })) })).finish();
  attempt(`a list of ${held.length}`, () => VariableList.decode(written).results.length);
}
PROGRAM

seen="$(node ints.cjs)"
printf '%s\n' "$seen"
wanted="9007199254740991, 9 bytes: 9007199254740991
9007199254740992, 9 bytes: Error: Value is larger than Number.MAX_SAFE_INTEGER
5.7, 2 bytes: 5
a list of 2: 2
a list of 3: Error: Value is larger than Number.MAX_SAFE_INTEGER"
if [ "$seen" != "$wanted" ]; then
  echo "It is not as it was seen:"
  printf '%s\n' "$wanted"
  exit 1
fi
echo "As seen."
