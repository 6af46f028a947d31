"""Compiles the programs of a folder with the real SDK: each public function of its modules is one.

    python corpus.py FOLDER

Prints a JSON object: `methods`, the public methods of WorkflowThread, and `programs`, by name: `calls`, the methods that
a program calls itself, and `wfSpec`, or `error`.
"""

import functools
import importlib.util
import inspect
import json
import sys
import traceback
from pathlib import Path

from google.protobuf.json_format import MessageToDict
from littlehorse.workflow import Workflow, WorkflowThread

# Beside the programs nothing else is to appear.
sys.dont_write_bytecode = True

METHODS = [
    name
    for name, _ in inspect.getmembers(WorkflowThread, inspect.isfunction)
    if not name.startswith("_")
]


def record(folder, calls):
    """Makes the SDK's methods tell `calls` when code of the folder calls them; what they call themselves does not count."""

    def recorded(name, method):
        @functools.wraps(method)
        def call(*args, **kwargs):
            if Path(sys._getframe(1).f_code.co_filename).parent == folder:
                calls.add(name)
            return method(*args, **kwargs)

        return call

    for name in METHODS:
        setattr(WorkflowThread, name, recorded(name, getattr(WorkflowThread, name)))


def programs(folder):
    for path in sorted(folder.glob("*.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == path.stem and not name.startswith("_"):
                yield name, function


def main():
    folder = Path(sys.argv[1]).resolve()
    calls = set()
    record(folder, calls)
    results = {}
    for name, function in programs(folder):
        assert name not in results, f"two programs are called {name}"
        calls.clear()
        try:
            request = Workflow(name.replace("_", "-"), function).compile()
            results[name] = {"calls": sorted(calls), "wfSpec": MessageToDict(request)}
        except Exception:
            results[name] = {"calls": sorted(calls), "error": traceback.format_exc(limit=-3)}
    json.dump({"methods": METHODS, "programs": results}, sys.stdout)


if __name__ == "__main__":
    main()
