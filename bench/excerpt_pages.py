#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages of registered documents as bad pictures, read by a machine: what `bench_excerpt FOLDER -o` asks the register for.

    bench/excerpt_pages.py FOLDER [PAGES]                        # read by tesseract alone
    KEEPMUM_MODELS=DIR bench/excerpt_pages.py FOLDER [PAGES] -k  # as keepmum reads pictures, with the networks that lie in DIR

FOLDER is what excerpt_corpus.py filled. PAGES (8) documents of Debian's handbook in each language, evenly drawn, are
painted as A4 pages, spoilt in four ways and read. FOLDER/pages/KIND-LANGUAGE-NUMBER.txt gets the reading, behind
one line "SOURCE INDEX" that says of which document; with -k FOLDER/pages-networks/… or, without any networks, FOLDER/pages-keepmum/…, which
`bench_excerpt FOLDER -o -p networks` asks for. -k needs `bench_ocr`. Needs python3-pil, python3-numpy, tesseract-ocr with -eng and -chi-sim,
fonts-dejavu-core and fonts-noto-cjk. Pages that were
read before are kept. Deterministic but for tesseract's version.
"""
import io
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = {"latin": ("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf", 11), "chinese": ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 14)}
LETTERS = {"latin": 2400, "chinese": 616}
FULL = 300  # dots per inch of a clean page


def paint(text: str, language: str) -> Image.Image:
    width, height, margin = 2480, 3508, 300
    path, points = FONTS[language]
    font = ImageFont.truetype(path, points * FULL // 72, index=2 if language == "chinese" else 0)  # 2: simplified Chinese
    page = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(page)
    top, step = margin, points * FULL // 72 * 3 // 2
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split(" ") if language == "latin" else paragraph:
            longer = line + (" " if line and language == "latin" else "") + word
            if draw.textlength(longer, font=font) <= width - 2 * margin:
                line = longer
                continue
            draw.text((margin, top), line, 20, font=font)
            top, line = top + step, word
        draw.text((margin, top), line, 20, font=font)
        top += step
        if top > height - margin:
            break
    return page


def at_dpi(page: Image.Image, dpi: int) -> Image.Image:
    return page.resize((page.width * dpi // FULL, page.height * dpi // FULL), Image.LANCZOS)


def noisy(page: Image.Image, deviation: float, seed: int) -> Image.Image:
    pixels = numpy.asarray(page, dtype=numpy.float32)
    pixels = pixels + numpy.random.default_rng(seed).normal(0, deviation, pixels.shape)
    return Image.fromarray(numpy.clip(pixels, 0, 255).astype(numpy.uint8))


def jpeg(page: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    page.save(out, "JPEG", quality=quality)
    return Image.open(io.BytesIO(out.getvalue())).convert("L")


def shaded(page: Image.Image, darkest: float) -> Image.Image:
    pixels = numpy.asarray(page, dtype=numpy.float32)
    down, along = numpy.mgrid[0 : pixels.shape[0], 0 : pixels.shape[1]]
    light = 1 - (1 - darkest) * (down / pixels.shape[0] * 0.6 + along / pixels.shape[1] * 0.4)
    return Image.fromarray((pixels * light).astype(numpy.uint8))


def tilted(page: Image.Image, strength: float) -> Image.Image:
    """Seen from aside: the top edge shorter than the bottom one by twice `strength`, and turned a little."""
    width, height = page.size
    left, low = strength * width, strength * height
    corners = [(left, low / 2), (0.0, float(height)), (float(width), height - low / 3), (width - left, 0.0)]  # where the page's go
    plain = [(0.0, 0.0), (0.0, float(height)), (float(width), float(height)), (float(width), 0.0)]
    rows, wanted = [], []
    for (x, y), (to_x, to_y) in zip(corners, plain):
        rows += [[x, y, 1, 0, 0, 0, -to_x * x, -to_x * y], [0, 0, 0, x, y, 1, -to_y * x, -to_y * y]]
        wanted += [to_x, to_y]
    weights = numpy.linalg.solve(numpy.array(rows), numpy.array(wanted))
    return page.transform(page.size, Image.PERSPECTIVE, tuple(weights), Image.BICUBIC, fillcolor=170)


def scan(page: Image.Image, seed: int) -> Image.Image:
    return jpeg(noisy(at_dpi(page, 200).rotate(0.4, Image.BICUBIC, fillcolor=255), 6, seed), 75)


def photo(page: Image.Image, seed: int) -> Image.Image:
    return jpeg(noisy(shaded(tilted(at_dpi(page, 150), 0.02), 0.7), 5, seed), 80)


def blurred(page: Image.Image, seed: int) -> Image.Image:
    """About one letter in five is misread."""
    soft = tilted(at_dpi(page, 110), 0.045).filter(ImageFilter.GaussianBlur(0.5))
    return jpeg(noisy(shaded(soft, 0.6), 5, seed), 50)


def copy(page: Image.Image, seed: int) -> Image.Image:
    """A copy of a copy of a copy: blurred, turned and made black and white each time, with dirt."""
    page = at_dpi(page, 200)
    dirt = random.Random(seed)
    for generation in range(3):
        page = page.rotate(0.3 - 0.3 * generation, Image.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(1.0))
        page = noisy(page, 22, seed + generation).point(lambda value: 255 if value > 150 else 0)
        draw = ImageDraw.Draw(page)
        for _ in range(900):
            x, y, size = dirt.randrange(page.width), dirt.randrange(page.height), dirt.choice((0, 0, 1, 1, 2))
            draw.rectangle((x, y, x + size, y + size), fill=dirt.choice((0, 0, 255)))
    return page


KINDS = {"scan": scan, "photo": photo, "blurred": blurred, "copy": copy}


def read(page: Image.Image, language: str, dpi: int) -> str:
    picture = io.BytesIO()
    page.save(picture, "PNG")
    command = ["tesseract", "-", "-", "-l", "eng" if language == "latin" else "chi_sim", "--dpi", str(dpi)]
    done = subprocess.run(command, input=picture.getvalue(), capture_output=True, check=True, env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"})
    return done.stdout.decode("utf-8")


def read_by_keepmum(page: Image.Image) -> str:
    root = Path(__file__).resolve().parent.parent
    with tempfile.NamedTemporaryFile(suffix=".png") as picture:
        page.save(picture.name)
        program = Path(os.environ.get("KEEPMUM_BUILD", root / "build/release")) / "bin/bench_ocr"
        done = subprocess.run([program, picture.name], capture_output=True, check=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})  # as in a worker
    return "".join(word[0] for word in json.loads(done.stdout)["words"])


def main() -> None:
    keepmum = "-k" in sys.argv
    words = [word for word in sys.argv[1:] if word != "-k"]
    folder, pages = Path(words[0]), int(words[1]) if len(words) > 1 else 8
    out = folder / ("pages" if not keepmum else "pages-networks" if os.environ.get("KEEPMUM_MODELS") else "pages-keepmum")
    out.mkdir(exist_ok=True)
    for language in ("latin", "chinese"):
        source = f"{language}-handbook"
        documents = (folder / "text/register" / (source + ".txt")).read_text("utf-8").split("\f")
        long_enough = [i for i, text in enumerate(documents) if len(text) >= LETTERS[language] * 1.2]
        for number in range(pages):
            index = long_enough[number * len(long_enough) // pages]
            page = paint(documents[index][: LETTERS[language] * 5 // 4], language)
            for kind, spoil in KINDS.items():
                dpi = {"scan": 200, "photo": 150, "blurred": 110, "copy": 200}[kind]
                target = out / f"{kind}-{language}-{number:02}.txt"
                if target.exists():
                    continue
                spoilt = spoil(page, number)
                if number == 0:
                    spoilt.save(target.with_suffix(".png"))
                target.write_text(f"{source} {index}\n" + (read_by_keepmum(spoilt) if keepmum else read(spoilt, language, dpi)), "utf-8")
                print(target.name, flush=True)


if __name__ == "__main__":
    main()
