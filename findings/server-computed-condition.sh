#!/usr/bin/env bash
# LittleHorse server 1.2.1 (Maven Central), with the Python SDK 1.3.0: a condition that is computed.
#
# `word.extend("e").cast_to_bool()` makes a BOOL of a text. Assigned to a variable it is True. As the condition of an if the same
# expression is taken when the workflow is registered, but whoever runs the workflow is refused with INTERNAL, and there is no WfRun:
# no failure that a handler could catch. One expects the way of a true condition. With the value put into a variable first it is
# taken.
#
# Seen: server 1.2.1 with the SDK 1.3.0, JDK 25, Kafka 4.1.0.
set -euo pipefail

folder="$(mktemp -d)"
. "$(dirname "$0")/support/server.sh"
trap 'stop_server; rm -rf "$folder"' EXIT
start_server

cat > "$folder/computed-condition.py" <<'PROGRAM'
import grpc
from runs import run


def computed(wf):
    return wf.declare_str("word", "tru").extend("e").cast_to_bool()


def assigned(wf):
    wf.declare_bool("way").assign(computed(wf))


def condition(wf):
    way = wf.declare_str("way", "the other")
    wf.do_if(computed(wf), lambda then: way.assign("this"))


def by_a_variable(wf):
    way = wf.declare_str("way", "the other")
    holds = wf.declare_bool("holds")
    holds.assign(computed(wf))
    wf.do_if(holds.is_equal_to(True), lambda then: way.assign("this"))


for said, entrypoint in [("assigned", assigned), ("as a condition", condition), ("by a variable", by_a_variable)]:
    try:
        status, values, failures = run(entrypoint.__name__.replace("_", "-"), entrypoint)
        print(f"{said}: {status}", *values["way"].values(), *failures)
    except grpc.RpcError as error:
        print(f"{said}: {error.code().name}")
PROGRAM

compare "$(run_python "$folder/computed-condition.py")" "assigned: COMPLETED True
as a condition: INTERNAL
by a variable: COMPLETED this"
