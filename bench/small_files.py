#!/usr/bin/env python3
"""Many small text files: keepmum check beside `rg -c x`, which opens and reads them all too.

Usage: bench/small_files.py [COUNT] [FOLDER]    COUNT files of 4 KB (100,000) are made in FOLDER (a temporary one),
a thousand a folder; what stands there already is used again. Both sides get a thread for each processor. Target: at
least half the rate of rg.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import pathlib
import random
import sys
import tempfile

import side_by_side as side

WORDS = ("the a of to and in that is was he for it with as his on be at by had not are but from or have an they which "
         "one you were all her she there would their we him been has when who will no more if out so up said what its "
         "about than into them can only other time new some could these two may first then do now people way").split()


def make(folder, count):
    """`count` files of prose and short numbers, 4 KB each; what stands there already is kept."""
    draw = random.Random(1)
    for number in range(count):
        file = folder / f"{number // 1000:03}" / f"{number:06}.txt"
        if file.exists():
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        words = []
        size = 0
        while size < 4096:
            word = draw.choice(WORDS) if draw.random() < 0.95 else str(draw.randrange(10000))
            words.append(word + ("\n" if draw.random() < 0.08 else " "))
            size += len(words[-1])
        file.write_text("".join(words)[:4096])


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    side.need(side.keepmum, "build it first")
    threads = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else temporary + "/files")
        make(folder, count)
        sides = {"keepmum": [side.keepmum, "check", "-j", threads, "--home", temporary + "/home", "--format", "jsonl", folder]}
        rg = side.find("rg", "RG")
        if rg:
            sides["rg"] = [rg, "-j", threads, "-c", "x", folder]
        side.medians(sides, 1)  # the cache is filled, the files are in memory
        costs = side.medians(sides, 3)
        print(f"{count} files, {threads} threads each, medians of 3 rounds")
        for name, (clock, processor) in costs.items():
            print(f"{name:8} {count / clock:9.0f} files/s  {processor / count * 1e6:7.1f} us of processor a file")
        if rg:
            (clock, processor), (clock_rg, processor_rg) = costs["keepmum"], costs["rg"]
            print(f"keepmum has {clock_rg / clock:.2f} of the rate of rg by the clock, "
                  f"{processor_rg / processor:.2f} by what the processors spent (target 0.5)")


main()
