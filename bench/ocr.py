#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How well writing in photographs is read: made scenes in English and Chinese, by PP-OCR and by tesseract side by side.

    bench/ocr.py FOLDER [--half tuning|reported] [--pictures N] [--large N] [--models DIR] [--only NAME]

FOLDER gets the scenes (kept between runs; the same for the same fonts and Pillow) and, with -v, what was misread. Each scene is a
photograph of badges, screens, signs, labels and papers at a slant and in perspective, blurred, noisy, some with little contrast, before
a restless background. The two halves have seeds of their own; nothing was chosen by looking at the reported one.

Character error rate: for each written line, the edits (Levenshtein) from what was read inside of its outline to what stands there,
after NFKC, spaces left out; their sum by the letters that stand there. What was read where nothing stands is counted apart, and added in
the next column; in the one behind it the spaces count as letters (which says little of Chinese). --large N: N scenes of 12 million pixels more, for the time of such a photograph (all that the OCR worker does: decoding,
finding, reading), no character rate. Needs python3-pil, python3-numpy, fonts-dejavu-core, fonts-liberation2, fonts-noto-cjk, fonts-wqy-zenhei,
fonts-wqy-microhei, fonts-arphic-ukai, fonts-arphic-uming, and `cmake --build --preset release --target bench_ocr`.
"""
import argparse
import io
import json
import math
import os
import pathlib
import random
import subprocess
import sys
import unicodedata

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = pathlib.Path(os.environ.get("KEEPMUM_BUILD", ROOT / "build/release")) / "bin/bench_ocr"
TRUETYPE = "/usr/share/fonts/truetype/"
FONTS = {
    "en": [(TRUETYPE + name, 0) for name in (
        "dejavu/DejaVuSans.ttf", "dejavu/DejaVuSans-Bold.ttf", "dejavu/DejaVuSerif.ttf", "dejavu/DejaVuSansMono.ttf",
        "liberation2/LiberationSans-Regular.ttf", "liberation2/LiberationSans-Bold.ttf", "liberation2/LiberationSerif-Regular.ttf",
        "liberation2/LiberationMono-Bold.ttf")],
    "zh": [("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2), ("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", 2),
           ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2), ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc", 2),
           (TRUETYPE + "wqy/wqy-zenhei.ttc", 0), (TRUETYPE + "wqy/wqy-microhei.ttc", 0), (TRUETYPE + "arphic/uming.ttc", 0),
           (TRUETYPE + "arphic/ukai.ttc", 0)]}
SEEDS = {"tuning": 1000, "reported": 500000}

EN = {
    "what": "visitor access,restricted area,authorised personnel only,test stand,control room,cooling water,pump house,clean room,loading dock,"
            "server hall,assembly line,calibration bench,night shift,spare parts,flight hardware,fuel storage,antenna field,dry dock,weather mast,"
            "radio room,vacuum chamber,optics laboratory,battery store,chart table,engine hall,drawing office,survey vessel,relay station".split(","),
    "do": "keep clear,do not enter,wear your badge,no photography,report to the gate,switch off phones,close the valve first,ask before copying,"
          "return after use,check the seal,sign the log book,escort required,handle with care,read the manual,mind the step,lock this cabinet".split(","),
    "mark": "CONFIDENTIAL,INTERNAL USE ONLY,RESTRICTED,COMPANY CONFIDENTIAL,NOT FOR RELEASE,DRAFT,FOR OFFICIAL USE ONLY,COMMERCIAL IN CONFIDENCE".split(","),
    "word": "the schedule of trials begins on board with pressure test results from north sector and was moved because thermal margin fell below "
            "limit after second firing while crew waited near pier for delivery of valves under contract number which nobody had signed yet so "
            "we ask every team leader to send corrected drawings before Friday noon and keep copies in safe place".split()}
ZH = {
    "where": "第三试验室,总装车间,动力站,配电间,资料室,雷达站,测控中心,发射场区,机房重地,化学品库,水下工程部,精密加工中心,码头值班室,通信枢纽,档案库房,"
             "涂装车间,真空实验室,风洞试验段,计量检定室,燃料库".split(","),
    "do": "非授权人员禁止入内,请佩戴工作证,禁止拍照录像,进入须登记,手机请存放柜内,注意高压危险,请勿带出,用后归还,严禁烟火,涉密场所请遵守规定,"
          "先验电后作业,保持通道畅通,当心机械伤人,请勿触摸,轻拿轻放,未经许可不得复制".split(","),
    "mark": "机密★10年,秘密★5年,绝密★长期,内部资料注意保存,工作秘密,商业秘密,内部使用,不得外传,秘密★3年,机密★启用前".split(","),
    "head": "设备编号,责任人工号,检定日期,有效期至,压力上限,额定功率,联系电话,批次号,版本号,任务代号,温度范围,会议时间".split(","),
    "text": "根据年度计划安排本次联合试验定于下月初开始各参试单位应当提前完成设备检查并将结果报送总体部门现场指挥由值班领导负责遇有异常情况立即停止操作"
            "保护现场同时向上级报告数据记录须双人核对原始资料统一归档任何人不得擅自复制或者通过互联网传输新的冷却方案使涡轮进口温度降低约两成叶片寿命明显延长"
            "下一阶段重点解决密封材料老化和振动超标问题请采购部门尽快落实进口轴承替代方案"}


def line_en(draw):
    kind = draw.randrange(8)
    number = f"{draw.choice('ABCDEFGHKLMNPRSTVWX')}{draw.choice('ABCDEFGHKLMNPRSTVWX')}-{draw.randrange(1000, 99999)}"
    if kind == 0:
        return draw.choice(EN["what"]).upper() + f" {draw.randrange(1, 40)}"
    if kind == 1:
        return draw.choice(EN["do"]).capitalize()
    if kind == 2:
        return draw.choice(EN["mark"])
    if kind == 3:
        return f"{draw.choice(['Serial', 'Asset', 'Unit', 'Hull', 'Lot', 'Drawing'])} {number}"
    if kind == 4:
        return f"{draw.choice(['Pressure', 'Speed', 'Depth', 'Range', 'Power', 'Temp'])}: {draw.randrange(10, 9999)}.{draw.randrange(10)} {draw.choice(['bar', 'kW', 'm', 'km', 'rpm', 'kPa'])}"
    if kind == 5:
        return f"{draw.choice(['user', 'login', 'host', 'wifi', 'pass'])}: {draw.choice(['harbour', 'operator', 'turbine', 'gate', 'mast'])}{draw.randrange(100)}"
    if kind == 6:
        return f"20{draw.randrange(20, 30)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02} {draw.randrange(24):02}:{draw.randrange(60):02} {draw.choice(EN['what'])}"
    start = draw.randrange(len(EN["word"]) - 6)
    return " ".join(EN["word"][start:start + draw.randrange(3, 7)]).capitalize()


def line_zh(draw):
    kind = draw.randrange(7)
    if kind == 0:
        return draw.choice(ZH["where"])
    if kind == 1:
        return draw.choice(ZH["do"])
    if kind == 2:
        return draw.choice(ZH["mark"])
    if kind == 3:
        return f"{draw.choice(ZH['head'])}：{draw.choice('ABCDEFGHJK')}{draw.randrange(100, 99999)}"
    if kind == 4:
        return f"20{draw.randrange(20, 30)}年{draw.randrange(1, 13)}月{draw.randrange(1, 29)}日{draw.choice(ZH['where'])}"
    start = draw.randrange(len(ZH["text"]) - 16)
    return ZH["text"][start:start + draw.randrange(6, 16)]


def colours(draw, low):
    """Ink and paper: their lights lie far apart, or close."""
    paper = draw.choice([(245, 244, 238), (30, 32, 36), (250, 214, 60), (20, 70, 130), (200, 205, 210), (120, 30, 30), (235, 235, 245), (40, 90, 60)])
    light = sum(paper) / 3
    distance = draw.randint(48, 70) if low else draw.randint(130, 220)
    target = light - distance if light > 127 else light + distance
    target = min(255, max(0, target))
    tint = [draw.randint(-14, 14) for _ in range(3)]
    return tuple(int(min(255, max(0, target + one))) for one in tint), paper


def make_object(draw, language, size, kind=None):
    """A flat thing with writing on it, and the outline of each of its lines."""
    kind = kind or draw.choice(["badge", "screen", "sign", "paper", "label"])
    count = {"badge": 4, "screen": 5, "sign": 2, "paper": 6, "label": 3, "dense paper": 34}[kind]
    low = draw.random() < 0.25
    ink, paper = colours(draw, low)
    path, index = draw.choice(FONTS[language])
    height = int(size * {"badge": 1, "screen": 0.9, "sign": 1.5, "paper": 0.85, "label": 1.1, "dense paper": 0.6}[kind])
    texts = [(line_en if language == "en" else line_zh)(draw) for _ in range(count)]
    font = [ImageFont.truetype(path, int(height * (draw.uniform(1.2, 1.5) if i == 0 else 1)), index=index) for i in range(count)]
    boxes = [font[i].getbbox(texts[i]) for i in range(count)]
    margin = height
    width = max(box[2] for box in boxes) + 2 * margin
    gap = int(height * draw.uniform(0.35, 0.8))
    total = sum(box[3] for box in boxes) + gap * (count - 1) + 2 * margin
    picture = Image.new("RGB", (width, total), paper)
    pen = ImageDraw.Draw(picture)
    if kind in ("sign", "badge", "label"):
        pen.rectangle((4, 4, width - 5, total - 5), outline=ink, width=max(2, height // 10))
    y, lines = margin, []
    for i in range(count):
        x = margin if kind != "sign" else (width - boxes[i][2]) // 2
        pen.text((x, y), texts[i], ink, font=font[i])
        box = pen.textbbox((x, y), texts[i], font=font[i])
        lines.append((texts[i], [(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3])]))
        y += boxes[i][3] + gap
    return picture, lines, kind + (" low contrast" if low else "")


def homography(source, target):
    """The nine numbers that lead four corners onto four others."""
    rows = []
    for (x, y), (u, v) in zip(source, target):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    matrix = numpy.array(rows, dtype=float)
    solved = numpy.linalg.solve(matrix[:, :8], matrix[:, 8])
    return numpy.append(solved, 1).reshape(3, 3)


def moved(matrix, point):
    x, y, w = matrix @ numpy.array([point[0], point[1], 1.0])
    return x / w, y / w


def background(draw, width, height):
    """Smooth patches of several sizes, edges and stripes, as walls, shelves and leaves give them."""
    noise = numpy.random.default_rng(draw.getrandbits(32))
    base = numpy.full((height, width, 3), draw.uniform(60, 190), dtype=numpy.float32)
    for cells in (5, 17, 60):
        patch = noise.normal(0, 22, (cells * height // width + 2, cells, 3)).astype(numpy.float32)
        for colour in range(3):
            grey = Image.fromarray(patch[:, :, colour]).resize((width, height), Image.BICUBIC)
            base[:, :, colour] += numpy.asarray(grey)
    picture = Image.fromarray(numpy.clip(base, 0, 255).astype(numpy.uint8))
    pen = ImageDraw.Draw(picture)
    for _ in range(draw.randrange(6, 22)):
        x, y = draw.randrange(width), draw.randrange(height)
        colour = tuple(draw.randrange(20, 235) for _ in range(3))
        if draw.random() < 0.5:
            pen.line((x, y, x + draw.randint(-500, 500), y + draw.randint(-500, 500)), colour, width=draw.randint(1, 9))
        else:
            pen.rectangle((x, y, x + draw.randint(10, 220), y + draw.randint(10, 160)), outline=colour, width=draw.randint(1, 6))
    return picture


def make_scene(seed, language, width=1600, height=1200, kind=None):
    """A photograph as JPEG, and what stands in it. `kind`: of all things in it, where they are not to be drawn by chance."""
    draw = random.Random(seed)
    photo = background(draw, width, height)
    truth = []
    halves = [(0, 0, width, height // 2), (0, height // 2, width, height)] if draw.random() < 0.6 else [(0, 0, width, height)]
    for left, top, right, bottom in halves:
        thing, lines, what = make_object(draw, language, draw.choice([22, 26, 30, 36, 44]) * width // 1600, kind)
        room_x, room_y = (right - left) * 0.94, (bottom - top) * 0.94
        angle = math.radians(draw.uniform(-12, 12))
        corners = [(-thing.width / 2, -thing.height / 2), (thing.width / 2, -thing.height / 2), (thing.width / 2, thing.height / 2), (-thing.width / 2, thing.height / 2)]
        bent = [(x * draw.uniform(0.90, 1.0), y * draw.uniform(0.90, 1.0)) for x, y in corners]
        turned = [(x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)) for x, y in bent]
        spread_x = max(x for x, _ in turned) - min(x for x, _ in turned)
        spread_y = max(y for _, y in turned) - min(y for _, y in turned)
        scale = min(1, room_x / spread_x, room_y / spread_y)
        middle = ((left + right) / 2 + draw.uniform(-1, 1) * (room_x - spread_x * scale) / 2, (top + bottom) / 2 + draw.uniform(-1, 1) * (room_y - spread_y * scale) / 2)
        target = [(x * scale + middle[0], y * scale + middle[1]) for x, y in turned]
        flat = [(0, 0), (thing.width, 0), (thing.width, thing.height), (0, thing.height)]
        there, back = homography(flat, target), homography(target, flat)
        coefficients = (back / back[2, 2]).flatten()[:8]
        mask = Image.new("L", thing.size, 255).transform(photo.size, Image.PERSPECTIVE, coefficients, Image.BICUBIC)
        photo.paste(thing.transform(photo.size, Image.PERSPECTIVE, coefficients, Image.BICUBIC), (0, 0), mask)
        truth += [{"text": text, "corners": [moved(there, corner) for corner in outline], "kind": what} for text, outline in lines]
    pixels = numpy.asarray(photo.filter(ImageFilter.GaussianBlur(draw.uniform(0, 1.3) * width / 1600)), dtype=numpy.float32)
    slope = numpy.linspace(draw.uniform(0.72, 1), draw.uniform(0.85, 1.1), width, dtype=numpy.float32)
    noise = numpy.random.default_rng(seed).normal(0, draw.uniform(2, 13), pixels.shape).astype(numpy.float32)
    photo = Image.fromarray(numpy.clip(pixels * slope[None, :, None] + noise, 0, 255).astype(numpy.uint8))
    written = io.BytesIO()
    photo.save(written, "JPEG", quality=draw.randint(60, 92))
    return written.getvalue(), truth


def scenes(folder, half, language, count, width=1600, height=1200, name=""):
    paths = []
    for number in range(count):
        path = folder / f"{half}-{language}{name}-{number:03}.jpg"
        if not path.exists() or not path.with_suffix(".json").exists():
            picture, truth = make_scene(SEEDS[half] + number * 2 + (language == "zh"), language, width, height)
            path.write_bytes(picture)
            path.with_suffix(".json").write_text(json.dumps(truth, ensure_ascii=False))
        paths.append(path)
    return paths


def letters(text):
    return "".join(unicodedata.normalize("NFKC", text).split())


def distance(one, other):
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (a != b))
    return row[-1]


def inside(corners, x, y, slack):
    """Whether a point lies in an outline, some of its height around it too; how far along and down it lies."""
    (ax, ay), (bx, by), _, (dx, dy) = corners
    ux, uy, vx, vy = bx - ax, by - ay, dx - ax, dy - ay
    area = ux * vy - uy * vx
    along, down = ((x - ax) * vy - (y - ay) * vx) / area, (ux * (y - ay) - uy * (x - ax)) / area
    aside = slack * math.hypot(vx, vy) / math.hypot(ux, uy)
    return -aside < along < 1 + aside and -slack < down < 1 + slack, along, abs(down - 0.5)


def lines_read(reading, truth):
    """What was read in the outline of each written line, in pieces from left to right, and how many letters were read elsewhere."""
    nowhere = 0
    parts = [{} for _ in truth]  # of each, what was read in it: its words by the line that they were read as
    for text, left, top, width, height, number in reading["words"]:
        x, y = left + width / 2, top + height / 2
        best = None
        for i, line in enumerate(truth):
            there, along, off = inside(line["corners"], x, y, 0.3)
            if there and (best is None or off < best[0]):
                best = (off, i, along)
        if best:
            parts[best[1]].setdefault(number, []).append((best[2], text))
        else:
            nowhere += len(letters(text))
    return [sorted(part.values(), key=lambda piece: sum(along for along, _ in piece) / len(piece)) for part in parts], nowhere


def score(reading, truth, total, wrong):
    read_there, nowhere = lines_read(reading, truth)
    total["nowhere"] += nowhere
    for line, pieces in zip(truth, read_there):
        wanted, got = letters(line["text"]), letters("".join(text for piece in pieces for _, text in piece))
        edits = distance(wanted, got)
        spaced = [" ".join(unicodedata.normalize("NFKC", text).split()) for text in (line["text"], " ".join(text for piece in pieces for _, text in piece))]
        total["spaced"] += distance(*spaced)
        total["all"] += len(spaced[0])
        total["lines"] += 1
        total["letters"] += len(wanted)
        total["edits"] += edits
        total["exact"] += edits == 0
        total["missed"] += not got
        of_kind = total["kinds"].setdefault(line["kind"], [0, 0])
        of_kind[0] += edits
        of_kind[1] += len(wanted)
        if edits:
            wrong.append(f"{pathlib.Path(reading['file']).name} {line['kind']}: {line['text']} | {got}")


def read(paths, models):
    environment = {key: value for key, value in os.environ.items() if key != "KEEPMUM_MODELS"}
    if models:
        environment["KEEPMUM_MODELS"] = str(models)
    environment["OMP_THREAD_LIMIT"] = "1"
    done = subprocess.run([str(PROGRAM), *map(str, paths)], env=environment, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def at_share(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main():
    data = os.environ.get("XDG_DATA_HOME") or str(pathlib.Path.home() / ".local/share")
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--half", choices=SEEDS, default="reported")
    parser.add_argument("--pictures", type=int, default=100, help="of each language")
    parser.add_argument("--large", type=int, default=0)
    parser.add_argument("--models", type=pathlib.Path, default=pathlib.Path(data) / "keepmum/models")
    parser.add_argument("--only", choices=["PP-OCR", "tesseract"])
    parser.add_argument("-v", action="store_true")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    readers = [(name, models) for name, models in (("PP-OCR", arguments.models), ("tesseract", None)) if arguments.only in (None, name)]
    if arguments.only != "tesseract" and not (arguments.models / "writing-read.onnx").exists():
        print("skipped: no networks there; tools/fetch_models brings them")
        return 77
    print(f"{'':12}{'language':10}{'lines':>6}{'letters':>9}{'error':>8}{'exact':>8}{'missed':>8}{'elsewhere':>11}{'with it':>9}{'spaced':>8}{'ms median':>11}{'95 %':>7}")
    for language in ("en", "zh") if arguments.pictures else ():
        paths = scenes(arguments.folder, arguments.half, language, arguments.pictures)
        for name, models in readers:
            total, wrong = {"lines": 0, "letters": 0, "edits": 0, "exact": 0, "missed": 0, "nowhere": 0, "spaced": 0, "all": 0, "kinds": {}}, []
            readings = read(paths, models)
            for path, reading in zip(paths, readings):
                score(reading, json.loads(path.with_suffix(".json").read_text()), total, wrong)
            used = [reading["processor_ms"] for reading in readings]
            every = total["letters"]
            print(f"{name:12}{language:10}{total['lines']:6}{every:9}{100 * total['edits'] / every:7.2f}%{100 * total['exact'] / total['lines']:7.1f}%"
                  f"{total['missed']:8}{total['nowhere']:11}{100 * (total['edits'] + total['nowhere']) / every:8.2f}%{100 * total['spaced'] / total['all']:7.2f}%{at_share(used, 0.5):11.0f}{at_share(used, 0.95):7.0f}")
            if arguments.v:
                for kind, (edits, count) in sorted(total["kinds"].items()):
                    print(f"    {kind:24}{100 * edits / count:7.2f}% of {count}")
                (arguments.folder / f"wrong-{arguments.half}-{language}-{name}.txt").write_text("\n".join(wrong))
    if arguments.large:
        paths = [path for language in ("en", "zh") for path in scenes(arguments.folder, arguments.half, language, (arguments.large + 1) // 2, 4000, 3000, "-large")]
        for name, models in readers:
            readings = read(paths, models)
            for what in ("ms", "processor_ms"):
                used = [reading[what] for reading in readings]
                print(f"{name}, {len(paths)} photographs of 12 megapixels, {'by the clock' if what == 'ms' else 'of processor'}: median {at_share(used, 0.5):.0f} ms, "
                      f"95 % {at_share(used, 0.95):.0f} ms, most {max(used):.0f} ms; {max(reading['peak_mb'] for reading in readings)} MiB at most")
    return 0


if __name__ == "__main__":
    sys.exit(main())
