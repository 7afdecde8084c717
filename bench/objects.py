#!/usr/bin/env python3
"""How well things of concern are told apart in pictures, and how often a picture without any raises a verdict.

usage: bench/objects.py [build/release] NETWORK FOLDER [--calibrate] [--chances FILE]

FOLDER holds a folder for each sort of pictures, with any folders in it: none-SORT (pictures without any such thing: none-camera,
none-wallpaper, none-toy, none-game) and has-CLASS (pictures with one, of a class of packs/photo/objects.toml). In `labelled` lie
pictures that are named after a synset of ImageNet ("n04552348_warplane.JPEG"); HAS, NEAR and LEFT_OUT below say what they are. bench/README.md says where
ours came from. --chances FILE: what object_chances printed for them before, so that the network need not look again.

Pictures are parted in two halves by the SHA-256 of their bytes. --calibrate prints, from the first half alone, the chance from which
each class is to be told: above all but one in a thousand of its pictures without any, and never below 0.25. Without it the second
half is reported, under the chances that are in the table: how many pictures without any raise a verdict, with the 95 % interval
(Wilson), by sort, and how many of those with one are told.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import argparse
import collections
import hashlib
import math
import pathlib
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = tomllib.loads((ROOT / "packs/photo/objects.toml").read_text(encoding="utf-8"))
LEAST, STEP = 0.25, 0.05


PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".heic", ".avif"}

HAS = {"n02687172": "warship", "n04347754": "submarine", "n04552348": "warplane", "n03773504": "missile", "n04008634": "missile",
       "n04389033": "armour", "n03478589": "armour", "n02950826": "gun", "n02749479": "gun", "n04090263": "gun", "n04086273": "gun",
       "n04044716": "antenna", "n04266014": "spacecraft", "n03240683": "platform", "n03857828": "instrument", "n03782006": "screen",
       "n04152593": "screen", "n03642806": "screen", "n03832673": "screen", "n03180011": "screen", "n04404412": "screen",
       "n03211117": "screen"}
# Some of these show one and some do not: aeroplanes and vessels of all kinds, uniforms, vests, holsters, pocket computers.
LEFT_OUT = {"n02691156", "n04530566", "n03763968", "n02916936", "n03527444", "n03485407"}
# Easily mistaken, or seen beside one: airliners, ships, engines, dishes, telephones, keyboards, desks, tools, drills.
NEAR = set("""n02690373 n02692877 n04592741 n03095699 n03673027 n04273569 n03344393 n03662601 n02981792 n04483307 n03216828 n03126707
n04465501 n03496892 n04252225 n04428191 n02704792 n03594945 n04461696 n04258138 n02992529 n03584254 n04009552 n04041544 n04392985
n03761084 n03793489 n03085013 n03179701 n06359193 n03290653 n03529860 n03995372 n03483316 n02841315 n04485082 n03759954 n02814860
n03837869 n03220513 n03956157 n04456115 n03666591 n02783161 n04376876 n04074963 n04004767 n03924679 n06874185 n03481172 n03777754
n03492542 n03602883""".split())


def kind_of(inside):
    """"none:SORT", "has:CLASS" or "" for what is left out; `inside` is the path below FOLDER."""
    synset = inside.name.split("_")[0]
    if inside.parts[0] == "labelled":
        if synset in LEFT_OUT:
            return ""
        return "has:" + HAS[synset] if synset in HAS else "none:near" if synset in NEAR else "none:photo"
    return inside.parts[0].replace("-", ":", 1)


def collect(folder):
    """{path: kind} of different contents."""
    kinds, seen = {}, set()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.suffix.lower() not in PICTURES or not path.is_file():
            continue
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        kind = kind_of(inside)
        if not kind or digest in seen:
            continue
        seen.add(digest)
        kinds[str(path)] = kind
    return kinds


def interval(hits, of):
    """Wilson's, 95 %."""
    if not of:
        return 0.0, 1.0
    z, share = 1.96, hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    reach = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return middle - reach, middle + reach


