"""`keepmum clean` over the public pictures of data/photos: no leak, no silent loss.

Leaks are looked for by what an independent reader (the golden dumps' values, and long words of the file's own metadata) says of the input.
Frames and pages are counted in both files by readers of our own here. Files that must be refused (PngSuite's x*, what is cut short) never
give a copy. Skips where the data is missing.
"""
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent / "corpus"))
import program  # noqa: E402

PHOTOS = program.DATA / "photos"
if not PHOTOS.is_dir():
    program.skip(f"{PHOTOS} is not there")
COMMON = re.compile(rb"Photoshop|Adobe|JFIF|Copyright|Exif|http|ICC_PROFILE|unknown", re.I)


def golden_values(path):
    """Values of text tags in the golden dump of a file."""
    dump = path.parent / "metadata/java" / (path.name + ".txt")
    if not dump.is_file():
        return set()
    found = re.findall(r"^\[Exif [^]]*\] [^=]*(?:Make|Model|Artist|Copyright|Serial Number|Software|Image Description|Date/Time Original) = (.{6,})$", dump.read_text(errors="replace"), re.M)
    return {value.strip().encode() for value in found if len(value.strip()) >= 6}


def frames(data):
    """How many frames or pages a file says it has."""
    if data.startswith(b"\x89PNG"):
        at = data.find(b"acTL")
        return int.from_bytes(data[at + 4:at + 8], "big") if at > 0 else 1
    if data.startswith(b"RIFF"):
        return max(1, data.count(b"ANMF"))
    return None


answers, faults, kinds = {}, [], collections.Counter()
with tempfile.TemporaryDirectory(prefix="keepmum-photos-") as place:
    done = subprocess.run([program.KEEPMUM, "clean", PHOTOS, "-o", pathlib.Path(place) / "out", "--format", "jsonl", "--lang", "en", "--home", program.HOME], capture_output=True, timeout=850)
    if done.returncode not in (0, 1):
        print(f"keepmum ended with {done.returncode}: {done.stderr.decode(errors='replace')[-1000:]}")
        sys.exit(1)
    searched = 0
    for entry in map(json.loads, done.stdout.splitlines()):
        source = pathlib.Path(entry["source"])
        kinds[entry["type"], source.suffix.lower()] += 1
        if entry["type"] == "refused":
            if not entry["reason"]:
                faults.append(f"{source}: refused without a reason")
            if re.search("no cleaned copy has|words of its metadata|cleaned again|not show the same", entry["reason"]):
                faults.append(f"{source}: {entry['reason']}")
            continue
        before, after = source.read_bytes(), pathlib.Path(entry["output"]).read_bytes()
        if source.parent.name == "pngsuite" and source.name.startswith("x"):
            faults.append(f"{source}: must be refused")
        words = {word for word in re.findall(rb"[A-Za-z0-9 :./_-]{10,}", before[:65536]) if len(set(word)) > 5 and not COMMON.search(word)} if entry["removed"] else set()
        words = {word for word in words if word not in b"456789:CDEFGHIJSTUVWXYZcdefghijstuvwxyz"} | {value for value in golden_values(source) if value in before}
        searched += len(words)
        left = [word for word in words if word in after or word.decode("latin-1").encode("utf-16-le") in after]
        if left:
            faults.append(f"{source}: left: {left[:3]}")
        if frames(before) not in (None, entry["frames"]) and not entry["left_out"]:
            faults.append(f"{source}: {frames(before)} frames, of which the copy has {entry['frames']}, and nothing is said")

total = collections.Counter()
for (kind, suffix), count in sorted(kinds.items()):
    total[kind] += count
    if kind == "cleaned":
        print(f"{suffix:6} cleaned {count:4}  refused {kinds['refused', suffix]:4}")
print(f"{total['cleaned']} cleaned, {total['refused']} refused; {searched} words looked for; {len(faults)} leaks and silent losses")
print("\n".join(faults))
sys.exit(bool(faults))
