"""Variables of every type."""

from littlehorse.model import VariableMutationType, VariableType, WfRunId, WfRunVariableAccessLevel


def add_variable(wf):
    wf.add_variable("kept", VariableType.STR, WfRunVariableAccessLevel.PUBLIC_VAR, "here").searchable()
    wf.add_variable("hidden", VariableType.INT).required().masked()


def declare_bool(wf):
    wf.declare_bool("flag", True)


def declare_bytes(wf):
    wf.declare_bytes("picture", b"\x00\xff")


def declare_double(wf):
    wf.declare_double("price", 2.5)


def declare_int(wf):
    wf.declare_int("count", 3)


def declare_json_arr(wf):
    wf.declare_json_arr("items", ["tea", 1, None])


def declare_json_obj(wf):
    wf.declare_json_obj("order", {"state": "new"}).searchable_on("$.state", VariableType.STR)


def declare_str(wf):
    wf.declare_str("name", "mia").as_public()


def declare_timestamp(wf):
    wf.declare_timestamp("since")


def declare_wf_run_id(wf):
    wf.declare_wf_run_id("other", WfRunId(id="abc"))


def declare_struct(wf):
    wf.declare_struct("car", "car", 1)


def find_variable(wf):
    wf.declare_int("count")
    wf.find_variable("count").assign(1)


def mutate(wf):
    items = wf.declare_json_arr("items")
    order = wf.declare_json_obj("order")
    count = wf.declare_int("count")
    wf.mutate(items, VariableMutationType.EXTEND, order.with_json_path("$.item"))
    wf.mutate(order.with_json_path("$.count"), VariableMutationType.ASSIGN, count)
