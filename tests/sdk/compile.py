"""Runs generated Python under the real SDK: each module's workflow is compiled, and what it registers is recorded.

    python compile.py FOLDER

Prints a JSON object: by the name of each module, `wfSpec` and `puts` (a list of [message, request]), or `error`.
"""

import importlib.util
import json
import sys
import traceback
from pathlib import Path

from google.protobuf.json_format import MessageToDict


class Recorder:
    """Stands for the server: takes what is put and answers nothing of use."""

    def __init__(self):
        self.puts = []

    def stub(self):
        return self

    def __getattr__(self, name):
        def put(request, timeout=None):
            self.puts.append([name, MessageToDict(request)])
            return request

        return put


def compile_module(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    request = module.get_workflow().compile()
    recorder = Recorder()
    module.register(recorder)
    puts = [put for put in recorder.puts if put[0] != "PutWfSpec"]
    return {"wfSpec": MessageToDict(request), "puts": puts}


def main():
    results = {}
    for path in sorted(Path(sys.argv[1]).glob("*.py")):
        try:
            results[path.stem] = compile_module(path)
        except Exception:
            results[path.stem] = {"error": traceback.format_exc(limit=-3)}
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
