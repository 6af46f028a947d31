#!/usr/bin/env bash
# LittleHorse server 1.2.1 (Maven Central), with the Python SDK 1.3.0: an INT as the input for a DOUBLE.
#
# A variable is declared DOUBLE. RunWf accepts the INT 5 for it, and stores it as the INT 5: the declared type decides what is
# accepted, but the value isn't made one of that type. It goes on as an INT: half of it is 2, and a comparison with 1.5 fails, where
# the same workflow with 5.0 gives 2.5 and true. Assigned within the workflow, 5 becomes 5.0. To a Python or JavaScript caller 5 and
# 5.0 are nearly the same; one expects the same of the workflow.
#
# Seen: server 1.2.1 with the SDK 1.3.0, JDK 25, Kafka 4.1.0.
set -euo pipefail

folder="$(mktemp -d)"
. "$(dirname "$0")/support/server.sh"
trap 'stop_server; rm -rf "$folder"' EXIT
start_server

cat > "$folder/int-for-a-double.py" <<'PROGRAM'
from runs import run


def half(wf):
    size = wf.declare_double("size")
    wf.declare_double("half").assign(size.divide(2))


def compared(wf):
    wf.declare_bool("more").assign(wf.declare_double("size").is_greater_than(1.5))


def assigned(wf):
    size = wf.declare_double("size")
    size.assign(5)
    wf.declare_double("half").assign(size.divide(2))


for size in (5.0, 5):
    status, values, _ = run("half", half, {"size": size})
    print(f"{size}: {status} {values}")
for size in (5.0, 5):
    status, values, failures = run("compared", compared, {"size": size})
    print(f"{size} > 1.5: {status}", *values["more"].values(), *(each.rsplit(": ", 1)[1] for each in failures))
status, values, _ = run("assigned", assigned)
print(f"5, assigned: {status} {values}")
PROGRAM

compare "$(run_python "$folder/int-for-a-double.py")" "5.0: COMPLETED {'half': {'double': 2.5}, 'size': {'double': 5.0}}
5: COMPLETED {'half': {'double': 2.0}, 'size': {'int': '5'}}
5.0 > 1.5: COMPLETED True
5 > 1.5: ERROR Failed comparing the provided values.
5, assigned: COMPLETED {'half': {'double': 2.5}, 'size': {'double': 5.0}}"
