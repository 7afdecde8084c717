#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""No two types of one name: all of them stand in namespace keepmum and are linked into one program.

Two different classes of one name compile, link, and then one of them runs with the other's constructor. Types of an anonymous
namespace, or inside another type, are their file's own and do not count; nor do tests.
"""
import pathlib
import re
import sys

definition = re.compile(r"^(?:template <[^>]*>\s*)?(?:struct|class|enum class|enum)\s+(?:\[\[\w+\]\]\s*)?(\w+)\b(?!::)[^;()]*\{")
places = {}
for path in sorted(pathlib.Path("src").rglob("*")):
    if path.suffix not in (".h", ".cpp") or path.stem.endswith("_test"):
        continue
    anonymous, space = False, "keepmum"
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line.startswith("namespace {"):
            anonymous = True
        elif line.startswith("}  // namespace") and anonymous:
            anonymous = False
        elif named := re.match(r"namespace (\S+) \{", line):
            space = named[1]
        elif line.startswith("}  // namespace"):
            space = "keepmum"
        found = definition.match(line)
        if found and not anonymous:
            places.setdefault(f"{space}::{found[1]}", []).append(f"{path}:{number}")
faults = [f"{name}: {' and '.join(where)}" for name, where in sorted(places.items()) if len({w.split(":")[0] for w in where}) > 1]
print("\n".join(faults) or f"names: {len(places)} types, each of its own name")
sys.exit(bool(faults))
