"""keepmum host from outside: what it says in both languages, on the terminal, on the page and in lines; that its judge opens nothing
but the snapshot (strace); that it says the same live and of its own snapshot, in time, and writes no planted secret.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).parent / "corpus"))
import program  # noqa: E402

SAMPLES = program.ROOT / "samples/host"
faults = []


def expect(good, what):
    if not good:
        faults.append(what)


def host(*words, lang="en"):
    done = subprocess.run([program.KEEPMUM, "host", *map(str, words), "--lang", lang, "--home", program.HOME], capture_output=True, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


# Fit or not, because of what, what leaves already, what to do now, what would change it: five questions, answered in one screen.
QUESTIONS = {
    ("unfit", "en"): ["NOT FIT TO HOLD SECRETS", "because there is a way out of your own network: wlan0", "/home/wang/Dropbox",
                      "Keep secrets off this computer", "It is fit to hold secrets when these are in order: N1"],
    ("unfit", "zh"): ["不能存放秘密", "因为：有通往外部网络的路：wlan0", "/home/wang/Dropbox", "不要在这台电脑上存放秘密", "这些项目都正常后，可以存放秘密：N1"],
    ("fit", "en"): ["FIT TO HOLD SECRETS", "All 29 questions were asked and answered", "Nothing.", "Ask again after each journey"],
    ("fit", "zh"): ["可以存放秘密", "29 个问题都问过，也都有了答案", "不用做什么", "每次出差和维修之后请再问一次"],
}


def squeeze(text):
    return re.sub(r"\s+", "", text)


def test_words():
    for (name, lang), questions in QUESTIONS.items():
        code, text, error = host("judge", SAMPLES / f"{name}.txt", lang=lang)
        expect(code == (1 if name == "unfit" else 0) and not error, f"{name} {lang}: ends with {code} {error}")
        expect(text.count("\n") < 40 and text.index(questions[0]) == 0, f"{name} {lang}: not one screen with the answer first")
        page = host("judge", SAMPLES / f"{name}.txt", "--format", "html", lang=lang)[1]
        plain = squeeze(re.sub(r"<[^>]*>", "", page))
        expect("<script" not in page and "http" not in page.split("</style>")[1], f"{name} {lang}: the page loads something")
        for question in questions:
            expect(squeeze(question) in squeeze(text), f"{name} {lang}: the text does not say: {question}")
            expect(squeeze(question) in plain, f"{name} {lang}: the page does not say: {question}")
    full = host("judge", SAMPLES / "unfit.txt", "-v")[1]
    for check in ("N1", "W3", "H2", "C1", "T1", "S1"):
        expect(re.search(rf"^ {check}  ", full, re.M), f"-v leaves {check} out")


def pixel(png, x, y):
    width, height, bits, kind = struct.unpack(">IIBB", png[16:26])
    size, packed, at = {2: 3, 6: 4}[kind], b"", 8
    while at < len(png):
        length, name = struct.unpack(">I4s", png[at:at + 8])
        packed += png[at + 8:at + 8 + length] if name == b"IDAT" else b""
        at += length + 12
    raw, before = zlib.decompress(packed), bytearray(width * size)
    for line in range(y + 1):
        start = line * (width * size + 1)
        row, method = bytearray(raw[start + 1:start + 1 + width * size]), raw[start]
        for i in range(len(row) if method else 0):
            left, up, corner = row[i - size] if i >= size else 0, before[i], before[i - size] if i >= size else 0
            near = min((abs(up - corner), 0, left), (abs(left - corner), 1, up), (abs(left + up - 2 * corner), 2, corner))[2]
            row[i] = row[i] + {1: left, 2: up, 3: (left + up) // 2, 4: near}[method] & 255
        before = row
    return tuple(before[x * size:x * size + 3])


def test_page(folder):
    browser = shutil.which("chromium")
    if not browser:
        return print("no chromium: the page was not drawn")
    for name in ("unfit", "fit"):
        page, shot = folder / f"{name}.html", folder / f"{name}.png"
        page.write_text(host("judge", SAMPLES / f"{name}.txt", "--format", "html", lang="zh")[1])
        subprocess.run([browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={folder}/browser",
                        f"--screenshot={shot}", "--window-size=900,1200", page.as_uri()], capture_output=True, timeout=120, check=True)
        red, green, _ = pixel(shot.read_bytes(), 5, 20)
        expect((red > green + 50) if name == "unfit" else (green > red + 50), f"{name}: the banner's colour is {red}, {green}")


def test_lines():
    code, text, _ = host("judge", SAMPLES / "unfit.txt", "--format", "jsonl")
    lines = [json.loads(line) for line in text.splitlines()]
    rules = {line["rule"] for line in lines if line["type"] == "finding"}
    expect({"host.n1", "host.w2", "host.h2", "host.c1"} <= rules, f"jsonl: {sorted(rules)}")
    expect(lines[-1]["type"] == "summary" and lines[-1]["outcome"] == "hold" and code == 1, "jsonl: the summary")
    sarif = json.loads(host("judge", SAMPLES / "unfit.txt", "--format", "sarif")[1])
    expect(any(result["ruleId"] == "host.n1" and result["level"] == "error" for result in sarif["runs"][0]["results"]), "sarif: host.n1")
    _, text, _ = host("diff", SAMPLES / "fit.txt", SAMPLES / "unfit.txt", "--format", "jsonl")
    changes = {(line["change"], line["area"], line["name"]) for line in map(json.loads, text.splitlines()) if line["type"] == "change"}
    for wanted in (("added", "account", "help"), ("added", "program", "RustDesk"), ("added", "usb", "046d:c52b"), ("added", "radio", "phy0")):
        expect(wanted in changes, f"diff does not name {wanted}")
    for lang, word in (("en", "new: help"), ("zh", "新增：help")):
        expect(word in host("diff", SAMPLES / "fit.txt", SAMPLES / "unfit.txt", lang=lang)[1], f"diff {lang}: {word}")
    journeys = program.ROOT / "tests/host/fixtures/journeys"
    for system in ("linux", "windows"):
        told = host("diff", journeys / f"{system}_before.txt", journeys / f"{system}_after.txt")[1]
        for line in (journeys / f"{system}_changes.txt").read_text(encoding="utf-8").splitlines():
            expect(line[0] == "#" or (line[2:] in told) == (line[0] != "!"), f"diff of the {system} journey: {line}")
    expect(host("diff", SAMPLES / "unfit.txt", SAMPLES / "unfit.txt")[1].startswith("NOTHING CHANGED"), "a snapshot differs from itself")


def rules_of(text):
    return sorted({(line["rule"], line.get("cause", "")) for line in map(json.loads, text.splitlines()) if line["type"] in ("finding", "gap")})


def test_live(folder):
    taken = []
    for _ in range(3):
        start = time.monotonic()
        code, live, error = host("--format", "jsonl")
        taken.append(time.monotonic() - start)
        expect(code in (0, 1) and not error, f"live: {code} {error}")
    print(f"live: {min(taken):.2f} s")
    expect(min(taken) < 2, f"live: {min(taken):.2f} s")
    code, _, error = host("snapshot", folder / "here")
    expect(code == 0, f"snapshot: {error}")
    expect(rules_of(live) == rules_of(host("judge", folder / "here", "--format", "jsonl")[1]), "the snapshot is judged unlike the computer")
    expect(host("snapshot", folder / "here")[0] == 2, "a snapshot was written over another")
    expect(not list(folder.glob("*.part")), "something half written was left")


def test_apart(folder):
    """Every open() of the judging process, seen from outside."""
    made = folder / "hostile"
    (made / "root/etc").mkdir(parents=True)
    (made / "root/etc/hosts").symlink_to("/etc/passwd")
    (made / "root/proc").symlink_to("/proc")
    (made / "root/loop").symlink_to(made)
    expect("root:" not in host("judge", made, "-v")[1], "a link led out of the snapshot")
    if not shutil.which("strace"):
        return print("no strace: what is opened was not watched")
    for snapshot in (made, folder / "here"):
        log = folder / "opens"
        traced = subprocess.run(["strace", "-f", "-o", log, "-e", "trace=%file,openat2,open_by_handle_at,socket,execve,fork,clone,clone3,vfork",
                                 program.KEEPMUM, "host", "judge", snapshot, "--home", program.HOME], capture_output=True, timeout=120)
        calls = [line.split(None, 1) for line in log.read_text(errors="replace").splitlines()]
        if traced.returncode not in (0, 1) or len({number for number, _ in calls}) != 2:
            return print("strace does not work here: what is opened was not watched")
        first = calls[0][0]
        outside = [call for number, call in calls if number != first and re.match(r"(open|socket|exec)", call) and not re.search(r"= -1 ", call)
                   and str(snapshot) not in call and not re.match(r"openat\(\d+, \"[^/]*\", [^)]*O_NOFOLLOW", call)]
        inside = sum(number != first and call.startswith("open") for number, call in calls)
        print(f"{snapshot.name}: {inside} opens of the judge, {len(outside)} outside of the snapshot")
        expect(not outside and inside > 0, f"the judge opened: {outside[:3]}")


def main():
    if os.environ.get("ASAN_OPTIONS"):
        program.skip("a sanitizer's own files")
    with tempfile.TemporaryDirectory(prefix="keepmum-host-") as name:
        folder = pathlib.Path(name)
        test_words()
        test_lines()
        test_live(folder)
        test_apart(folder)
        test_page(folder)
    print("\n".join(faults) or "host: as it should be")
    sys.exit(bool(faults))


main()
