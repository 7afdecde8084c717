"""`keepmum clean --redact`: writing and codes are black in the copy, nothing else of it changed, and it is read again.

Draws writing in letters of 5 × 7 dots into a PGM, whose copy is a PGM again. Codes are those of KEEPMUM_DATA, where it is there.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent / "corpus"))
import program  # noqa: E402

LETTERS = {"S": " #####    #     ###     #    ##### ", "E": "######    #    #### #    #    #####", "C": " ### #   ##    #    #    #   # ### ",
           "R": "#### #   ##   ##### # #  #  # #   #", "T": "#####  #    #    #    #    #    #  ", "P": "#### #   ##   ##### #    #    #    ",
           "L": "#    #    #    #    #    #    #####", "A": " ### #   ##   #######   ##   ##   #", "N": "#   ###  ##  ### # ##  ###  ###   #"}
WIDTH, HEIGHT, DOT = 900, 300, 6


def draw(words):
    rows = [bytearray(b"\xe6" * WIDTH) for _ in range(HEIGHT)]
    inked = set()
    left = 60
    for letter in words:
        for dot, ink in enumerate(LETTERS.get(letter, "")):
            if ink != "#":
                continue
            for y in range(DOT):
                for x in range(DOT):
                    at = left + dot % 5 * DOT + x, 120 + dot // 5 * DOT + y
                    rows[at[1]][at[0]] = 20
                    inked.add(at)
        left += 6 * DOT
    return rows, inked


def clean(*arguments):
    return subprocess.run([program.KEEPMUM, "clean", *arguments, "--lang", "en", "--home", program.HOME], capture_output=True, text=True, timeout=300)


faults = []
with tempfile.TemporaryDirectory(prefix="keepmum-redact-") as place:
    folder = pathlib.Path(place)
    rows, inked = draw("SECRET PLANS TREES")
    picture, copy = folder / "seen.pgm", folder / "copy.pgm"
    picture.write_bytes(f"P5\n{WIDTH} {HEIGHT}\n255\n".encode() + b"".join(rows))
    done = clean("--redact", "writing", picture, "-o", copy, "--format", "jsonl")
    if done.returncode != 0:
        print(done.stdout + done.stderr)
        sys.exit(1)
    pixels = copy.read_bytes()[-WIDTH * HEIGHT:]
    left = sum(pixels[y * WIDTH + x] != 0 for x, y in inked)
    black = sum(value == 0 for value in pixels)
    other = sum(value not in (0, 0xE6) for value in pixels)
    print(f"writing: {left} of {len(inked)} inked pixels left, {black} black, {other} changed beside them")
    if left or other or not len(inked) < black < 6 * len(inked):
        faults.append("the writing is not painted over, or more than it")
    if "a part painted over" not in json.loads(done.stdout)["changed"]:
        faults.append("it is not told")
    if clean("--verify", copy).returncode != 0:
        faults.append("the copy does not verify")
    for wrong in (("--redact", "faces"), ("--redact", "codes", "--coarser", "100")):
        if clean(*wrong, picture, "-o", folder / "wrong.pgm").returncode != 2:
            faults.append(f"{wrong} is not refused")
    codes = sorted((program.DATA / "approach/qr").glob("*.png"))[:6] if (program.DATA / "approach/qr").is_dir() else []
    for number, code in enumerate(codes):
        out = folder / f"code{number}.png"
        if clean("--redact", "codes", code, "-o", out).returncode != 0:
            faults.append(f"{code.name}: not redacted")
            continue
        before, after = (subprocess.run([program.KEEPMUM, "approach", "--qr", path, "--lang", "en", "--home", program.HOME], capture_output=True).stdout for path in (code, out))
        if b"no code" in before or b"no code" not in after:
            faults.append(f"{code.name}: a code is still read")
print(f"codes: {len(codes)} pictures")
print("\n".join(faults))
sys.exit(bool(faults))
