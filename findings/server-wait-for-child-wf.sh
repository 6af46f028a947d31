#!/usr/bin/env bash
# LittleHorse server 1.2.1 (Maven Central), with the Python SDK 1.3.0: interrupting a wait for a child workflow.
#
# A workflow runs a child workflow and waits for it, and has an interrupt handler. When the interrupt's event comes during the wait,
# ThreadRun 0 becomes HALTING, for a pending interrupt, and so does its WAIT_FOR_CHILD_WF. They stay so: no ThreadRun is started for
# the handler, and when the child has completed, nothing of the parent has changed, 10 seconds later as well. One expects that a
# node that only waits halts at once, as EXTERNAL_EVENT and WAIT_FOR_THREADS do: there the handler is started, and after it the
# workflow goes on and completes. At the least one expects that the wait ends with the child. Without the interrupt it does, and
# the same parent completes.
#
# Seen: server 1.2.1 with the SDK 1.3.0, JDK 25, Kafka 4.1.0.
set -euo pipefail

folder="$(mktemp -d)"
. "$(dirname "$0")/support/server.sh"
trap 'stop_server; rm -rf "$folder"' EXIT
start_server

cat > "$folder/wait-for-child-wf.py" <<'PROGRAM'
import time

from littlehorse.model import ExternalEventDefId, LHStatus, NodeRunId, PutExternalEventDefRequest, PutExternalEventRequest
from littlehorse.model import RunWfRequest, WfSpecId
from littlehorse.workflow import SpawnedThreads, Workflow
from runs import patiently, server


def until_go(wf):
    wf.wait_for_event("go")


def handler(wf):
    wf.wait_for_event("answer")


def waits_for_child_wf(wf):
    wf.add_interrupt_handler("note", handler)
    wf.wait_for_child_wf(wf.run_wf("child", {}))


def waits_for_event(wf):
    wf.add_interrupt_handler("note", handler)
    wf.wait_for_event("go")


def waits_for_threads(wf):
    wf.add_interrupt_handler("note", handler)
    wf.wait_for_threads(SpawnedThreads.from_list(wf.spawn_thread(until_go, "thread")))


def register(name, entrypoint):
    patiently(server.PutWfSpec, Workflow(name, entrypoint).compile())
    patiently(server.GetWfSpec, WfSpecId(name=name))


def node_run(wf_run, thread, position):
    return patiently(server.GetNodeRun, NodeRunId(wf_run_id=wf_run, thread_run_number=thread, position=position))


def until(wf_run, condition):
    for _ in range(240):
        if condition(patiently(server.GetWfRun, wf_run)):
            break
        time.sleep(0.25)


def start(name, waiting):
    """Runs a workflow and comes back when its ThreadRun 0 is at the node at which it waits."""
    wf_run = patiently(server.RunWf, RunWfRequest(wf_spec_name=name)).id

    def waits(found):
        node = node_run(wf_run, 0, found.thread_runs[0].current_node_position)
        return node.WhichOneof("node_type") == waiting and node.status == LHStatus.RUNNING

    until(wf_run, waits)
    return wf_run


def child_of(wf_run):
    """The child WfRun, once it is running."""
    child = node_run(wf_run, 0, 1).run_child_wf.child_wf_run_id
    until(child, lambda found: found.status == LHStatus.RUNNING)
    return child


def post(event, wf_run):
    patiently(server.PutExternalEvent, PutExternalEventRequest(wf_run_id=wf_run, external_event_def_id=ExternalEventDefId(name=event)))


def completed(wf_run):
    until(wf_run, lambda found: found.status == LHStatus.COMPLETED)


def interrupt(wf_run):
    post("note", wf_run)
    until(wf_run, lambda found: found.thread_runs[0].status != LHStatus.RUNNING)
    time.sleep(5)


def show(when, wf_run):
    print(f"  {when}:")
    for thread in patiently(server.GetWfRun, wf_run).thread_runs:
        node = node_run(wf_run, thread.number, thread.current_node_position)
        reasons = "".join(f" ({reason.WhichOneof('reason')})" for reason in thread.halt_reasons)
        at = f"{node.WhichOneof('node_type')} {LHStatus.Name(node.status)}"
        print(f"    {thread.number} {thread.thread_spec_name}: {LHStatus.Name(thread.status)}{reasons} at {at}")


for event in ("note", "go", "answer"):
    patiently(server.PutExternalEventDef, PutExternalEventDefRequest(name=event))
    patiently(server.GetExternalEventDef, ExternalEventDefId(name=event))
register("child", until_go)
register("parent", waits_for_child_wf)
register("for-event", waits_for_event)
register("for-threads", waits_for_threads)

print("WAIT_FOR_CHILD_WF, interrupted")
parent = start("parent", "wait_for_child_wf")
child = child_of(parent)
interrupt(parent)
show("after note", parent)
post("go", child)
completed(child)
print(f"  the child: {LHStatus.Name(server.GetWfRun(child).status)}")
time.sleep(10)
show("10 seconds later", parent)

print("WAIT_FOR_CHILD_WF, not interrupted")
parent = start("parent", "wait_for_child_wf")
child = child_of(parent)
post("go", child)
completed(child)
print(f"  the child: {LHStatus.Name(server.GetWfRun(child).status)}")
completed(parent)
show("the parent", parent)

for name, waiting in (("for-event", "external_event"), ("for-threads", "wait_for_threads")):
    print(f"{waiting.upper()}, interrupted")
    other = start(name, waiting)
    interrupt(other)
    show("after note", other)
    post("answer", other)
    until(other, lambda found: found.thread_runs[0].status == LHStatus.RUNNING)
    post("go", other)
    completed(other)
    show("after answer and go", other)
PROGRAM

compare "$(run_python "$folder/wait-for-child-wf.py")" "WAIT_FOR_CHILD_WF, interrupted
  after note:
    0 entrypoint: HALTING (pending_interrupt) at wait_for_child_wf HALTING
  the child: COMPLETED
  10 seconds later:
    0 entrypoint: HALTING (pending_interrupt) at wait_for_child_wf HALTING
WAIT_FOR_CHILD_WF, not interrupted
  the child: COMPLETED
  the parent:
    0 entrypoint: COMPLETED at exit COMPLETED
EXTERNAL_EVENT, interrupted
  after note:
    0 entrypoint: HALTED (interrupted) at external_event HALTED
    1 interrupt-note: RUNNING at external_event RUNNING
  after answer and go:
    0 entrypoint: COMPLETED at exit COMPLETED
    1 interrupt-note: COMPLETED at exit COMPLETED
WAIT_FOR_THREADS, interrupted
  after note:
    0 entrypoint: HALTED (interrupted) at wait_for_threads HALTED
    1 thread: HALTED (parent_halted) at external_event HALTED
    2 interrupt-note: RUNNING at external_event RUNNING
  after answer and go:
    0 entrypoint: COMPLETED at exit COMPLETED
    1 thread: COMPLETED at exit COMPLETED
    2 interrupt-note: COMPLETED at exit COMPLETED"
