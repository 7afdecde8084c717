#!/usr/bin/env python3
"""What a register costs the one who checks: `check` beside `check` with N registered documents, and its start.

Usage: bench/register.py [-n DOCUMENTS] [-r REPEATS] [PATH…]    DOCUMENTS: 100000 unless said; PATH: what is checked, else
/usr/share/doc. The documents are made up (2,400 letters each, words drawn as in speech) and registered with `register add`; how long
that took and how large the register is are printed too. Each pair is run in turn; processor time counts, so that a busy machine
slows both alike. Target: at most 1.3 times `check` without; a start that does not grow with the register.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import argparse
import os
import pathlib
import random
import resource
import statistics
import subprocess
import tempfile
import time

root = pathlib.Path(__file__).resolve().parent.parent
keepmum = pathlib.Path(os.environ.get("KEEPMUM_BUILD", root / "build/release")) / "bin/keepmum"
options = argparse.ArgumentParser()
options.add_argument("-n", type=int, default=100_000)
options.add_argument("-r", type=int, default=5)
options.add_argument("paths", nargs="*", default=["/usr/share/doc"])
given = options.parse_args()


def run(*words):
    """Processor and wall time, in seconds."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([str(keepmum), *map(str, words)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{words}: {done.stderr}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.perf_counter() - start


def vocabulary(random_source):
    syllables = [a + b for a in ("b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr") for b in ("a", "e", "i", "o", "u", "en", "er", "is", "or", "un")]
    return ["".join(random_source.choices(syllables, k=random_source.choice((1, 1, 2, 2, 3)))) for _ in range(20_000)]


def make_documents(folder, count):
    source = random.Random(1)
    words = vocabulary(source)
    weights = [1 / (rank + 3) for rank in range(len(words))]
    for number in range(count):
        place = folder / f"{number // 1000:04}"
        place.mkdir(exist_ok=True)
        text = source.choices(words, weights, k=620)
        lines = [" ".join(text[at:at + 12]) + "." for at in range(0, len(text), 12)]
        (place / f"{number}.txt").write_text("\n".join(lines))


with tempfile.TemporaryDirectory(prefix="keepmum-bench-") as name:
    folder = pathlib.Path(name)
    bare, few, full = folder / "bare", folder / "few", folder / "full"
    (folder / "documents").mkdir()
    make_documents(folder / "documents", given.n)
    for home, paths in ((few, sorted((folder / "documents/0000").iterdir())[:100]), (full, [folder / "documents"])):
        busy, wall = run("register", "add", *paths, "--level", "secret", "--home", home)
    size = sum(path.stat().st_size for path in (full / "data/register").rglob("*") if path.is_file())
    print(f"{given.n:,} documents of 2,400 letters registered in {wall:.0f} s, {busy:.0f} s of processor; {size / 1e6:,.0f} MB, {size / given.n:,.0f} bytes each")
    (folder / "small.txt").write_text("Nine: welcome. Ten: coffee.\n")
    for what, paths in (("start (one small file)", [folder / "small.txt"]), (" ".join(given.paths), given.paths)):
        repeats = given.r * 4 if what.startswith("start") else given.r
        ratios, times = [], []
        for home in (bare, few, full):
            run("check", "--home", home, *paths)  # rules compiled, files in the cache of the machine
        for _ in range(repeats):
            one = {home.name: run("check", "--home", home, "-o", folder / "out", "--format", "jsonl", *paths)[0] for home in (bare, few, full)}
            times.append(one)
            ratios.append(one["full"] / one["bare"])
        medians = {key: statistics.median(one[key] for one in times) for key in times[0]}
        print(f"{what}: {medians['bare'] * 1000:,.0f} ms without, {medians['few'] * 1000:,.0f} ms with 100, {medians['full'] * 1000:,.0f} ms with {given.n:,}: "
              f"{statistics.median(ratios):.2f} times (pairs from {min(ratios):.2f} to {max(ratios):.2f})")
