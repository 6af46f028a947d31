#!/usr/bin/env bash
# LittleHorse server 1.2.1 (Maven Central), with the Python SDK 1.3.0: comparing an INT with a DOUBLE.
#
# `number.is_less_than(10.5)` compares an INT with a DOUBLE. The server takes the workflow, as both are numbers, and does arithmetic
# with the two; but when the comparison is come to, the run ends in ERROR: Java's Long can't be compared with a Double. The same
# happens to a field of a JSON_OBJ, which is an INT or a DOUBLE as the number of the day was written: 10 fails where 10.0 is fine.
# One expects 10 < 10.5. With `cast_to_double()` it is.
#
# Seen: server 1.2.1 with the SDK 1.3.0, JDK 25, Kafka 4.1.0.
set -euo pipefail

folder="$(mktemp -d)"
. "$(dirname "$0")/support/server.sh"
trap 'stop_server; rm -rf "$folder"' EXIT
start_server

cat > "$folder/compare-int-with-double.py" <<'PROGRAM'
from littlehorse.model import Comparator
from runs import run


def number(wf):
    wf.declare_bool("less").assign(wf.declare_int("number", 10).is_less_than(10.5))


def cast(wf):
    number = wf.declare_int("number", 10)
    wf.declare_bool("less").assign(wf.condition(number.cast_to_double(), Comparator.LESS_THAN, 10.5))


def field(wf):
    order = wf.declare_json_obj("order")
    wf.declare_bool("less").assign(order.with_json_path("$.price").is_less_than(10.5))


def show(said, outcome):
    status, values, failures = outcome
    print(f"{said}: {status}", values["less"].get("bool", "-"), *(each.rsplit(": ", 1)[1] for each in failures))


show("INT 10 < 10.5", run("number", number))
show("INT 10, cast, < 10.5", run("cast", cast))
show('{"price": 10} < 10.5', run("field", field, {"order": {"price": 10}}))
show('{"price": 10.0} < 10.5', run("field", field, {"order": {"price": 10.0}}))
PROGRAM

compare "$(run_python "$folder/compare-int-with-double.py")" "INT 10 < 10.5: ERROR - Failed comparing the provided values.
INT 10, cast, < 10.5: COMPLETED True
{\"price\": 10} < 10.5: ERROR - Failed comparing the provided values.
{\"price\": 10.0} < 10.5: COMPLETED True"