def is_first_half(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).digest()[0] < 128


def look(program, network, paths):
    """What object_chances prints of these pictures."""
    return subprocess.run([program, network], input="".join(path + "\n" for path in paths), stdout=subprocess.PIPE, text=True, check=True).stdout


def read_chances(printed):
    """{path: {class: chance}} of the first picture of each file."""
    seen = {}
    for line in printed.splitlines():
        path, rest = line.split("\t")
        pairs = (pair.split("@")[0].split("=") for pair in rest.split()[1:])
        seen.setdefault(path, {name: float(chance) for name, chance in pairs})
    return seen


def calibrate(kinds, seen):
    none = [path for path in seen if kinds[path].startswith("none:")]
    print(f"{len(none)} pictures without any, first half")
    for row in TABLE["class"]:
        chances = sorted((seen[path][row["id"]] for path in none), reverse=True)
        above = chances[len(chances) // 1000]  # as many as that may lie above
        least = max(LEAST, math.ceil((above + 1e-9) / STEP) * STEP)
        with_one = [path for path in seen if kinds[path].startswith("has:") and row["id"] in kinds[path][4:].split(",")]
        told = sum(seen[path][row["id"]] >= least for path in with_one)
        print(f"{row['id']:12} chance {least:.2f}   (highest without any: {', '.join(f'{one:.2f}' for one in chances[:3])}; "
              f"told {told} of {len(with_one)})")


def report(kinds, seen):
    least = {row["id"]: row["chance"] for row in TABLE["class"]}
    told = {path: [name for name, chance in chances.items() if chance >= least[name]] for path, chances in seen.items()}
    sorts, classes = collections.defaultdict(lambda: [0, 0]), collections.defaultdict(lambda: [0, 0, 0])
    for path, names in told.items():
        kind, what = kinds[path].split(":", 1)
        if kind == "none":
            for sort in (what, "all"):
                sorts[sort][0] += bool(names)
                sorts[sort][1] += 1
            if names:
                print(f"raised: {what:10} {', '.join(f'{name} {seen[path][name]:.2f}' for name in names):24} {pathlib.Path(path).name}")
        else:
            wanted = what.split(",")
            for name in (wanted[0], "all"):
                classes[name][0] += any(one in wanted for one in names)
                classes[name][1] += bool(names)
                classes[name][2] += 1
    print("\npictures without any that raise a verdict (second half)")
    for sort, (raised, of) in sorted(sorts.items(), key=lambda item: item[0] == "all"):
        low, high = interval(raised, of)
        print(f"  {sort:12} {raised:4} of {of:5}   {100 * raised / of:5.2f} %   (95 %: {100 * low:.2f} to {100 * high:.2f} %)")
    print("pictures with one: told as what it is, told as anything, of (second half)")
    for name, (right, any_, of) in sorted(classes.items(), key=lambda item: item[0] == "all"):
        print(f"  {name:12} {right:4} {any_:4} of {of:4}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("words", nargs="+", metavar="[BUILD] NETWORK FOLDER")
    parser.add_argument("--calibrate", action="store_true")
    parser.add_argument("--chances", type=pathlib.Path)
    arguments = parser.parse_args()
    build = arguments.words.pop(0) if len(arguments.words) == 3 else ROOT / "build/release"
    if len(arguments.words) != 2:
        parser.error("a network and a folder")
    network, folder = arguments.words
    kinds = collect(pathlib.Path(folder))
    wanted = {path for path in kinds if is_first_half(path) == arguments.calibrate}
    printed = arguments.chances.read_text() if arguments.chances else look(pathlib.Path(build) / "bin/object_chances", network, wanted)
    seen = {path: chances for path, chances in read_chances(printed).items() if path in wanted}
    (calibrate if arguments.calibrate else report)(kinds, seen)


main()
