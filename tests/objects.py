#!/usr/bin/env python3
"""Things of concern in pictures: what is said with the network, without it, and with a damaged one. The pictures are drawn here.

The network is taken from $KEEPMUM_MODELS, else from the user's folder (tools/fetch_models objects); without it the part that
needs it is skipped (77).

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import os
import pathlib
import random
import re
import struct
import subprocess
import sys
import tempfile
import zlib

build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build/release").resolve()
root = pathlib.Path(__file__).resolve().parent.parent
faults = []


def expect(truth, what):
    if not truth:
        faults.append(what)


class Canvas:
    def __init__(self, width, height, above, below):
        self.width, self.height = width, height
        self.rows = [[tuple(int(a + (b - a) * y / height) for a, b in zip(above, below))] * width for y in range(height)]

    def box(self, left, top, right, bottom, colour):
        for y in range(top, min(bottom, self.height)):
            self.rows[y][left:right] = [colour] * (right - left)

    def shape(self, corners, colour):
        """A filled polygon."""
        for y in range(self.height):
            cuts = []
            for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1]):
                if (ay <= y) != (by <= y):
                    cuts.append(int(ax + (y - ay) * (bx - ax) / (by - ay)))
            cuts.sort()
            for left, right in zip(cuts[::2], cuts[1::2]):
                self.box(left, y, right, y + 1, colour)

    def grain(self, seed, reach):
        chance = random.Random(seed)
        self.rows = [[tuple(min(255, max(0, value + chance.randint(-reach, reach))) for value in pixel) for pixel in row] for row in self.rows]

    def soften(self):
        """Each pixel with its neighbours to the right and below: edges as a lens draws them."""
        for _ in range(2):
            below = self.rows[1:] + self.rows[-1:]
            self.rows = [[tuple((a + b + c + d) // 4 for a, b, c, d in zip(*four)) for four in zip(row, row[1:] + row[-1:], next_, next_[1:] + next_[-1:])]
                         for row, next_ in zip(self.rows, below)]

    def lay_on_its_side(self):
        """Stored so that Exif's orientation 6 sets it upright."""
        turned = Canvas(self.height, self.width, (0, 0, 0), (0, 0, 0))
        for y in range(turned.height):
            turned.rows[y] = [self.rows[x][self.width - 1 - y] for x in range(self.height)]
        return turned

    def png(self, *chunks):
        raw = b"".join(b"\0" + bytes(value for pixel in row for value in pixel) for row in self.rows)
        return wrap(struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0), *chunks, (b"IDAT", zlib.compress(raw, 1)))


def wrap(head, *chunks):
    out = b"\x89PNG\r\n\x1a\n"
    for name, content in [(b"IHDR", head), *chunks, (b"IEND", b"")]:
        out += struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
    return out


def exif(orientation=1, taken=None):
    entries = [struct.pack(">HHIHH", 0x112, 3, 1, orientation, 0)]
    tail = b""
    if taken:
        entries.append(struct.pack(">HHII", 0x132, 2, 20, 8 + 2 + 24 + 4))
        tail = taken.encode() + b"\0"
    return b"eXIf", b"MM\0*" + struct.pack(">IH", 8, len(entries)) + b"".join(entries) + b"\0\0\0\0" + tail


def draw_submarine():
    """A submarine on the surface, plain enough that nobody takes it for a photograph."""
    canvas = Canvas(640, 480, (150, 180, 205), (210, 220, 225))
    canvas.box(0, 280, 640, 480, (40, 80, 100))
    canvas.shape([(40, 300), (90, 270), (560, 268), (610, 300)], (25, 28, 32))
    canvas.shape([(270, 271), (285, 190), (345, 190), (355, 271)], (28, 30, 34))
    canvas.box(303, 130, 307, 190, (50, 50, 50))
    canvas.box(321, 150, 324, 190, (50, 50, 50))
    chance = random.Random(4)
    for number in range(200):
        left, top = chance.randint(0, 600), chance.randint(300, 478)
        canvas.box(left, top, left + chance.randint(10, 40), top + 2, (70, 115, 135) if number % 2 else (30, 65, 85))
    for left in range(30, 610, 9):
        canvas.box(left, 295, left + 7, 302, (200, 215, 220))
    canvas.soften()
    canvas.grain(1, 6)
    return canvas


def draw_noise():
    canvas = Canvas(320, 240, (128, 128, 128), (128, 128, 128))
    canvas.grain(2, 120)
    return canvas


class Home:
    def __init__(self, folder, network):
        self.folder = pathlib.Path(folder)
        if network is not None:
            models = self.folder / "data/models"
            models.mkdir(parents=True)
            (models / "objects.onnx").write_bytes(network)

    def run(self, command, *words):
        return subprocess.run([build / "bin/keepmum", command, "--home", str(self.folder), *words], text=True, capture_output=True, cwd=self.folder)

    def lines(self, path):
        done = self.run("check", "--format", "jsonl", str(path))
        return [json.loads(line) for line in done.stdout.splitlines()]


