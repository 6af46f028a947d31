#!/usr/bin/env bash
# LittleHorse's Python SDK 1.3.0 (PyPI littlehorse-client): a loop with two conditions.
#
# `do_and` and `do_or` join two conditions, and `do_if` and `wait_for_condition` take what they make. `do_while` doesn't: after the
# body was compiled it asks the condition for its negation, which only a single comparison has, and an AttributeError comes out.
# One expects that a condition for a branch is one for a loop too.
#
# Seen: 1.3.0, Python 3.11.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install littlehorse-client==1.3.0

cat > "$folder/while-and.py" <<'PROGRAM'
from littlehorse.workflow import Workflow, WorkflowThread


def body(wf: WorkflowThread) -> None:
    wf.execute("try-once")


def attempt(name, use):
    def entrypoint(wf: WorkflowThread) -> None:
        tries = wf.declare_int("tries")
        done = wf.declare_bool("done")
        use(wf, tries.is_less_than(3).do_and(done.is_equal_to(False)))

    try:
        Workflow("tries", entrypoint).compile()
        print(name, "compiles")
    except AttributeError as raised:
        print(name, "AttributeError:", raised)


attempt("do_if", lambda wf, condition: wf.do_if(condition, body))
attempt("wait_for_condition", lambda wf, condition: wf.wait_for_condition(condition))
attempt("do_while", lambda wf, condition: wf.do_while(condition, body))
PROGRAM

seen="$("$folder/venv/bin/python" "$folder/while-and.py")"
printf '%s\n' "$seen"
wanted="do_if compiles
wait_for_condition compiles
do_while AttributeError: 'LHExpression' object has no attribute 'negate'"
if [ "$seen" != "$wanted" ]; then
  echo "It is not as it was seen:"
  printf '%s\n' "$wanted"
  exit 1
fi
echo "As seen."
