#!/usr/bin/env python3
"""Every folder of src/format and every extractor has a fuzz target in tests/fuzz.

A format counts where a target bears its name or includes one of its headers; an extractor, where a target
names its id or calls the function that its family's registry gives for it.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import pathlib
import re
import sys

targets = {path.stem: path.read_text() for path in pathlib.Path("tests/fuzz").glob("*.cpp")}
faults = [f"tests/fuzz/{name}.cpp: no LLVMFuzzerTestOneInput" for name, text in targets.items() if "LLVMFuzzerTestOneInput" not in text]

formats = sorted(path.name for path in pathlib.Path("src/format").iterdir() if path.is_dir())
for name in formats:
    if name not in targets and not any(f'#include "format/{name}/' in text for text in targets.values()):
        faults.append(f"src/format/{name}: no target in tests/fuzz")

parse_nothing = {"text.sealed", "ocr.about"}  # one knows an encrypted file and says so, one says which reader there is
extractors = []
for registry in sorted(pathlib.Path("src/extract").glob("*/registry.cpp")):
    rows = re.findall(r'\{"([\w.-]+)",\s*&?(\w+)\}', registry.read_text())
    if not rows:
        faults.append(f"{registry}: no rows that this test can read")
    extractors += rows
called = re.compile(r"\b(\w+)\(\)")
functions = {name for text in targets.values() for name in called.findall(text)}
for identity, function in extractors:
    if identity not in parse_nothing and function not in functions and not any(f'"{identity}"' in text for text in targets.values()):
        faults.append(f"extractor {identity}: no target in tests/fuzz")

print("\n".join(faults) or f"{len(targets)} fuzz targets for {len(formats)} formats and {len(extractors)} extractors")
sys.exit(bool(faults))
