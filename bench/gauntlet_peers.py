#!/usr/bin/env python3
"""The gauntlet through other cleaners beside keepmum, with versions: bench/gauntlet_peers.py [BUILD] [-v].

Each gets a copy of every file of tests/corpus/gauntlet.py under its right extension. Refused: it says so (a failure), or writes nothing. Peers
are Debian's exiftool, mat2, exiv2 and ImageMagick; those that are not installed are left out.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import collections
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(next((word for word in sys.argv[1:] if word != "-v"), ROOT / "build/release")).resolve()
sys.path.insert(0, str(ROOT / "tests/corpus"))
import gauntlet  # noqa: E402
import gauntlet_leaks  # noqa: E402


def call(*command):
    try:
        return subprocess.run([str(word) for word in command], capture_output=True, timeout=120)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, b"", b"")


def keepmum(path, out):
    done = call(BUILD / "bin/keepmum", "clean", path, "-o", out, "--home", out.parent / "home", "--format", "jsonl")
    made = [other for other in out.parent.glob(out.stem + ".*") if other.suffix != ".json"]
    return made[0] if done.returncode == 0 and made else None


def in_place(*command):
    def clean(path, out):
        shutil.copy(path, out)
        done = call(*command, out)
        return out if done.returncode == 0 else None
    return clean


def mat2(path, out):
    shutil.copy(path, out)
    done = call("mat2", out)
    made = out.with_name(out.stem + ".cleaned" + out.suffix)
    return made if done.returncode == 0 and made.exists() else None


def magick(path, out):
    done = call("convert", path, "-strip", out)
    made = sorted(out.parent.glob(out.stem + "*" + out.suffix))
    return made[0] if done.returncode == 0 and made else None


def version(*command):
    said = call(*command).stdout.decode(errors="replace").splitlines()
    return said[0].strip() if said else "?"


PEERS = {
    "keepmum": (keepmum, lambda: version(BUILD / "bin/keepmum", "--version")),
    "exiftool": (in_place("exiftool", "-all=", "-overwrite_original", "-q"), lambda: "exiftool " + version("exiftool", "-ver")),
    "mat2": (mat2, lambda: version("mat2", "--version")),
    "exiv2": (in_place("exiv2", "rm"), lambda: version("exiv2", "--version")),
    "convert": (magick, lambda: version("convert", "--version")),
}
cases = gauntlet.make(gauntlet.seeds(BUILD))
table, details = {}, collections.defaultdict(list)
for peer, (clean, say_version) in PEERS.items():
    if peer != "keepmum" and not shutil.which(peer):
        continue
    counts = table[say_version()[:48]] = collections.Counter()
    with tempfile.TemporaryDirectory(prefix="keepmum-peers-") as place:
        for number, case in enumerate(cases):
            folder = pathlib.Path(place) / str(number)
            folder.mkdir()
            (folder / "in").mkdir()
            dirty = folder / "in" / f"picture.{case.extension}"
            dirty.write_bytes(case.data)
            made = clean(dirty, folder / f"clean.{case.extension}")
            what = "refused" if made is None else "leak" if gauntlet_leaks.leaks(case, made.read_bytes()) else "clean"
            counts[what] += 1
            details[peer, what].append(f"{case.group}: {case.name}")
print(f"{len(cases)} hiding places{'':32} clean refused  leak")
for name, counts in table.items():
    print(f"{name:48} {counts['clean']:5} {counts['refused']:7} {counts['leak']:5}")
if "-v" in sys.argv:
    for (peer, what), names in details.items():
        print(f"\n{peer}, {what}: " + "; ".join(names))
