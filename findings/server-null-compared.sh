#!/usr/bin/env bash
# LittleHorse server 1.2.1 (Maven Central), with the Python SDK 1.3.0: comparing a variable that has no value.
#
# An INT that was never set is null. Computing with it fails, but comparing it doesn't: null counts as less than every number, -5
# as well, and a STR without a value as less than every text. So "fewer than 5 attempts" holds of attempts that nobody ever
# counted, and the workflow takes that branch. One expects a failure, as in arithmetic, or that no such comparison holds, as in SQL.
#
# Seen: server 1.2.1 with the SDK 1.3.0, JDK 25, Kafka 4.1.0.
set -euo pipefail

folder="$(mktemp -d)"
. "$(dirname "$0")/support/server.sh"
trap 'stop_server; rm -rf "$folder"' EXIT
start_server

cat > "$folder/null-compared.py" <<'PROGRAM'
from littlehorse.model import Comparator, VariableMutationType as Operation
from runs import run


CONDITIONS = {
    "n < 5": lambda wf, n, text: n.is_less_than(5),
    "n < -5": lambda wf, n, text: n.is_less_than(-5),
    "n > 5": lambda wf, n, text: n.is_greater_than(5),
    "5 < n": lambda wf, n, text: wf.condition(5, Comparator.LESS_THAN, n),
    "text < a": lambda wf, n, text: text.is_less_than("a"),
}


def compared(wf):
    n, text = wf.declare_int("n"), wf.declare_str("text")
    for said, condition in CONDITIONS.items():
        wf.declare_bool(said).assign(condition(wf, n, text))


def added(wf):
    wf.mutate(wf.declare_int("n"), Operation.ADD, 5)


status, values, failures = run("compared", compared)
print(status, *failures)
for said in CONDITIONS:
    print(said, values[said]["bool"])
status, _, failures = run("added", added)
print("n + 5", status, failures[0].rsplit(": ", 1)[1])
PROGRAM

compare "$(run_python "$folder/null-compared.py")" "COMPLETED
n < 5 True
n < -5 True
n > 5 False
5 < n False
text < a True
n + 5 ERROR Cannot add to var of type VALUE_NOT_SET"
