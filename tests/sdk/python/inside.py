"""What the SDK has for itself and shows all the same."""

from littlehorse.model import SleepNode
from littlehorse.workflow import to_variable_assignment


def add_node(wf):
    wf.add_node("nap", SleepNode(raw_seconds=to_variable_assignment(5)))


def compile(wf):
    wf.sleep(1)
    assert len(wf.compile().nodes) == 2


def get_parent_workflow(wf):
    wf.execute(wf.get_parent_workflow().name)
