#!/usr/bin/env python3
"""How many of the known secrets of leaky-repo the shipped rules find, and how much else.

The truth (.leaky-meta/secrets.csv) counts risky and informative lines a file, so lines are compared by number a
file: found = lines with a finding, at most as many as are risky; extra = lines beyond risky and informative ones.

Usage: bench/leaky_repo.py [BUILD] [FOLDER]   (bench_secrets must be built)
SPDX-License-Identifier: GPL-3.0-or-later
"""
import collections
import csv
import os
import pathlib
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parent.parent
build = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else root / "build/release"
data = pathlib.Path(os.environ.get("KEEPMUM_DATA", root.parent / "shared/data"))
folder = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else data / "scanners/leaky-repo"
if not folder.is_dir():
    print(f"{folder} is not there")
    sys.exit(77)

rows = [line for line in (folder / ".leaky-meta/secrets.csv").read_text().splitlines() if line.strip() and line[0] != "#"]
truth = {name: (int(risky), int(informative)) for name, risky, informative in csv.reader(rows)}
out = subprocess.run([build / "bin/bench_secrets", "--pack", root / "packs/credentials.toml", folder],
                     check=True, capture_output=True, text=True).stdout
lines = collections.defaultdict(dict)
for row in out.splitlines():
    if not row.startswith(str(folder)):
        continue
    place, rule, certainty, _ = row.rsplit(" ", 3)
    name, line = place.rsplit(":", 1)
    lines[os.path.relpath(name, folder)].setdefault(line, set()).add(certainty)

found = extra = informative_found = 0
for name, (risky, informative) in sorted(truth.items()):
    count = len(lines.get(name, {}))
    found += min(count, risky)
    informative_found += min(max(count - risky, 0), informative)
    extra += max(count - risky - informative, 0)
    if count < risky:
        print(f"{name}: {count} of {risky} risky lines")
    if count > risky:
        print(f"{name}: {count - risky} more than the {risky} risky lines")
unlisted = {name: len(found_lines) for name, found_lines in lines.items() if name not in truth}
for name, count in sorted(unlisted.items()):
    print(f"{name}: {count} lines in a file of which the truth says nothing")
risky = sum(row[0] for row in truth.values())
print(f"recall {found}/{risky} = {found / risky:.3f}; informative lines reported {informative_found}; "
      f"lines beyond both {extra}; in other files {sum(unlisted.values())}")
