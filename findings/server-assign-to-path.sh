#!/usr/bin/env bash
# LittleHorse server 1.2.1 (Maven Central), with the Python SDK 1.3.0: assigning to a field of a JSON_OBJ.
#
# `order.with_json_path("$.price").assign(9.99)` changes one field of a JSON_OBJ. JSON knows no types of fields, yet what is
# assigned is turned into the type that the field's old value has: where 10 stood, 9.99 becomes 9; a number assigned where a text
# stood becomes a text, and an object becomes Java's way to print a map, which is no JSON. "12" assigned to a number is the
# number 12, while "a dozen" ends the run with VAR_SUB_ERROR. A field that isn't there yet, or is null, takes anything. One
# expects that the field is what was assigned, as it is in a new field.
#
# Seen: server 1.2.1 with the SDK 1.3.0, JDK 25, Kafka 4.1.0.
set -euo pipefail

folder="$(mktemp -d)"
. "$(dirname "$0")/support/server.sh"
trap 'stop_server; rm -rf "$folder"' EXIT
start_server

cat > "$folder/assign-to-path.py" <<'PROGRAM'
from runs import run


def order(change):
    def entrypoint(wf):
        old = {"price": 10, "note": "fragile", "free": None}
        change(wf.declare_json_obj("order", old))

    return entrypoint


def show(path, value):
    status, values, _ = run("path", order(lambda it: it.with_json_path(f"$.{path}").assign(value)))
    print(f"{path} = {value!r}: {status} {values['order']['jsonObj']}")


show("price", 9.99)
show("price", "12")
show("price", "a dozen")
show("note", 5)
show("note", {"by": "ada"})
show("free", 9.99)
show("new", {"by": "ada"})
PROGRAM

compare "$(run_python "$folder/assign-to-path.py")" "price = 9.99: COMPLETED {\"price\":9,\"note\":\"fragile\",\"free\":null}
price = '12': COMPLETED {\"price\":12,\"note\":\"fragile\",\"free\":null}
price = 'a dozen': ERROR {\"price\":10,\"note\":\"fragile\",\"free\":null}
note = 5: COMPLETED {\"price\":10,\"note\":\"5\",\"free\":null}
note = {'by': 'ada'}: COMPLETED {\"price\":10,\"note\":\"{by\\u003dada}\",\"free\":null}
free = 9.99: COMPLETED {\"price\":10,\"note\":\"fragile\",\"free\":9.99}
new = {'by': 'ada'}: COMPLETED {\"price\":10,\"note\":\"fragile\",\"free\":null,\"new\":{\"by\":\"ada\"}}"
