#!/usr/bin/env bash
# LittleHorse server 1.2.1 (Maven Central), with the Python SDK 1.3.0: resuming a child WfRun that was stopped.
#
# A workflow runs a child workflow, which waits for an event. StopWfRun with the child WfRun's id halts it. ResumeWfRun with the very
# same id is refused with NOT_FOUND: "Couldn't find provided WfRun", although GetWfRun finds it, and it stays HALTED. One expects that
# it goes on, as a WfRun without a parent does after the same two requests, which this script shows beside it.
#
# Seen: server 1.2.1 with the SDK 1.3.0, JDK 25, Kafka 4.1.0.
set -euo pipefail

folder="$(mktemp -d)"
. "$(dirname "$0")/support/server.sh"
trap 'stop_server; rm -rf "$folder"' EXIT
start_server

cat > "$folder/resume-child-wf.py" <<'PROGRAM'
import time

import grpc
from littlehorse.model import ExternalEventDefId, LHStatus, NodeRunId, PutExternalEventDefRequest, ResumeWfRunRequest
from littlehorse.model import RunWfRequest, StopWfRunRequest, WfSpecId
from littlehorse.workflow import Workflow
from runs import patiently, server


def waits(wf):
    wf.wait_for_event("go")


def runs_child(wf):
    wf.run_wf("child", {})
    wf.wait_for_event("go")


def register(name, entrypoint):
    patiently(server.PutWfSpec, Workflow(name, entrypoint).compile())
    patiently(server.GetWfSpec, WfSpecId(name=name))


def status(wf_run):
    return LHStatus.Name(patiently(server.GetWfRun, wf_run).thread_runs[0].status)


def until(wf_run, wanted):
    for _ in range(40):
        if status(wf_run) == wanted:
            break
        time.sleep(0.25)
    return status(wf_run)


def stop_and_resume(name, wf_run):
    until(wf_run, "RUNNING")
    server.StopWfRun(StopWfRunRequest(wf_run_id=wf_run, thread_run_number=0))
    print(f"{name}, stopped: {until(wf_run, 'HALTED')}")
    try:
        server.ResumeWfRun(ResumeWfRunRequest(wf_run_id=wf_run, thread_run_number=0))
        answer = "accepted"
    except grpc.RpcError as error:
        answer = f"{error.code().name}: {error.details()}"
    print(f"{name}, resumed: {answer}; {until(wf_run, 'RUNNING')}")


patiently(server.PutExternalEventDef, PutExternalEventDefRequest(name="go"))
patiently(server.GetExternalEventDef, ExternalEventDefId(name="go"))
register("child", waits)
register("parent", runs_child)

parent = patiently(server.RunWf, RunWfRequest(wf_spec_name="parent")).id
node = patiently(server.GetNodeRun, NodeRunId(wf_run_id=parent, thread_run_number=0, position=1))
stop_and_resume("the child WfRun", node.run_child_wf.child_wf_run_id)
stop_and_resume("its parent", parent)
PROGRAM

compare "$(run_python "$folder/resume-child-wf.py")" "the child WfRun, stopped: HALTED
the child WfRun, resumed: NOT_FOUND: Couldn't find provided WfRun; HALTED
its parent, stopped: HALTED
its parent, resumed: accepted; RUNNING"
