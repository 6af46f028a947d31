#!/usr/bin/env bash
# PyYAML 6.0.3 (PyPI) and yaml 2.9.1 (npm): a text that one writes and the other reads.
#
# A writer of YAML puts quotes around a text that would be read as something else. But it asks only its own version's rules: PyYAML
# has those of YAML 1.1, yaml those of 1.2. So the text "1e3", or a commit "12345e67", is written without quotes by PyYAML and is a
# number to yaml; "no", "1:30" and "1_000" are written without quotes by yaml and are False, 90 and 1000 to PyYAML. Each library
# reads its own files well, so neither's tests notice. One expects that a text stays one between two libraries of YAML. In
# yaml, `{ version: "1.1" }` helps for files that PyYAML reads; js-yaml quotes both kinds by itself.
#
# Seen: PyYAML 6.0.3, Python 3.11; yaml 2.9.1, Node 20.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip --quiet --disable-pip-version-check install pyyaml==6.0.3
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund yaml@2.9.1 js-yaml@5.5.0

texts='["1e3", "12345e67", "0o17", "no", "1:30", "1_000", "true"]'
venv/bin/python -c 'import json, sys, yaml; print(yaml.safe_dump(json.loads(sys.argv[1])), end="")' "$texts" > python.yaml
cat > write.mjs <<'PROGRAM'
import { writeFileSync } from "node:fs";
import * as jsYaml from "js-yaml";
import { stringify } from "yaml";

const texts = JSON.parse(process.argv[2]);
writeFileSync("javascript.yaml", stringify(texts));
writeFileSync("javascript-1.1.yaml", stringify(texts, { version: "1.1" }));
writeFileSync("js-yaml.yaml", jsYaml.dump(texts));
PROGRAM
node write.mjs "$texts"

read_by_python() {
  venv/bin/python -c 'import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))' "$1"
}
read_by_javascript() {
  node --input-type=module -e 'import { readFileSync } from "node:fs"; import { parse } from "yaml";
    console.log(JSON.stringify(parse(readFileSync(process.argv[1], "utf8"))).replaceAll(",", ", "))' "$1"
}

seen="PyYAML to PyYAML:   $(read_by_python python.yaml)
PyYAML to yaml:     $(read_by_javascript python.yaml)
yaml to yaml:       $(read_by_javascript javascript.yaml)
yaml to PyYAML:     $(read_by_python javascript.yaml)
yaml 1.1 to PyYAML: $(read_by_python javascript-1.1.yaml)
js-yaml to PyYAML:  $(read_by_python js-yaml.yaml)
js-yaml to yaml:    $(read_by_javascript js-yaml.yaml)"
printf '%s\n' "$seen"
wanted="PyYAML to PyYAML:   [\"1e3\", \"12345e67\", \"0o17\", \"no\", \"1:30\", \"1_000\", \"true\"]
PyYAML to yaml:     [1000, 1.2345e+71, 15, \"no\", \"1:30\", \"1_000\", \"true\"]
yaml to yaml:       [\"1e3\", \"12345e67\", \"0o17\", \"no\", \"1:30\", \"1_000\", \"true\"]
yaml to PyYAML:     [\"1e3\", \"12345e67\", \"0o17\", false, 90, 1000, \"true\"]
yaml 1.1 to PyYAML: [\"1e3\", \"12345e67\", \"0o17\", \"no\", \"1:30\", \"1_000\", \"true\"]
js-yaml to PyYAML:  [\"1e3\", \"12345e67\", \"0o17\", \"no\", \"1:30\", \"1_000\", \"true\"]
js-yaml to yaml:    [\"1e3\", \"12345e67\", \"0o17\", \"no\", \"1:30\", \"1_000\", \"true\"]"
if [ "$seen" != "$wanted" ]; then
  echo "It is not as it was seen:"
  printf '%s\n' "$wanted"
  exit 1
fi
echo "As seen."
