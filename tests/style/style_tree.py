"""Cheap checks of anchors that every file keeps: sizes, licence line, banned headers, banned words.

Exceptions stand in tests/style/exceptions.txt, which may only shrink.
"""
import pathlib
import re
import subprocess
import sys

root = pathlib.Path(".")
exceptions = {tuple(line.split(None, 1)) for line in (root / "tests/style/exceptions.txt").read_text().splitlines()
              if line and not line.startswith(("#", "function "))}
used, faults = set(), []


def fault(rule, path, text):
    if (rule, str(path)) in exceptions:
        used.add((rule, str(path)))
    else:
        faults.append(f"{path}: {text}  [{rule}]")


files = [pathlib.Path(name) for name in subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], text=True,
                                                       capture_output=True, check=True).stdout.split("\n") if name]
files = [path for path in files if path.is_file()]
heavy = re.compile(r"#include <(functional|iostream|ranges|regex|filesystem|chrono|thread)>")
synonyms = re.compile(r"\b(class|struct|enum class) \w*(Alert|Incident|Plugin|Manager|Handler|Util)\w*\b")
for path in files:
    if path.suffix in (".cpp", ".h"):
        text = path.read_text()
        lines = text.splitlines()
        limit = 500 if path.suffix == ".cpp" else 250
        if len(lines) > limit:
            fault("size", path, f"{len(lines)} lines, at most {limit}")
        if "SPDX-License-Identifier: GPL-3.0-or-later" not in text[:3000]:
            fault("licence", path, "no SPDX line")
        if path.suffix == ".h" and "#pragma once" not in text:
            fault("once", path, "no #pragma once")
        if path.suffix == ".h" and heavy.search(text):
            fault("heavy", path, f"a heavy header in a header: {heavy.search(text)[0]}")
        if synonyms.search(text):
            fault("words", path, f"a second word for a thing that has one: {synonyms.search(text)[0]}")
        inside = str(path).startswith("src/") and not path.name.endswith("_test.cpp")
        for number, line in enumerate(lines, 1):
            # Tests carry their input in the line.
            if len(line) > (200 if path.name.endswith("_test.cpp") else 140):
                fault("width", path, f"line {number} is {len(line)} wide")
            code = line.split("//")[0]
            if inside and re.search(r"\bthrow\b", code):
                fault("throw", path, f"line {number} throws")
            if inside and re.search(r"(?<![_\w])(abort|exit)\(", code):
                fault("exit", path, f"line {number} ends the process")
            if inside and re.search(r"\bmutable\b", code) and "[" not in code:
                fault("mutable", path, f"line {number}: mutable")
            if inside and re.search(r"std::(mutex|thread|condition_variable)\b", code) and path.parts[1] not in ("engine", "cli"):
                fault("threads", path, f"line {number}: only the engine has threads")
            if inside and re.search(r"\bstd::any\b|\bdlopen\b", code):
                fault("any", path, f"line {number}: {code.strip()}")
    if re.search(r"\b(TODO|FIXME)\b", path.read_text(errors="replace")) and path.suffix in (".cpp", ".h", ".py", ".md"):
        if path.name != "style_tree.py":
            fault("unfinished", path, "an unfinished mark")
for folder in {path.parent for path in files if path.parts[0] in ("src", "tools", "docs")}:
    entries = {p.parts[len(folder.parts)] for p in files if p.parts[:len(folder.parts)] == folder.parts}
    if len(entries) > 40:
        fault("crowded", folder, f"{len(entries)} entries, at most 40")
for stale in sorted(exceptions - used):
    faults.append(f"tests/style/exceptions.txt: no longer needed: {' '.join(stale)}")
print("\n".join(faults) or f"style: {len(files)} files")
sys.exit(bool(faults))
