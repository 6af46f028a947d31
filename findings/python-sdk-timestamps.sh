#!/usr/bin/env bash
# LittleHorse's Python SDK 1.3.0 (PyPI littlehorse-client): TIMESTAMP variables and datetimes.
#
# A datetime becomes a TIMESTAMP where it is a literal, but not in three other places. `declare_timestamp` has a `default_value`,
# which can't be given: it compares the value's name, utc_timestamp, with the type's, timestamp. A task whose parameter is a
# datetime can't be registered, as the table of types has `type(datetime)`, which is `type`. And a datetime with a time zone comes
# back without one, so that Python takes it for local time from then on. One expects that all of them know a datetime.
#
# Seen: 1.3.0, Python 3.11.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install littlehorse-client==1.3.0

cat > "$folder/timestamps.py" <<'PROGRAM'
import datetime

from littlehorse import create_task_def
from littlehorse.config import LHConfig
from littlehorse.utils import extract_value, to_variable_value
from littlehorse.workflow import Workflow, WorkflowThread

noon = datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
print("literal:", str(to_variable_value(noon)).split()[0])


def default(wf: WorkflowThread) -> None:
    wf.declare_timestamp("due", default_value=noon)


async def remind(due: datetime.datetime) -> None:
    pass


try:
    Workflow("due", default).compile()
    print("default: compiles")
except TypeError as raised:
    print("default:", raised)
try:
    create_task_def(remind, "remind", LHConfig())
    print("task: registered")
except ValueError as raised:
    print("task:", raised)
print("there and back:", noon.isoformat(), extract_value(to_variable_value(noon)).isoformat())
PROGRAM

seen="$("$folder/venv/bin/python" "$folder/timestamps.py")"
printf '%s\n' "$seen"
wanted="literal: utc_timestamp
default: Default value type does not match LH variable type TIMESTAMP
task: Type <class 'datetime.datetime'> not supported
there and back: 2026-06-01T12:00:00+02:00 2026-06-01T10:00:00"
if [ "$seen" != "$wanted" ]; then
  echo "It is not as it was seen:"
  printf '%s\n' "$wanted"
  exit 1
fi
echo "As seen."
