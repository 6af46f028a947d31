#!/usr/bin/env bash
# LittleHorse's Python SDK 1.3.0 (PyPI littlehorse-client): releasing a form to a group that isn't there.
#
# `release_to_group_on_deadline` gives a form back to its group when the user hasn't done it in time. It means to raise "Cannot release
# node to group if user_group is None", but asks a protobuf field whether it is None, which one never is. So a form with a user
# and no group compiles, to a reassignment to an assignment that says nothing. One expects the exception that the SDK has for it.
#
# Seen: 1.3.0, Python 3.11.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install littlehorse-client==1.3.0

cat > "$folder/release-without-group.py" <<'PROGRAM'
from google.protobuf.json_format import MessageToDict
from littlehorse.workflow import Workflow, WorkflowThread


def entrypoint(wf: WorkflowThread) -> None:
    form = wf.assign_user_task("approve", user_id="ada")
    wf.release_to_group_on_deadline(form, 60)


spec = MessageToDict(Workflow("approval", entrypoint).compile())
user_task = spec["threadSpecs"]["entrypoint"]["nodes"]["1-approve-USER_TASK"]["userTask"]
print("group:", user_task.get("userGroup"))
print(user_task["actions"][0]["reassign"])
PROGRAM

seen="$("$folder/venv/bin/python" "$folder/release-without-group.py")"
printf '%s\n' "$seen"
wanted="group: None
{'userGroup': {}}"
if [ "$seen" != "$wanted" ]; then
  echo "It is not as it was seen:"
  printf '%s\n' "$wanted"
  exit 1
fi
echo "As seen."
