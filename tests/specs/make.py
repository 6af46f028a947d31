#!/usr/bin/env python3
"""Compiles the workflows below with LittleHorse's own Python SDK and writes each as a PutWfSpecRequest.

Run it after a change, with the SDK installed (pip install littlehorse-client):

    python3 tests/specs/make.py
"""

from pathlib import Path

from google.protobuf.json_format import MessageToJson
from littlehorse.model import LHErrorType, VariableType, WaitForThreadsStrategy
from littlehorse.workflow import SpawnedThreads, Workflow, WorkflowThread


def order(wf: WorkflowThread) -> None:
    """An order whose address may change until it is shipped."""
    customer = wf.declare_str("customer").required()
    address = wf.declare_str("address")
    total = wf.declare_double("total", default_value=0.0)

    def change_address(handler: WorkflowThread) -> None:
        new_address = handler.declare_str("INPUT")
        address.assign(new_address)
        handler.execute("tell-courier", new_address)

    def refund(handler: WorkflowThread) -> None:
        handler.execute("refund", customer)
        handler.fail("payment-failed", "The card was declined.")

    wf.add_interrupt_handler("address-changed", change_address)
    total.assign(wf.execute("price-order", customer, timeout_seconds=30, retries=2))
    charge = wf.execute("charge-card", customer, total)
    wf.handle_error(charge, refund, LHErrorType.TASK_FAILURE)
    wf.handle_exception(charge, refund, "card-declined")
    wf.wait_for_event("order-packed", timeout=3600)
    wf.execute("ship", wf.format("{0}, {1}", customer, address))


def parcels(wf: WorkflowThread) -> None:
    """One child for each parcel, and one that watches; the parent waits for the parcels."""
    numbers = wf.declare_json_arr("parcels", default_value=["A1", "B2"])
    lost = wf.declare_int("lost", default_value=0)

    def deliver(child: WorkflowThread) -> None:
        parcel = child.declare_str("INPUT")
        child.execute("deliver", parcel)

    def watch(child: WorkflowThread) -> None:
        child.sleep(600)

    def one_lost(handler: WorkflowThread) -> None:
        lost.assign(lost.add(1))

    deliveries = wf.spawn_thread_for_each(numbers, deliver, "deliver")
    watcher = wf.spawn_thread(watch, "watch")
    waited = wf.wait_for_threads(deliveries)
    waited.handle_any_failure_on_child(one_lost)
    wf.wait_for_threads(
        SpawnedThreads.from_list(watcher), WaitForThreadsStrategy.WAIT_FOR_ANY
    )


def countdown(wf: WorkflowThread) -> None:
    """Loops, branches, conditions, expressions."""
    left = wf.declare_int("left", default_value=3)
    mood = wf.declare_str("mood", default_value="calm")
    state = wf.declare_json_obj("state", default_value={"ticks": []})

    def tick(body: WorkflowThread) -> None:
        body.execute("beep", left)
        left.assign(left.subtract(1))
        state.with_json_path("$.ticks").assign(state.with_json_path("$.ticks").extend(left))

    wf.do_while(left.is_greater_than(0), tick)
    branch = wf.do_if(
        mood.is_equal_to("calm").do_and(left.is_equal_to(0)), lambda body: body.execute("launch")
    )
    branch.do_else_if(left.is_less_than(0), lambda body: body.fail("too-late", "Too late."))
    branch.do_else(lambda body: body.sleep(left.cast_to_int()))
    wf.wait_for_condition(mood.is_in(["calm", "happy"]))
    wf.throw_event("launched", mood)
    wf.complete(left)


def approval(wf: WorkflowThread) -> None:
    """A form for a person."""
    manager = wf.declare_str("manager", default_value="mia")
    form = wf.assign_user_task("approve-order", user_id=manager, user_group="managers")
    form.with_notes(wf.format("Please look at {0}", manager))
    form.with_on_cancellation_exception("approval-cancelled")
    wf.schedule_reminder_task(form, 60, "remind", manager)
    approved = wf.declare_bool("approved")
    approved.assign(form.with_json_path("$.ok").cast_to(VariableType.BOOL))


if __name__ == "__main__":
    for entrypoint in (order, parcels, countdown, approval):
        request = Workflow(entrypoint.__name__, entrypoint).compile()
        path = Path(__file__).with_name(f"{entrypoint.__name__}.json")
        path.write_text(MessageToJson(request, sort_keys=True) + "\n")
        print(path.name)
