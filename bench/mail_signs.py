#!/usr/bin/env python3
"""How many mails keepmum approach calls amber or red, and on which technical signs: honest mail and phishing, counts alone.

Usage: bench/mail_signs.py [BUILD] [--trusted FILE …]. Sets: KEEPMUM_DATA/approach (SpamAssassin 2002-2003; phishing of the 2020s, which
may only be evaluated). Different decades, so the two are no pair. SPDX-License-Identifier: GPL-3.0-or-later
"""
import collections
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile

arguments = sys.argv[1:]
build = pathlib.Path(arguments.pop(0) if arguments and not arguments[0].startswith("-") else "build/release")
data = pathlib.Path(os.environ.get("KEEPMUM_DATA", "../shared/data")) / "approach"


def interval(part, whole):
    share, z = part / whole, 1.96
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return f"{100 * share:.1f} % ({100 * max(0, middle - half):.1f} to {100 * min(1, middle + half):.1f})"


def judge(name, folders):
    files = sorted(str(path) for folder in folders for path in (data / folder).glob("*.eml"))
    if not files:
        return print(f"{name}: skipped, nothing at {data}")
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run([build / "bin/keepmum", "approach", "--home", home, "--format", "jsonl", *arguments, *files], capture_output=True, text=True)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    lights = collections.Counter(line["rule"] for line in lines if line["type"] == "finding" and line["rule"] in ("approach.amber", "approach.red"))
    technical = [line for line in lines if line["type"] == "finding" and line["rule"] in ("approach.amber", "approach.red") and "l" in line["facts"].get("rests-on", "")]
    signs = collections.Counter(line["rule"] for line in lines if line["type"] == "finding" and line["rule"].startswith("approach.l"))
    wrong = sum(lights.values())
    print(f"{name}: {len(files)} mails, amber or red {wrong}: {interval(wrong, len(files))}; resting on a link or sender {len(technical)}")
    print("   signs: " + ", ".join(f"{rule[9:]} {count}" for rule, count in sorted(signs.items())))


judge("honest mail", ["spamassassin/easy-ham-1", "spamassassin/easy-ham-2", "spamassassin/hard-ham-1"])
judge("advertising of the time", ["spamassassin/spam-1", "spamassassin/spam-2"])
judge("phishing", ["phishing_pot-CC-BY-NC"])
