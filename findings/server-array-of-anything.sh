#!/usr/bin/env bash
# LittleHorse server 1.2.1 (Maven Central), with the Python SDK 1.3.0: what is in a typed Array or Map.
#
# An Array of INT takes INTs only: RunWf refuses an input that holds a text. But what the workflow itself writes is not looked through.
# A list [1, "two"] written in the workflow is assigned, for only its first element is looked at when the workflow is registered; the
# Array has no element type from then on, and even a DOUBLE got by a path is appended, where before it was made an INT. A Map from
# STR to INT is extended by a Map from STR to STR. One expects that either is refused when the workflow is registered.
#
# Seen: server 1.2.1 with the SDK 1.3.0, JDK 25, Kafka 4.1.0.
set -euo pipefail

folder="$(mktemp -d)"
. "$(dirname "$0")/support/server.sh"
trap 'stop_server; rm -rf "$folder"' EXIT
start_server

cat > "$folder/array-of-anything.py" <<'PROGRAM'
import grpc
from littlehorse.model import Array, InlineArrayDef, InlineMapDef, Map, TypeDefinition
from littlehorse.model import VariableMutationType as Operation, VariableType, VariableValue
from littlehorse.utils import to_variable_value
from runs import run

INT, STR = (TypeDefinition(primitive_type=each) for each in (VariableType.INT, VariableType.STR))
INTS = TypeDefinition(inline_array_def=InlineArrayDef(array_type=INT))
INT_BY_STR = TypeDefinition(inline_map_def=InlineMapDef(key_type=STR, value_type=INT))


def array(*items):
    return VariableValue(array=Array(items=[to_variable_value(each) for each in items]))


def entries(**pairs):
    made = [Map.Entry(key=to_variable_value(key), value=to_variable_value(value)) for key, value in pairs.items()]
    return VariableValue(map=Map(entries=made))


def show(name, declared, operation, literal, held):
    """Runs a workflow whose variable `it` is of the declared type and holds something, and is mutated with a literal."""

    def entrypoint(wf):
        it = wf.declare_json_arr("it")
        if operation is not None:
            wf.mutate(it, operation, "the literal")
        if declared is INTS:
            price = wf.declare_json_obj("order", {"price": 2.5}).with_json_path("$.price")
            wf.mutate(it, Operation.EXTEND, price)

    def change(thread):
        # The Python SDK has no words for these types and literals.
        next(each for each in thread.variable_defs if each.var_def.name == "it").var_def.type_def.CopyFrom(declared)
        for mutation in (each for node in thread.nodes.values() for edge in node.outgoing_edges for each in edge.variable_mutations):
            if mutation.rhs_assignment.literal_value.str == "the literal":
                mutation.rhs_assignment.literal_value.CopyFrom(literal)

    try:
        status, values, failures = run(name, entrypoint, {"it": held}, change)
    except grpc.RpcError as error:
        print(f"{name}: {error.code().name} {error.details().rsplit(': ', 1)[1]}")
        return
    it = values["it"].get("array", values["it"].get("map"))
    if declared is INTS:
        content = [element for item in it["items"] for element in item.values()]
    else:
        content = {each["key"]["str"]: next(iter(each["value"].values())) for each in it["entries"]}
    print(f"{name}: {status} {content}", *failures)


show("input", INTS, None, None, array(1, "two"))
show("untouched", INTS, None, None, array(1))
show("texts-assigned", INTS, Operation.ASSIGN, array("one", "two"), array(1))
show("both-assigned", INTS, Operation.ASSIGN, array(1, "two"), array(1))
show("map-assigned", INT_BY_STR, Operation.ASSIGN, entries(a="x"), entries(a=1))
show("map-extended", INT_BY_STR, Operation.EXTEND, entries(b="x"), entries(a=1))
PROGRAM

compare "$(run_python "$folder/array-of-anything.py")" "input: INVALID_ARGUMENT Array element type STR incompatible with expected element type INT
untouched: COMPLETED ['1', '2']
texts-assigned: INVALID_ARGUMENT Cannot use a Array<STR> as a Array<INT>
both-assigned: COMPLETED ['1', 'two', 2.5]
map-assigned: INVALID_ARGUMENT Cannot use a Map<STR, STR> as a Map<STR, INT>
map-extended: COMPLETED {'a': '1', 'b': 'x'}"
