#!/usr/bin/env python3
"""The stranger's sheet answers its questions in at most twelve lines a photo, in English and Chinese, the most important first.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import pathlib
import re
import subprocess
import sys

build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build/release").resolve()
root = pathlib.Path(__file__).resolve().parent.parent
faults = []

LEAKY = {
    "en": [("May it be posted?", "No, not yet"), ("Where", "36.070833° north; 120.375° east"), ("View", "at 100 m one pixel shows 16 cm"),
           ("When", "2024-05-03 14:22:07 local time; time zone +08:00"), ("Taken with", "Chengyue K2; serial number CK2-0048813"),
           ("Whose", "a name is in it: L"), ("Edited with", "K2 firmware 1.4"), ("Hidden in it", "160x120) that shows MORE or something else"),
           ("Still shown", "faces, screens, papers, the background"), ("Do now", "keepmum clean FILE -o COPY")],
    "zh": [("能发吗？", "先别发"), ("在哪里拍", "北纬 36.070833°；东经 120.375°"), ("视野", "100 米处每个像素约 16 cm"),
           ("何时拍", "当地时间 2024-05-03 14:22:07；时区 +08:00"), ("用什么拍", "Chengyue K2；序列号 CK2-0048813"), ("属于谁", "里面有名称：L"),
           ("处理软件", "K2 firmware 1.4"), ("藏了什么", "内容比画面更多或不一样"), ("仍会看到", "人脸、屏幕、文件、背景"), ("现在怎么办", "keepmum clean 文件 -o 副本")],
}


def report(name, language, *options):
    done = subprocess.run([build / "bin/keepmum", "check", "--lang", language, *options, f"samples/{name}"], cwd=root, text=True, capture_output=True)
    return done.returncode, done.stdout


def sheet_of(text, first):
    lines = text.splitlines()
    begin = next((i for i, line in enumerate(lines) if line.startswith(first)), None)
    if begin is None:
        return []
    end = next((i for i in range(begin, len(lines)) if not lines[i].strip()), len(lines))
    return lines[begin:end]


def expect(truth, what):
    if not truth:
        faults.append(what)


for language, wanted in LEAKY.items():
    code, text = report("leaky/dock.jpg", language)
    sheet = sheet_of(text, wanted[0][0])
    joined = re.sub(r"\n +", " ", "\n".join(sheet))
    expect(code == 1, f"{language}: dock.jpg is not held")
    expect(0 < len(sheet) <= 12, f"{language}: {len(sheet)} lines, at most 12 are allowed")
    expect(all(len(line) <= 80 for line in sheet), f"{language}: a line is wider than the screen")
    at = -1
    for label, words in wanted:
        here = next((i for i, line in enumerate(joined.split("\n")) if line.startswith(label)), None)
        expect(here is not None and here > at, f"{language}: no line '{label}', or not in its place")
        if here is None:
            continue
        at = here
        line = joined.split("\n")[here]
        # A line may be cut at the screen's edge; what is there must be what is due.
        shown = line[len(label):].strip().rstrip("…")
        plain = shown.replace(" ", "")
        expect(words.replace(" ", "") in plain or (line.endswith("…") and words.replace(" ", "")[:12] in plain), f"{language}: '{label}' does not say '{words}': {shown}")
    expect("Lin Yue" not in text, f"{language}: the owner's name is shown unmasked")
    code, text = report("clean/dock.jpg", language)
    joined = re.sub(r"\n +", " ", text)
    expect(code == 0, f"{language}: the clean twin is held")
    expect({"en": "Not judged: look", "zh": "程序没有判断"}[language] in joined, f"{language}: that the picture was not judged is not said")
    expect({"en": "nothing found", "zh": "没有发现"}[language] in joined, f"{language}: that nothing is hidden is not said")
    code, text = report("leaky/crop.png", language)
    expect({"en": "shows MORE", "zh": "内容比画面更多"}[language] in re.sub(r"\n +", " ", text), f"{language}: what was cropped away is not told")
    code, text = report("photos", language, "-v")
    first = wanted[0][0]
    sheets = len(re.findall(rf"^ *{re.escape(first)}", text, re.M))
    expect(sheets == 3, f"{language}: {sheets} sheets for three photos in a full report")
print("\n".join(faults) or "photo_report: the sheet says what it must, in both languages")
sys.exit(bool(faults))
