#!/usr/bin/env bash
# LittleHorse server 1.2.1 (Maven Central), with the Python SDK 1.3.0: a key that `get` is asked for.
#
# `order.get("a.b")` compiles to one selector, whose key is "a.b". In a native Map that is the key. In a JSON_OBJ the server makes a
# JSONPath of the selectors, "$.a.b", and there a dot leads further: {"a.b": 1} has nothing at "a.b", and where there is an "a"
# with a "b" inside, that one is found in its place. "*" is the list of all values, and a key with a space ends the run with
# VAR_SUB_ERROR. Keys such as hosts, files or e-mail addresses have dots. One expects the value of the key.
# `with_json_path("$.['a.b']")` gets it.
#
# Seen: server 1.2.1 with the SDK 1.3.0, JDK 25, Kafka 4.1.0.
set -euo pipefail

folder="$(mktemp -d)"
. "$(dirname "$0")/support/server.sh"
trap 'stop_server; rm -rf "$folder"' EXIT
start_server

cat > "$folder/get-takes-a-path.py" <<'PROGRAM'
from littlehorse.model import InlineMapDef, Map, TypeDefinition, VariableType, VariableValue
from littlehorse.utils import to_variable_value
from runs import run


def show(said, held, get, change=None):
    def entrypoint(wf):
        got = get(wf.declare_json_obj("held"))
        wf.declare_str("got").assign(wf.format("{0}", got))

    status, values, failures = run("get", entrypoint, {"held": held}, change)
    print(f"{said}: {status}", values["got"].get("str", "-"), *(each.split(": ")[0] for each in failures))


def native_map(thread):
    key, value = (TypeDefinition(primitive_type=each) for each in (VariableType.STR, VariableType.INT))
    held = next(each for each in thread.variable_defs if each.var_def.name == "held")
    held.var_def.type_def.CopyFrom(TypeDefinition(inline_map_def=InlineMapDef(key_type=key, value_type=value)))


entry = Map.Entry(key=to_variable_value("a.b"), value=to_variable_value(1))
show("a.b of a Map", VariableValue(map=Map(entries=[entry])), lambda it: it.get("a.b"), native_map)
show('a.b of {"a.b": 1}', {"a.b": 1}, lambda it: it.get("a.b"))
show('a.b of {"a.b": 1, "a": {"b": 2}}', {"a.b": 1, "a": {"b": 2}}, lambda it: it.get("a.b"))
show('* of {"x": 1, "y": 2}', {"x": 1, "y": 2}, lambda it: it.get("*"))
show('a b of {"a b": 1}', {"a b": 1}, lambda it: it.get("a b"))
show("$.['a.b'] of {\"a.b\": 1}", {"a.b": 1}, lambda it: it.with_json_path("$.['a.b']"))
PROGRAM

compare "$(run_python "$folder/get-takes-a-path.py")" "a.b of a Map: COMPLETED 1
a.b of {\"a.b\": 1}: COMPLETED null
a.b of {\"a.b\": 1, \"a\": {\"b\": 2}}: COMPLETED 2
* of {\"x\": 1, \"y\": 2}: COMPLETED [1,2]
a b of {\"a b\": 1}: ERROR - VAR_SUB_ERROR
\$.['a.b'] of {\"a.b\": 1}: COMPLETED 1"
