"""The HTML report of photos as a reader sees it: Chromium draws it in both languages, and the picture that comes out is
looked at: the answer's red, the photos themselves, what is hidden in them beside them, the map and the timeline.
"""
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).parent / "corpus"))
import program  # noqa: E402

WIDTH, HEIGHT = 560, 3000
PHOTOS = ["samples/leaky/dock.jpg", "samples/leaky/crop.png", "samples/photos"]
HOLD, PIN, VIEW = (168, 40, 31), (179, 41, 31), (59, 111, 176)
faults = []


def expect(good, what):
    if not good:
        faults.append(what)


def read_png(data):
    """Rows of (red, green, blue, …) bytes, and bytes a pixel: what Chromium writes, 8 bits, not interlaced."""
    width, height, bits, kind = struct.unpack(">IIBB", data[16:26])
    size = {2: 3, 6: 4}[kind]
    packed, at = b"", 8
    while at < len(data):
        length, name = struct.unpack(">I4s", data[at:at + 8])
        packed += data[at + 8:at + 8 + length] if name == b"IDAT" else b""
        at += length + 12
    raw, rows, before = zlib.decompress(packed), [], bytearray(width * size)
    assert bits == 8
    for y in range(height):
        start = y * (width * size + 1)
        row, method = bytearray(raw[start + 1:start + 1 + width * size]), raw[start]
        for i in range(len(row) if method else 0):
            left, up, corner = row[i - size] if i >= size else 0, before[i], before[i - size] if i >= size else 0
            if method == 4:
                guess = left + up - corner
                near = min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]
            row[i] = row[i] + (left if method == 1 else up if method == 2 else (left + up) // 2 if method == 3 else near) & 255
        rows.append(bytes(row))
        before = row
    return rows, size


def draw(page, folder):
    shot = folder / "shot.png"
    shot.unlink(missing_ok=True)
    subprocess.run([BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={folder}/browser", f"--screenshot={shot}",
                    f"--window-size={WIDTH},{HEIGHT}", page.as_uri()], capture_output=True, timeout=120, check=True)
    return shot.read_bytes()


def look(language, drawn):
    rows, size = read_png(drawn)
    colours = [[row[i:i + 3] for i in range(0, len(row), size)] for row in rows]

    def count(wanted, slack=6):
        return sum(all(abs(a - b) <= slack for a, b in zip(pixel, wanted)) for row in colours for pixel in row)

    expect(count(HOLD, 14) > 5000, f"{language}: no red banner")
    expect(count(PIN) > 150, f"{language}: no pins on map and timeline")
    # A photo has many colours side by side, a page of text few: stretches of rows with many are pictures.
    rich = [len(set(row)) > 60 for row in colours]
    pictures = sum(1 for y in range(1, len(rich)) if rich[y] and not rich[y - 1] and all(rich[y:y + 20]))
    expect(pictures >= 2, f"{language}: {pictures} pictures seen")


BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
if not BROWSER:
    program.skip("no chromium on PATH")
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    for language in ("en", "zh"):
        page = folder / f"{language}.html"
        done = subprocess.run([program.KEEPMUM, "check", "--home", program.HOME, "--lang", language, "--format", "html", "-o", page, *PHOTOS],
                              cwd=program.ROOT, capture_output=True, timeout=300)
        expect(done.returncode == 1, f"{language}: ended with {done.returncode}: {done.stderr.decode()}")
        text = page.read_text()
        expect(not re.search(r"<script|\bon[a-z]+=|javascript:", text), f"{language}: the page has scripts")
        expect("default-src 'none'" in text and not re.search(r"(src|href)=\"(?!data:|#)", text), f"{language}: the page loads something")
        expect(text.count('class="chart"') == 2, f"{language}: map and timeline are not both there")
        expect(text.count('<svg class="picture"') >= 7, f"{language}: {text.count('<svg class=')} pictures")
        expect(text.count('<figure class="hidden">') >= 2, f"{language}: the hidden pictures are not shown beside the visible ones")
        for sentence in {"en": ("north is up", "hidden in the file", "May it be posted?"), "zh": ("上方为北", "藏在文件里的画面", "能发吗？")}[language]:
            expect(sentence in text, f"{language}: does not say '{sentence}'")
        look(language, draw(page, folder))
print("\n".join(faults) or "page: drawn in two languages")
sys.exit(bool(faults))
