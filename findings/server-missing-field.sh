#!/usr/bin/env bash
# LittleHorse server 1.2.1 (Maven Central), with the Python SDK 1.3.0: an operation on a field that isn't there.
#
# A mutation with a JSON path computes with one field of a JSON_OBJ. If the object doesn't have the field, or has null there, the
# operation doesn't matter: the right side is put there as it is. So 5 subtracted from nothing is 5, 3 times nothing is 3, and
# removing "late" from a list that isn't there makes a field that says "late". One expects a failure, as a variable without a
# value gives (the last line), or what the operation gives for 0 or for an empty list.
#
# Seen: server 1.2.1 with the SDK 1.3.0, JDK 25, Kafka 4.1.0.
set -euo pipefail

folder="$(mktemp -d)"
. "$(dirname "$0")/support/server.sh"
trap 'stop_server; rm -rf "$folder"' EXIT
start_server

cat > "$folder/missing-field.py" <<'PROGRAM'
from littlehorse.model import VariableMutationType as Operation
from runs import run


def fields(wf):
    order = wf.declare_json_obj("order", {"paid": None})
    wf.mutate(order.with_json_path("$.paid"), Operation.SUBTRACT, 5)
    wf.mutate(order.with_json_path("$.left"), Operation.SUBTRACT, 5)
    wf.mutate(order.with_json_path("$.triple"), Operation.MULTIPLY, 3)
    wf.mutate(order.with_json_path("$.labels"), Operation.REMOVE_IF_PRESENT, "late")


def variable(wf):
    wf.mutate(wf.declare_int("left"), Operation.SUBTRACT, 5)


status, values, _ = run("fields", fields)
print(status, values["order"]["jsonObj"])
status, values, failures = run("variable", variable)
print(status, values["left"], failures[0].rsplit(": ", 1)[1])
PROGRAM

compare "$(run_python "$folder/missing-field.py")" "COMPLETED {\"paid\":5,\"left\":5,\"triple\":3,\"labels\":\"late\"}
ERROR {} Cannot subtract from var of type VALUE_NOT_SET"
