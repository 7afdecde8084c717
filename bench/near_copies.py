#!/usr/bin/env python3
"""Near copies of files: how often two files are said to share much of their bytes, and whether they do.

    bench/near_copies.py [-n FILES] [FOLDER…]    FOLDER: /usr/lib /usr/bin /usr/share unless said; FILES: 4000

Takes files of the folders that are no text (4 KB to 4 MB, each content once), as evenly as their names' hashes draw them; half of them are registered
(those that keepmum refuses, since it reads them, are left out), the other half checked. What `excerpt.copy` says of each pair is
held against the share of the larger file's 64-byte windows that both really have, counted here without keys and sketches (of
windows, a sixteenth by their own hash). A finding is false where that share is below an eighth, half of the quarter that is
promised; missed is a pair that shares more than two fifths. Findings in a member of an archive are about that member, and left out. SPDX-License-Identifier: GPL-3.0-or-later
"""
import argparse
import hashlib
import json
import os
import pathlib
import subprocess
import tempfile

import numpy

root = pathlib.Path(__file__).resolve().parent.parent
keepmum = os.environ.get("KEEPMUM", str(pathlib.Path(os.environ.get("KEEPMUM_BUILD", root / "build/release")) / "bin/keepmum"))
options = argparse.ArgumentParser()
options.add_argument("-n", type=int, default=4000)
options.add_argument("folders", nargs="*", default=["/usr/lib", "/usr/bin", "/usr/share"])
given = options.parse_args()
WINDOW, FACTOR = 64, 0x9E3779B97F4A7C15


def candidates():
    found = {}
    for folder in given.folders:
        for path in pathlib.Path(folder).rglob("*"):
            if path.is_symlink() or not path.is_file() or not 4096 <= path.stat().st_size <= 4 << 20 or "," in str(path):
                continue
            found[hashlib.sha256(str(path).encode()).hexdigest()] = path
    seen = set()
    for _, path in sorted(found.items()):
        try:
            content = path.read_bytes()
        except OSError:
            continue
        digest = hashlib.sha256(content).digest()
        if b"\0" in content[:4096] and digest not in seen:
            seen.add(digest)
            yield path, content
            if len(seen) == given.n:
                return


def powers(count):
    out = numpy.empty(count, dtype=numpy.uint64)
    out[:] = FACTOR
    out[0] = 1
    return numpy.cumprod(out, dtype=numpy.uint64)


POWERS = powers((4 << 20) + 1)


def windows(content):
    """The hashes of a sixteenth of all different windows, sorted."""
    bytes_ = numpy.frombuffer(content, dtype=numpy.uint8).astype(numpy.uint64) + numpy.uint64(1)
    sums = numpy.concatenate([numpy.zeros(1, numpy.uint64), numpy.cumsum(bytes_ * POWERS[:len(bytes_)], dtype=numpy.uint64)])
    hashes = (sums[WINDOW:] - sums[:-WINDOW]) * POWERS[len(bytes_) - WINDOW - numpy.arange(len(bytes_) - WINDOW + 1)]
    # Each window is brought to one power, that of the file's end; files differ in length, so it is divided out.
    hashes *= numpy.uint64(pow(pow(FACTOR, len(bytes_) - WINDOW, 1 << 64), -1, 1 << 64))
    hashes ^= hashes >> numpy.uint64(29)
    hashes *= numpy.uint64(0xBF58476D1CE4E5B9)
    hashes ^= hashes >> numpy.uint64(32)
    return numpy.unique(hashes[hashes % numpy.uint64(16) == 0])


def share(one, other):
    larger = max(len(one), len(other))
    return len(numpy.intersect1d(one, other, assume_unique=True)) / larger if larger else 0.0


files = list(candidates())
registered, asked = files[::2], files[1::2]
with tempfile.TemporaryDirectory(prefix="keepmum-bench-") as name:
    folder = pathlib.Path(name)
    for kind, some in (("kept", registered), ("asked", asked)):
        (folder / kind).mkdir()
        for number, (_, content) in enumerate(some):
            (folder / kind / f"{number}.bin").write_bytes(content)
    home = folder / "home"
    added = subprocess.run([keepmum, "register", "add", str(folder / "kept"), "--level", "secret", "--home", str(home), "--lang", "en"], capture_output=True, text=True)
    kept = {int(line.split("“")[1].split(".bin”")[0]) for line in added.stdout.splitlines() if "near copies" in line and ".bin”" in line}
    done = subprocess.run([keepmum, "check", str(folder / "asked"), "--home", str(home), "--lang", "en", "--format", "jsonl"], capture_output=True, text=True)
    said = set()
    for line in done.stdout.splitlines():
        one = json.loads(line)
        if one["type"] == "finding" and one["rule"] == "excerpt.copy" and "!" not in one["place"]:
            said.add((int(pathlib.Path(one["source"]).stem), int(one["facts"]["document"].removesuffix(".bin"))))

ours = {number: windows(registered[number][1]) for number in sorted(kept)}
owners = {}
for number, hashes in ours.items():
    for value in hashes[::4].tolist():
        owners.setdefault(value, []).append(number)
false, missed, alike = [], [], 0
for number, (path, content) in enumerate(asked):
    own = windows(content)
    near = {other for value in own.tolist() for other in owners.get(value, ()) if len(owners[value]) <= 30}
    near |= {other for one, other in said if one == number}
    for other in near:
        real = share(own, ours[other])
        alike += real > 0.4
        if (number, other) in said and real < 0.125:
            false.append((real, path, registered[other][0]))
        if (number, other) not in said and real > 0.4:
            missed.append((real, path, registered[other][0]))
print(f"{len(kept):,} files registered, {len(asked):,} asked: {len(kept) * len(asked):,} pairs")
print(f"{len(said):,} near copies said, {len(false):,} of them false")
print(f"{alike:,} pairs share more than two fifths, {len(missed):,} of them missed")
for what, some in (("false", false), ("missed", missed)):
    for real, path, other in sorted(some)[:5]:
        print(f"  {what}: {real:.2f} {path} {other}")
