#!/usr/bin/env bash
# LittleHorse's Python SDK 1.3.0 (PyPI littlehorse-client): a handler for CHILD_FAILURE.
#
# `handle_error` takes a LHErrorType. With each of them it makes a failure handler for that one, except with CHILD_FAILURE, the error
# by which a parent learns that its child failed: that raises a ValueError about an enum label. CHILD_FAILURE is number 0 of its
# enum, and a 0 is taken for "no error type given". `handle_error_on_child`, next to it, takes CHILD_FAILURE. One expects a handler
# whose `specific_failure` is CHILD_FAILURE.
#
# Seen: 1.3.0, Python 3.11.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install littlehorse-client==1.3.0

cat > "$folder/child-failure.py" <<'PROGRAM'
from littlehorse.model import LHErrorType
from littlehorse.workflow import SpawnedThreads, Workflow, WorkflowThread


def nothing(wf: WorkflowThread) -> None:
    pass


def workflow(handle) -> Workflow:
    def entrypoint(wf: WorkflowThread) -> None:
        child = wf.spawn_thread(nothing, "child")
        handle(wf, wf.wait_for_threads(SpawnedThreads.from_list(child)))

    return Workflow("failing-child", entrypoint)


for error in LHErrorType.values():
    try:
        spec = workflow(lambda wf, waiting: wf.handle_error(waiting, nothing, error)).compile()
        nodes = spec.thread_specs["entrypoint"].nodes.values()
        (handler,) = (each for node in nodes for each in node.failure_handlers)
        print(error, LHErrorType.Name(error), "handled as", handler.specific_failure)
    except ValueError as raised:
        print(error, LHErrorType.Name(error), "ValueError:", raised)

error = LHErrorType.CHILD_FAILURE
spec = workflow(lambda wf, waiting: waiting.handle_error_on_child(nothing, error)).compile()
nodes = spec.thread_specs["entrypoint"].nodes.values()
(handler,) = (each for node in nodes for each in node.wait_for_threads.per_thread_failure_handlers)
print("on the child: handled as", handler.specific_failure)
PROGRAM

seen="$("$folder/venv/bin/python" "$folder/child-failure.py")"
printf '%s\n' "$seen"
wanted="0 CHILD_FAILURE ValueError: unknown enum label \"CHILD_FAILURE\"
1 VAR_SUB_ERROR handled as VAR_SUB_ERROR
2 VAR_MUTATION_ERROR handled as VAR_MUTATION_ERROR
3 USER_TASK_CANCELLED handled as USER_TASK_CANCELLED
4 TIMEOUT handled as TIMEOUT
5 TASK_FAILURE handled as TASK_FAILURE
6 VAR_ERROR handled as VAR_ERROR
7 TASK_ERROR handled as TASK_ERROR
8 INTERNAL_ERROR handled as INTERNAL_ERROR
on the child: handled as CHILD_FAILURE"
if [ "$seen" != "$wanted" ]; then
  echo "It is not as it was seen:"
  printf '%s\n' "$wanted"
  exit 1
fi
echo "As seen."
