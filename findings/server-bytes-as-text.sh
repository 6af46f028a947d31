#!/usr/bin/env bash
# LittleHorse server 1.2.1 (Maven Central), with the Python SDK 1.3.0: BYTES cast to STR.
#
# Both casts between STR and BYTES are allowed. A text cast to BYTES is its bytes in UTF-8 (and is not read as Base64). BYTES may
# even be assigned to a STR without a cast, but the text isn't theirs: it is what Java calls an array that it can't print, "[B@"
# and a number that differs from run to run. Nothing fails, and what was in the bytes can't be had back. One expects the text that
# the bytes were made from, or their Base64, as LittleHorse's JSON writes them.
#
# Seen: server 1.2.1 with the SDK 1.3.0, JDK 25, Kafka 4.1.0.
set -euo pipefail

folder="$(mktemp -d)"
. "$(dirname "$0")/support/server.sh"
trap 'stop_server; rm -rf "$folder"' EXIT
start_server

cat > "$folder/bytes-as-text.py" <<'PROGRAM'
import re

from runs import run


def entrypoint(wf):
    text = wf.declare_str("text", "Ada")
    there = wf.declare_bytes("there")
    back = wf.declare_str("back")
    there.assign(text.cast_to_bytes())
    back.assign(there.cast_to_str())
    wf.declare_str("assigned").assign(there)
    wf.declare_str("formatted").assign(wf.format("{0}", there))


status, values, failures = run("bytes", entrypoint)
print(status, *failures)
for name in ("text", "there", "back", "assigned", "formatted"):
    print(name, *(re.sub("@[0-9a-f]+", "@NUMBER", value) for value in values[name].values()))
PROGRAM

compare "$(run_python "$folder/bytes-as-text.py")" "COMPLETED
text Ada
there QWRh
back [B@NUMBER
assigned [B@NUMBER
formatted [B@NUMBER"