def verdict_of(lines):
    return next(line for line in lines if line["type"] == "verdict")


def objects_in(lines):
    return [line for line in lines if line["type"] == "finding" and line["rule"] == "photo.object"]


def network_bytes():
    row = re.search(r'MODEL\("objects", "objects.onnx", (\d+)', (root / "src/io/models.inc").read_text())
    folders = [os.environ.get("KEEPMUM_MODELS"), os.environ.get("XDG_DATA_HOME", "") and os.environ["XDG_DATA_HOME"] + "/keepmum/models",
               pathlib.Path.home() / ".local/share/keepmum/models"]
    for folder in filter(None, folders):
        path = pathlib.Path(folder) / "objects.onnx"
        if path.is_file():
            return int(row[1]), path.read_bytes()
    return int(row[1]), None


def without_network(folder, pictures, size):
    plain = Home(folder / "none", None)
    (folder / "none").mkdir()
    lines = plain.lines(pictures / "submarine.png")
    expect(not objects_in(lines), "something is told without a network")
    expect(verdict_of(lines).get("objects") == "not-looked-for", "a report without network does not say so")
    for language, words in (("en", "weapons"), ("zh", "武器")):
        text = plain.run("check", "--lang", language, str(pictures / "submarine.png")).stdout
        expect(words in re.sub(r"\n +", "", text), f"{language}: weapons are not among what was not judged")
    expect("not here" in next(line for line in plain.run("doctor", "--lang", "en").stdout.splitlines() if "things of concern" in line),
           "doctor does not say that the network is missing")
    for name, network, words in (("short", b"\x08\x04", "cut short"), ("damaged", bytes(size), "damaged")):
        home = Home(folder / name, network)
        lines = home.lines(pictures / "submarine.png")
        expect(verdict_of(lines).get("objects") == "not-looked-for" and not objects_in(lines), f"{name}: a verdict as if it had been looked")
        expect(words in home.run("doctor", "--lang", "en").stdout, f"{name}: doctor does not say so")


def with_network(folder, pictures, network):
    home = Home(folder / "with", network)
    lines = home.lines(pictures / "submarine.png")
    told = objects_in(lines)
    expect([one["facts"].get("object") for one in told] == ["submarine"] and "military" in told[0]["labels"], f"the submarine is not told: {told}")
    verdict = verdict_of(lines)
    expect(verdict.get("objects") == "looked-for" and verdict["outcome"] == "warn", f"the submarine alone: {verdict['outcome']}")
    verdict = verdict_of(home.lines(pictures / "dated.png"))
    expect("photo-object-where-when" in [one["clause"] for one in verdict["because"]] and verdict["outcome"] == "hold", "with a time it does not hold")
    expect([one["facts"].get("object") for one in objects_in(home.lines(pictures / "turned.png"))] == ["submarine"], "not told where Exif turns it")
    for language, words in (("en", "a submarine"), ("zh", "潜艇")):
        expect(words in home.run("check", "--lang", language, str(pictures / "submarine.png")).stdout, f"{language}: the sheet does not say it")
    for name in ("noise.png", "small.png", "flat.png"):
        lines = home.lines(pictures / name)
        expect(not objects_in(lines), f"{name}: {objects_in(lines)}")
    lines = home.lines(pictures / "huge.png")
    expect(not objects_in(lines) and verdict_of(lines)["outcome"] == "hold", "a picture of 65,000 x 65,000 is not held")
    expect(home.run("doctor", "--lang", "en").stdout.count("works    things of concern") == 1, "doctor does not see the network")


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    pictures = folder / "pictures"
    pictures.mkdir()
    drawn = draw_submarine()
    (pictures / "submarine.png").write_bytes(drawn.png())
    (pictures / "dated.png").write_bytes(drawn.png(exif(taken="2026:05:04 09:30:00")))
    (pictures / "turned.png").write_bytes(drawn.lay_on_its_side().png(exif(orientation=6)))
    (pictures / "noise.png").write_bytes(draw_noise().png())
    (pictures / "small.png").write_bytes(Canvas(64, 64, (0, 0, 0), (255, 255, 255)).png())
    (pictures / "flat.png").write_bytes(Canvas(300, 200, (255, 255, 255), (255, 255, 255)).png())
    (pictures / "huge.png").write_bytes(wrap(struct.pack(">IIBBBBB", 65000, 65000, 8, 2, 0, 0, 0), (b"IDAT", zlib.compress(bytes(1 << 20)))))
    size, network = network_bytes()
    without_network(folder, pictures, size)
    if network is not None:
        with_network(folder, pictures, network)

for fault in faults:
    print(fault)
if faults:
    sys.exit(1)
if network is None:
    print("objects: without the network as expected; skipped what needs it (tools/fetch_models objects)")
    sys.exit(77)
print("objects: told with the network, and honest without it")
