#!/usr/bin/env bash
# LittleHorse server 1.2.1 (Maven Central), with the Python SDK 1.3.0: format strings.
#
# `wf.format("Order {0}", number)` puts values into a text where the braces stand. The server hands both to Java's MessageFormat,
# whose rules come along: a number is written for reading, with a comma every three digits and at most three decimals, so the
# year 2026 is "2,026" and 0.0001 is "0", in ids and URLs as well. And an apostrophe quotes: it vanishes itself, and the braces
# after it stay braces. One expects the numbers' digits, and the text as written. Two apostrophes make one, and `{0,number,#}`
# writes an INT plainly. The comma is that of the server's locale, here en-US.
#
# Seen: server 1.2.1 with the SDK 1.3.0, JDK 25, Kafka 4.1.0.
set -euo pipefail

folder="$(mktemp -d)"
. "$(dirname "$0")/support/server.sh"
trap 'stop_server; rm -rf "$folder"' EXIT
start_server

cat > "$folder/format.py" <<'PROGRAM'
from runs import run

TEXTS = ["Order {0}", "INV-{1}", "at {2}", "It's order {0}", "It''s order {0}", "Order {0,number,#}"]


def entrypoint(wf):
    order = wf.declare_int("order", 1234567)
    year = wf.declare_int("year", 2026)
    rate = wf.declare_double("rate", 0.0001)
    for number, text in enumerate(TEXTS):
        wf.declare_str(f"text-{number}").assign(wf.format(text, order, year, rate))


status, values, failures = run("format", entrypoint)
print(status, *failures)
for number, text in enumerate(TEXTS):
    print(f"{text:20} {values[f'text-{number}']['str']}")
PROGRAM

compare "$(run_python "$folder/format.py")" "COMPLETED
Order {0}            Order 1,234,567
INV-{1}              INV-2,026
at {2}               at 0
It's order {0}       Its order {0}
It''s order {0}      It's order 1,234,567
Order {0,number,#}   Order 1234567"
