#!/usr/bin/env bash
# LittleHorse server 1.2.1 (Maven Central), with the Python SDK 1.3.0: an INT and a fraction.
#
# An INT variable may be mutated with a DOUBLE. SUBTRACT, MULTIPLY and DIVIDE compute with the fraction and cut the result: 10 less
# 0.5 is 9.5, and so 9. ADD cuts the fraction first: 10 and -0.5 are 10. So adding -0.5 isn't subtracting 0.5, and 0.9 may be
# added for ever without any change. The same ADD inside an expression (`n.add(0.9)`) is 10.9. One expects one rule.
#
# Seen: server 1.2.1 with the SDK 1.3.0, JDK 25, Kafka 4.1.0.
set -euo pipefail

folder="$(mktemp -d)"
. "$(dirname "$0")/support/server.sh"
trap 'stop_server; rm -rf "$folder"' EXIT
start_server

cat > "$folder/fractions-in-an-int.py" <<'PROGRAM'
from littlehorse.model import VariableMutationType as Operation
from runs import run


def entrypoint(wf):
    ten = {name: wf.declare_int(name, 10) for name in ("subtracted", "added", "thrice", "multiplied", "divided")}
    wf.mutate(ten["subtracted"], Operation.SUBTRACT, 0.5)
    wf.mutate(ten["added"], Operation.ADD, -0.5)
    for _ in range(3):
        wf.mutate(ten["thrice"], Operation.ADD, 0.9)
    wf.mutate(ten["multiplied"], Operation.MULTIPLY, 1.25)
    wf.mutate(ten["divided"], Operation.DIVIDE, 0.8)
    wf.declare_double("expression").assign(wf.declare_int("n", 10).add(0.9))


status, values, failures = run("fractions", entrypoint)
print(status, *failures)
for name in ("subtracted", "added", "thrice", "multiplied", "divided", "expression"):
    print(name, *values[name].values())
PROGRAM

compare "$(run_python "$folder/fractions-in-an-int.py")" "COMPLETED
subtracted 9
added 10
thrice 10
multiplied 12
divided 12
expression 10.9"
