"""External events and workflow events."""

from littlehorse.model import CorrelatedEventConfig
from littlehorse.workflow import ExternalEventNodeOutput, ThrowEventNodeOutput


def wait_for_event(wf):
    order = wf.declare_str("order").masked()
    wf.wait_for_event("paid", timeout=60)
    wf.wait_for_event("packed", correlation_id=order)
    wf.wait_for_event("signed", correlation_id=order, mask_correlation_id=False)


def wait_for_event_registered(wf):
    amount = wf.declare_int("amount")
    amount.assign(wf.wait_for_event("paid", return_type=int, correlation_id="a", correlated_event_config=CorrelatedEventConfig()))


def register_external_event_def(wf):
    paid = wf.wait_for_event("paid")
    wf.register_external_event_def(ExternalEventNodeOutput(paid.node_name, "paid", wf, int))


def throw_event(wf):
    wf.throw_event("shipped", wf.declare_str("order"), return_type=str)


def register_workflow_event_def(wf):
    wf.throw_event("shipped", 7)
    wf.register_workflow_event_def(ThrowEventNodeOutput("shipped", wf, int))
