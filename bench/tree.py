#!/usr/bin/env python3
"""A tree of source code, end to end, beside gitleaks with the same rules and rg with one literal; then the start.

Usage: bench/tree.py RULES.toml PATH…    RULES.toml: gitleaks' own, given to both. gitleaks and rg are taken from PATH
or from the variables GITLEAKS and RG; a peer that is not there is left out, saying so. Targets: 10 times as fast as
gitleaks, within 4 times of rg; a start (an empty file checked, compiled rules cached) in 20 ms.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import pathlib
import shutil
import sys
import tempfile

import side_by_side as side


def copy_tree(paths, to):
    """The regular files under `paths`, so that all sides read the same and none follows a link."""
    size = count = 0
    for number, path in enumerate(paths):
        for folder, _, names in os.walk(path):
            for name in names:
                source = pathlib.Path(folder) / name
                if source.is_symlink() or not source.is_file():
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
    check = [side.keepmum, "check", "--home", home, "--format", "jsonl", "-o", temporary / "out", empty]
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
        sides = {"keepmum": [side.keepmum, "check", "--home", home, "--format", "jsonl", "-o", out, "--pack", rules, tree]}
        gitleaks, rg = side.find("gitleaks", "GITLEAKS"), side.find("rg", "RG")
        if gitleaks:
            sides["gitleaks"] = [gitleaks, "dir", "--no-banner", "-l", "error", "-c", rules, "-f", "json", "-r", out, tree]
        else:
            print("gitleaks is not there: left out")
        if rg:
            sides["rg, one literal"] = [rg, "-uu", "-c", "keepmum-bench-literal", tree]
        else:
            print("rg is not there: left out")
        side.best(sides, 1)  # the cache is filled, the files are in memory
        times = side.best(sides, 3)
        for name, seconds in times.items():
            print(f"{name:34} {seconds:8.2f} s  {size / 1e6 / seconds:8.1f} MB/s")
        own = times["keepmum"]
        if gitleaks:
            print(f"keepmum is {times['gitleaks'] / own:.1f} times as fast as gitleaks (target 10)")
        if rg:
            print(f"keepmum takes {own / times['rg, one literal']:.1f} times as long as rg (target 4)")
        measure_start(temporary, home)


main()
