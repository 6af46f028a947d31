"""Compiles the programs of the folder `python` with every version of LittleHorse's SDK from 1.0 to 1.3, and compares.

    python3 tests/sdk/versions.py

Needs pip 22.3 or newer and its package index. Each version of `littlehorse-client` gets a venv of its own in a temporary
folder, and corpus.py runs there. Prints Markdown: what is the same everywhere, and a table of the programs of which not
every version makes what 1.2.1 does. What it is doing goes to stderr. It takes some minutes, one process at a time.
"""

import json
import platform
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGE = "littlehorse-client"
# Of the server that Halter is held against.
BASE = "1.2.1"
# What some versions import without asking for it.
EXTRA = "typing_extensions"


def run(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True)


def output(*command):
    done = run(*command)
    if done.returncode != 0:
        sys.exit(f"{' '.join(str(part) for part in command)}\n{done.stderr}")
    return done.stdout


def pip(*arguments):
    return output(sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments)


def published():
    """The versions from 1.0.0 to 1.3.x, oldest first; those before a release are left out."""
    line = re.search(r"^Available versions: (.*)$", pip("index", "versions", PACKAGE), re.MULTILINE)
    found = [version for version in line[1].split(", ") if re.fullmatch(r"1\.[0-3]\.\d+", version)]
    return sorted(found, key=lambda version: [int(part) for part in version.split(".")])


def compiled(version, folder):
    """What `version` makes of the programs, the protobuf it ran with, and whether it had to be given EXTRA."""
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    install = ["--python", python, "install", "--quiet", "--no-compile"]
    pip(*install, f"{PACKAGE}=={version}")
    lacks = f"No module named '{EXTRA}'" in run(python, "-B", "-c", "import littlehorse.workflow").stderr
    if lacks:
        pip(*install, EXTRA)
    protobuf = output(python, "-B", "-c", "import google.protobuf; print(google.protobuf.__version__)").strip()
    programs = json.loads(output(python, "-B", HERE / "corpus.py", HERE / "python"))["programs"]
    return programs, protobuf, lacks


def differences(old, new, key):
    """What `new` has, lacks or has otherwise, as [kind, key]. The order of keys does not count."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in sorted(old.keys() | new.keys()):
            if name not in old:
                yield "adds", name
            elif name not in new:
                yield "lacks", name
            else:
                yield from differences(old[name], new[name], name)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for pair in zip(old, new):
            yield from differences(*pair, key)
    elif old != new:
        yield "has another", key


def failure(error):
    """The end of a traceback in a few words."""
    name, message = re.findall(r"^([\w.]+)(?:: (.*))?$", error, re.MULTILINE)[-1]
    if found := re.search(r"object has no attribute '(\w+)'", message):
        return f"no method `{found[1]}`"
    if found := re.search(r"\.\w+\(\) takes (?:from \d+ to )?(\d+) positional arguments? but (\d+) w", message):
        # The first is `self`.
        return f"takes {int(found[1]) - 1} arguments, not {int(found[2]) - 1}"
    if found := re.search(r"unexpected keyword argument '(\w+)'", message):
        return f"no argument `{found[1]}`"
    return f"fails: {name} {message}".strip().replace("|", "\\|")


def cell(base, result):
    if "error" in result:
        return failure(result["error"])
    if base is result or "error" in base:
        return "compiles"
    kinds = {}
    for kind, key in differences(base["wfSpec"], result["wfSpec"], "wfSpec"):
        names = kinds.setdefault(kind, [])
        if f"`{key}`" not in names:
            names.append(f"`{key}`")
    return "; ".join(f"{kind} {', '.join(names)}" for kind, names in kinds.items()) or "the same"


def main():
    versions = published()
    if BASE not in versions:
        sys.exit(f"{PACKAGE} {BASE} is not to be had here, only {', '.join(versions) or 'none'}")
    results, protobufs, lacking = {}, {}, []
    for version in versions:
        print(f"{PACKAGE} {version}", file=sys.stderr)
        with tempfile.TemporaryDirectory() as folder:
            results[version], protobuf, lacks = compiled(version, Path(folder))
        protobufs.setdefault(protobuf, []).append(version)
        if lacks:
            lacking.append(version)

    rows = {}
    same = 0
    for name, base in results[BASE].items():
        cells = tuple(cell(base, results[version][name]) for version in versions)
        if set(cells) <= {"compiles", "the same"}:
            same += 1
        else:
            rows.setdefault(cells, []).append(f"`{name}`")

    print(f"Versions of `{PACKAGE}`: {', '.join(versions)}.")
    ran = ", ".join(
        f"protobuf {protobuf}" + (f" ({', '.join(those)})" if len(protobufs) > 1 else "")
        for protobuf, those in protobufs.items()
    )
    print(f"They ran with Python {platform.python_version()} and {ran}.")
    if lacking:
        print(f"`{EXTRA}`, which pip did not install with them, had to be added for {', '.join(lacking)}.")
    print(f"{same} of {len(results[BASE])} programs compile to the same WfSpec in every version.")
    if rows:
        print()
        print(f"| program | {' | '.join(versions)} |")
        print("| --- " * (len(versions) + 1) + "|")
        for cells, names in rows.items():
            print(f"| {', '.join(names)} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
