#!/usr/bin/env python3
"""Facts of a folder of photos beside `exiftool -fast -json` on the same files: bench/photo_metadata.py [-n ROUNDS] PATH…

Both in one process, all sides in turn; processor time, medians, and the ratio of each round's pair. Beside them the whole
`keepmum check`, confined, one child a file, without reading writing in the pictures. Needs `libimage-exiftool-perl`.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

import times

BUILD = pathlib.Path(os.environ.get("KEEPMUM_BUILD", pathlib.Path(__file__).parent.parent / "build/release"))
KINDS = {".jpg", ".jpeg"}

parser = argparse.ArgumentParser()
parser.add_argument("-n", type=int, default=7)
parser.add_argument("paths", nargs="+", type=pathlib.Path)
options = parser.parse_args()
files = sorted(str(file) for path in options.paths for file in ([path] if path.is_file() else path.rglob("*")) if file.suffix.lower() in KINDS)
if not files:
    sys.exit("no JPEG there")
with tempfile.TemporaryDirectory(prefix="keepmum-bench-") as place:
    names = pathlib.Path(place) / "names"
    names.write_text("".join(file + "\n" for file in files))
    sides = {
        "facts": [str(BUILD / "bin/photo_facts"), *files],
        "exiftool -fast": ["exiftool", "-fast", "-json", "-@", str(names)],
        "keepmum check": [str(BUILD / "bin/keepmum"), "check", "--home", place + "/home", "--limits", "pictures=0", "-j1", *files],
    }
    taken = {side: [] for side in sides}
    for _ in range(options.n):
        for side, command in sides.items():
            taken[side].append(times.taken(command)[1])
version = subprocess.run(["exiftool", "-ver"], capture_output=True, text=True, check=False).stdout.strip()
print(f"{len(files)} JPEGs, {sum(os.path.getsize(file) for file in files) / 1e6:.1f} MB, exiftool {version}, {options.n} rounds")
for side, measured in taken.items():
    ratio = statistics.median(peer / own for own, peer in zip(measured, taken["exiftool -fast"]))
    print(f"{side:16} {statistics.median(measured):7.3f} s of processor   {ratio:5.2f} times as fast as exiftool")
