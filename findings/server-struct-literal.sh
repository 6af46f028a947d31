#!/usr/bin/env bash
# LittleHorse server 1.2.1 (Maven Central), with the Python SDK 1.3.0: a Struct that is written in the workflow.
#
# `home.assign(Address(city="Pisa", postcode=56121))` assigns a Struct made from a class of the program. The SDK compiles it as a
# literal of version -1, "the latest", and the server takes the workflow. In a RunWf the same value is fine, as the server puts
# the number of the latest version in its place. In the literal it doesn't, and a Struct of version -1 isn't one of version 0: the
# run ends in ERROR. One expects that it is assigned, or refused when the workflow is registered. With the number written in, it
# is assigned.
#
# Seen: server 1.2.1 with the SDK 1.3.0, JDK 25, Kafka 4.1.0.
set -euo pipefail

folder="$(mktemp -d)"
. "$(dirname "$0")/support/server.sh"
trap 'stop_server; rm -rf "$folder"' EXIT
start_server

cat > "$folder/struct-literal.py" <<'PROGRAM'
import os

from littlehorse import create_struct_def
from littlehorse.config import LHConfig
from littlehorse.lh_struct import lh_struct_def
from littlehorse.model import StructDefId
from runs import patiently, run, server


@lh_struct_def("address")
class Address:
    city: str
    postcode: int


def entrypoint(wf):
    home = wf.declare_struct("home", Address)
    home.assign(Address(city="Pisa", postcode=56121))


def with_version_0(thread):
    for node in thread.nodes.values():
        for edge in node.outgoing_edges:
            for mutation in edge.variable_mutations:
                mutation.rhs_assignment.literal_value.struct.struct_def_id.version = 0


def show(said, change=None):
    rome = Address(city="Rome", postcode=100)
    status, values, failures = run("home", entrypoint, {"home": rome}, change)
    home = values["home"]["struct"]
    print(f"{said}: {status} {home['struct']['fields']['city']['value']['str']}", *(each.rsplit(": ", 1)[1] for each in failures))


os.environ["LHC_API_HOST"], os.environ["LHC_API_PORT"] = os.environ["SERVER"].split(":")
patiently(lambda _: create_struct_def(Address, LHConfig()), None)
patiently(server.GetStructDef, StructDefId(name="address", version=0))
show("as the SDK compiles it")
show("with version 0", with_version_0)
PROGRAM

compare "$(run_python "$folder/struct-literal.py")" "as the SDK compiles it: ERROR Rome Coercing from STRUCT_DEF_IDto Struct<address,v0> not supported.
with version 0: COMPLETED Pisa"
