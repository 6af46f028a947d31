"""Writes what LittleHorse's SDK for Python knows of LittleHorse's messages as one FileDescriptorSet.

    python3 descriptors.py WHEEL OUTPUT

The modules are read, not run: each holds its file's descriptor as a literal of bytes.
"""

import ast
import sys
import zipfile


def descriptors(wheel):
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(archive.namelist()):
            if name.startswith("littlehorse/model/") and name.endswith("_pb2.py"):
                yield from serialized(ast.parse(archive.read(name)))


def serialized(module):
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "AddSerializedFile":
            yield ast.literal_eval(node.args[0])


def varint(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def main():
    wheel, output = sys.argv[1:]
    # Field 1 of a FileDescriptorSet, with a length.
    entries = [b"\x0a" + varint(len(file)) + file for file in descriptors(wheel)]
    if not entries:
        sys.exit(f"{wheel}: it holds no descriptors")
    with open(output, "wb") as out:
        out.write(b"".join(entries))


main()
