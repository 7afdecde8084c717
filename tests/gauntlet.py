"""The gauntlet (tests/corpus/gauntlet.py) through `keepmum clean`: what hides must be gone, or the file refused by name.

Prints a line a group. Of 90 files and more none may leak; pictures that are written anew may not be refused. Each cleaned file is verified, and cleaned
again it is the same. That the search itself finds what hides is proved on the inputs.
"""
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent / "corpus"))
import gauntlet  # noqa: E402
import gauntlet_leaks  # noqa: E402
import program  # noqa: E402

REFUSED = set()  # kinds that clean does not write


def clean(folder, out):
    done = subprocess.run([program.KEEPMUM, "clean", folder, "-o", out, "--format", "jsonl", "--lang", "en", "--home", program.HOME], capture_output=True, timeout=600)
    if done.returncode not in (0, 1):
        print(f"keepmum ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
        sys.exit(1)
    return {pathlib.Path(entry["source"]).stem: entry for entry in map(json.loads, done.stdout.splitlines())}


cases = gauntlet.make(gauntlet.seeds(program.BUILD))
faults, table = [], collections.defaultdict(collections.Counter)
with tempfile.TemporaryDirectory(prefix="keepmum-gauntlet-") as place:
    dirty, once, twice = (pathlib.Path(place) / name for name in ("dirty", "once", "twice"))
    dirty.mkdir()
    for number, case in enumerate(cases):
        (dirty / f"{number:03}.{case.extension}").write_bytes(case.data)
        if not gauntlet_leaks.leaks(case, case.data):
            faults.append(f"{case.group}, {case.name}: nothing is hidden in it, or the search is blind")
    answers = clean(dirty, once)
    again = clean(once, twice) if once.is_dir() else {}
    for number, case in enumerate(cases):
        name, answer = f"{case.group}, {case.name}", answers.get(f"{number:03}")
        if not answer:
            faults.append(f"{name}: no answer")
            continue
        if answer["type"] == "refused":
            table[case.group]["refused"] += 1
            if case.group not in REFUSED and not case.refusable:
                faults.append(f"{name}: refused: {answer['reason']}")
            if not answer["reason"] or any(pathlib.Path(once).glob(f"{number:03}*")):
                faults.append(f"{name}: refused without a reason, or a copy was written")
            continue
        out = pathlib.Path(answer["output"])
        left = gauntlet_leaks.leaks(case, out.read_bytes())
        table[case.group]["leak" if left else "clean"] += 1
        if left:
            faults.append(f"{name}: {left} is left")
        copy = pathlib.Path(again[out.stem]["output"]) if again.get(out.stem, {}).get("type") == "cleaned" else None
        if not copy or copy.read_bytes() != out.read_bytes():
            faults.append(f"{name}: cleaned again it is another file")
    # A telephone's HEIC and the JPEG of the same name beside it: two copies.
    pair = pathlib.Path(place) / "pair"
    pair.mkdir()
    for extension in ("heic", "jpg"):
        (pair / f"a.{extension}").write_bytes(next(case.data for case in cases if case.extension == extension))
    clean(pair, pair / "out")
    if sorted(path.name for path in (pair / "out").iterdir() if path.suffix != ".json") != ["a.heic.jpg", "a.jpg"]:
        faults.append("of a.heic and a.jpg there are not two copies")
    verified = subprocess.run([program.KEEPMUM, "clean", "--verify", "--home", program.HOME, *sorted(str(path) for path in once.iterdir() if path.suffix != ".json")], capture_output=True)
    if verified.returncode != 0:
        faults.append("a copy does not verify: " + verified.stdout.decode())

print(f"{'':10} {'clean':>6} {'refused':>8} {'leak':>5}")
total = collections.Counter()
for group, counts in table.items():
    total += counts
    print(f"{group:10} {counts['clean']:6} {counts['refused']:8} {counts['leak']:5}")
print(f"{'all ' + str(len(cases)):10} {total['clean']:6} {total['refused']:8} {total['leak']:5}")
if len(cases) < 64:
    faults.append(f"only {len(cases)} hiding places")
print("\n".join(faults))
sys.exit(bool(faults))
