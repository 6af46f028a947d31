#!/usr/bin/env bash
# LittleHorse's Python SDK 1.3.0 (PyPI littlehorse-client): the arguments of a reminder.
#
# `schedule_reminder_task` puts each argument into the TaskNode's `variables` by itself. Its sibling
# `schedule_reminder_task_on_assignment` takes the arguments in the same way, but makes one variable of all of them: a
# literal whose `json_obj` holds the text of a JSON list. A JSON_OBJ is an object elsewhere in LittleHorse, and the TaskDef
# has as many inputs as there were arguments. Nothing complains when the workflow is compiled.
#
# Seen: 1.3.0, Python 3.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install littlehorse-client==1.3.0

cat > "$folder/reminders.py" <<'PROGRAM'
from google.protobuf.json_format import MessageToDict
from littlehorse.workflow import Workflow, WorkflowThread


def entrypoint(wf: WorkflowThread) -> None:
    form = wf.assign_user_task("approve", user_id="ada")
    wf.schedule_reminder_task(form, 60, "remind", "mia", 3)
    wf.schedule_reminder_task_on_assignment(form, 60, "remind", "mia", 3)


spec = MessageToDict(Workflow("reminders", entrypoint).compile())
nodes = spec["threadSpecs"]["entrypoint"]["nodes"].values()
actions = next(node["userTask"]["actions"] for node in nodes if "userTask" in node)
for action in actions:
    print(action.get("hook", "ON_ARRIVAL"), action["task"]["task"]["variables"])
PROGRAM

seen="$("$folder/venv/bin/python" "$folder/reminders.py")"
printf '%s\n' "$seen"
wanted="ON_ARRIVAL [{'literalValue': {'str': 'mia'}}, {'literalValue': {'int': '3'}}]
ON_TASK_ASSIGNED [{'literalValue': {'jsonObj': '[\"mia\", 3]'}}]"
if [ "$seen" != "$wanted" ]; then
  echo "It is not as it was seen:"
  printf '%s\n' "$wanted"
  exit 1
fi
echo "As seen."
