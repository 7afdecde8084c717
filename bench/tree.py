#!/usr/bin/env python3
"""A tree of source code, end to end, beside gitleaks with the same rules, Kingfisher with its own, and rg with one
literal; then the start.

Usage: bench/tree.py RULES.toml PATH…    RULES.toml: gitleaks' own, given to keepmum and gitleaks. The peers are taken
from PATH or from the variables GITLEAKS, KINGFISHER and RG; one that is not there is left out, saying so. Compiled files
(an ELF or `ar` mark, .pyc) are no source code and are left out of the tree, since rg ends at their first NUL; the line
`rg -a` searches whatever else is binary to its end. Targets: 10 times as fast as gitleaks, faster than Kingfisher,
within 4 times of rg; a start (an empty file checked, compiled rules cached) in 20 ms.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import pathlib
import shutil
import sys
import tempfile

import side_by_side as side


def is_compiled(path):
    """Whether the file is what a compiler or linker made."""
    with path.open("rb") as file:
        return path.suffix == ".pyc" or file.read(8).startswith((b"\x7fELF", b"!<arch>\n"))


def copy_tree(paths, to):
    """The regular files under `paths`, so that all sides read the same and none follows a link."""
    size = count = 0
    for number, path in enumerate(paths):
        for folder, _, names in os.walk(path):
            for name in names:
                source = pathlib.Path(folder) / name
                if source.is_symlink() or not source.is_file() or is_compiled(source):
                    continue
                target = to / str(number) / source.relative_to(path)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
                size += source.stat().st_size
                count += 1
    return count, size


def measure_start(temporary, home):
    """Milliseconds to check an empty file and to say nothing, less nothing."""
    empty = temporary / "empty.txt"
    empty.write_text("")
    check = [side.keepmum, "check", "--home", home, "--format", "jsonl", empty]
    times = side.best({"keepmum check, one empty file": check, "true": ["true"]}, 20)
    for name, seconds in times.items():
        print(f"{name:34} {seconds * 1e3:8.1f} ms")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    rules = side.need(sys.argv[1], "the rules that both sides use")
    side.need(side.keepmum, "build it first")
    with tempfile.TemporaryDirectory() as folder:
        temporary = pathlib.Path(folder)
        tree, home = temporary / "tree", temporary / "home"
        count, size = copy_tree(sys.argv[2:], tree)
        print(f"{count} files, {size / 1e6:.1f} MB")
        out = temporary / "out"
        sides = {"keepmum": [side.keepmum, "check", "--home", home, "--format", "jsonl", "--pack", rules, tree]}
        gitleaks, kingfisher, rg = side.find("gitleaks", "GITLEAKS"), side.find("kingfisher", "KINGFISHER"), side.find("rg", "RG")
        if gitleaks:
            sides["gitleaks"] = [gitleaks, "dir", "--no-banner", "-l", "error", "-c", rules, "-f", "json", "-r", out, tree]
        if kingfisher:  # its own rules; no network, no look into git
            sides["kingfisher"] = [kingfisher, "scan", "-q", "--no-validate", "--no-update-check", "--git-history", "none",
                                   "-f", "jsonl", "-o", out, tree]
        if rg:
            literal = "keepmum-bench-literal"
            sides |= {"rg": [rg, "-uu", "-c", literal, tree], "rg -a": [rg, "-uu", "-a", "-c", literal, tree]}
        for name, program in {"gitleaks": gitleaks, "kingfisher": kingfisher, "rg": rg}.items():
            if not program:
                print(f"{name} is not there: left out")
        side.medians(sides, 1)  # the cache is filled, the files are in memory
        costs = side.medians(sides, 3)
        for name, (clock, processor) in costs.items():
            print(f"{name:12} {clock:8.2f} s  {processor:8.2f} s of processor  {size / 1e6 / clock:8.1f} MB/s")
        own = costs.pop("keepmum")
        for name, each in costs.items():
            print(f"keepmum takes {own[0] / each[0]:.2f} of the time of {name}, {own[1] / each[1]:.2f} of its processor time")
        measure_start(temporary, home)


main()
