#!/usr/bin/env bash
# LittleHorse's Python SDK 1.3.0 (PyPI littlehorse-client): assigning to what `get` gives.
#
# `order.get("address")` is a handle to one field of a variable. Read from, it compiles with its path. Assigned to, the path is
# dropped without a word: `order.get("address").assign({"city": "Rome"})` compiles to a mutation of the whole variable, and after
# it the order is the address. With `with_json_path("$.address")` the path is kept. One expects the same of `get`, or an exception,
# as LittleHorse's mutations can name a JSON path only.
#
# Seen: 1.3.0, Python 3.11.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install littlehorse-client==1.3.0

cat > "$folder/assign-to-get.py" <<'PROGRAM'
from google.protobuf.json_format import MessageToDict
from littlehorse.workflow import Workflow, WorkflowThread


def entrypoint(wf: WorkflowThread) -> None:
    order = wf.declare_json_obj("order")
    order.with_json_path("$.address").assign({"city": "Rome"})
    order.get("address").assign({"city": "Rome"})
    wf.declare_str("city").assign(order.get("address").get("city"))


spec = MessageToDict(Workflow("addresses", entrypoint).compile())
(edge,) = spec["threadSpecs"]["entrypoint"]["nodes"]["0-entrypoint-ENTRYPOINT"]["outgoingEdges"]
for mutation in edge["variableMutations"]:
    print(mutation)
PROGRAM

seen="$("$folder/venv/bin/python" "$folder/assign-to-get.py")"
printf '%s\n' "$seen"
wanted="{'lhsName': 'order', 'lhsJsonPath': '\$.address', 'rhsAssignment': {'literalValue': {'jsonObj': '{\"city\": \"Rome\"}'}}}
{'lhsName': 'order', 'rhsAssignment': {'literalValue': {'jsonObj': '{\"city\": \"Rome\"}'}}}
{'lhsName': 'city', 'rhsAssignment': {'variableName': 'order', 'lhPath': {'path': [{'key': 'address'}, {'key': 'city'}]}}}"
if [ "$seen" != "$wanted" ]; then
  echo "It is not as it was seen:"
  printf '%s\n' "$wanted"
  exit 1
fi
echo "As seen."
