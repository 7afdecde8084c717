#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long `keepmum check` takes for one photo of 12 megapixels with writing in it, everything on: facts, writing, codes, objects.

    bench/photo_time.py FOLDER [--photos N] [--rounds N] [--recall-only]

FOLDER gets made photos of 4000 x 3000 pixels (kept between runs): badges, screens, signs, papers and densely written papers at a slant, in English
and Chinese, a fifth each (make_scene of bench/ocr.py). Each is checked by a program of its own, as somebody does who checks one photo; networks are taken from
$XDG_DATA_HOME/keepmum/models (tools/fetch_models). Printed: median, 95th percentile and most, by the clock and of processor time (worker programs
included), in all and by what stands in the photo; a plain decode of the same files by libjpeg-turbo; how busy the machine was; and of the lines
by their height in pixels how many were read (at most a tenth of the letters wrong) and how many not at all. Needs what bench/ocr.py needs, and `keepmum` built.
"""
import argparse
import json
import os
import pathlib
import sys

import ocr
import times

KINDS = ("badge", "screen", "sign", "paper", "dense paper")
BUILD = ocr.PROGRAM.parent
SEED = 700000


def photos(folder, count):
    made = []
    for number in range(count):
        kind, language = KINDS[number % len(KINDS)], ("en", "zh")[number // len(KINDS) % 2]
        path = folder / f"{kind.replace(' ', '-')}-{language}-{number:03}.jpg"
        if not path.with_suffix(".json").exists():
            picture, truth = ocr.make_scene(SEED + number, language, 4000, 3000, kind)
            path.write_bytes(picture)
            path.with_suffix(".json").write_text(json.dumps(truth, ensure_ascii=False))
        made.append((kind, path))
    return made


def check(path):
    """Seconds by the clock, and of processor, of one check."""
    return times.taken([str(BUILD / "keepmum"), "check", str(path)])


def tell(name, taken):
    print(f"{name:14}{len(taken):5}" + "".join(
        f"{ocr.at_share(values, 0.5):11.2f}{ocr.at_share(values, 0.95):8.2f}{max(values):8.2f}" for values in zip(*taken)))


def tell_recall(made, readings):
    heights = {}
    for (_, path), reading in zip(made, readings):
        truth = json.loads(path.with_suffix(".json").read_text())
        for line, pieces in zip(truth, ocr.lines_read(reading, truth)[0]):
            (ax, ay), _, _, (dx, dy) = line["corners"]
            tall = ((ax - dx) ** 2 + (ay - dy) ** 2) ** 0.5
            wanted, got = ocr.letters(line["text"]), ocr.letters("".join(text for piece in pieces for _, text in piece))
            row = heights.setdefault(min(int(tall) // 10 * 10, 60), [0, 0, 0])
            row[0] += 1
            row[1] += ocr.distance(wanted, got) <= len(wanted) / 10
            row[2] += not got
    print("lines by height, pixels      lines    read  missed")
    for tall, (lines, read, missed) in sorted(heights.items()):
        print(f"{tall:4} to {tall + 9 if tall < 60 else 'more':20}{lines:6}{100 * read / lines:7.1f}%{missed:8}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--photos", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=1, help="each photo so often; the quickest counts")
    parser.add_argument("--recall-only", action="store_true")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    models = pathlib.Path(os.environ.get("XDG_DATA_HOME") or pathlib.Path.home() / ".local/share") / "keepmum/models"
    if not (models / "writing-read.onnx").exists() or not (models / "objects.onnx").exists():
        print("skipped: no networks there; tools/fetch_models brings them")
        return 77
    made = photos(arguments.folder, arguments.photos)
    if not arguments.recall_only:
        load = os.getloadavg()[0]
        check(made[0][1])  # programs and networks are in memory now, as after the first photo of a day
        taken = [min(check(path) for _ in range(arguments.rounds)) for _, path in made]
        print(f"{'seconds':14}{'':5}{'by the clock':>24}{'of processor':>27}\n{'':14}{'':5}" + f"{'median':>11}{'95 %':>8}{'most':>8}" * 2)
        tell("all", taken)
        for kind in KINDS:
            tell(kind, [each for (one, _), each in zip(made, taken) if one == kind])
        print(f"processors: {os.cpu_count()}; load of the machine: {load:.1f} before, {os.getloadavg()[0]:.1f} after")
    readings = ocr.read([path for _, path in made], models)
    decode = [reading["decode_ms"] for reading in readings]
    print(f"plain decode by libjpeg-turbo: median {ocr.at_share(decode, 0.5):.0f} ms, 95 % {ocr.at_share(decode, 0.95):.0f} ms")
    tell_recall(made, readings)
    return 0


sys.exit(main())
