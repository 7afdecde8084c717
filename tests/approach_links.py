#!/usr/bin/env python3
"""keepmum approach --link and --qr through the real program: the set of codes in KEEPMUM_DATA, and that nothing is opened.

Prints which of the pictures are read. SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

build = pathlib.Path(sys.argv[1])
program = build / "bin/keepmum"
data = pathlib.Path(os.environ.get("KEEPMUM_DATA", "../shared/data")) / "approach/qr"
faults = []


def run(*arguments, form="jsonl"):
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run([program, "approach", "--home", home, "--lang", "en", "--format", form, *arguments], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def check(fact, what):
    if not fact:
        faults.append(what)


# Links.
code, out, _ = run("--link", "https://paypa1.com/", "--trusted", "tests/approach/trusted.txt")
lines = [json.loads(line) for line in out.splitlines()]
check(code == 1 and lines[0]["rule"] == "approach.l1" and lines[0]["facts"]["how"] == "same-look", "a look-alike is not red")
check(lines[-1]["type"] == "summary" and lines[-1]["outcome"] == "hold", "no summary")
code, out, _ = run("--link", "https://www.paypal.com/", "--trusted", "tests/approach/trusted.txt")
check(code == 0, "a trusted name is suspected")
code, out, _ = run("--link", "no link at all")
check(code == 1 and '"gap"' in out, "what is no link is called green")
code, out, _ = run("--link", "https://bit.ly/x", form="text")
check(code == 0 and "short link" in out and "--trusted" in out, "the text does not say what a short link is")
code, out, _ = run("--link", "https://bit.ly/x", form="html")
check(code == 0 and "<html" in out.lower() and "approach" in out, "no page")
code, _, error = run("--link", "https://example.org", "--trusted", "/nonexistent")
check(code == 2 and "nonexistent" in error, "a missing list is no error")

# No socket is ever asked for by what judges: the archive refers to none of these.
archive = next(iter(build.glob("libkm_approach.a")), None)
if archive:
    names = subprocess.run(["nm", "-u", archive], capture_output=True, text=True).stdout.split()
    for call in ("socket", "connect", "getaddrinfo", "gethostbyname", "res_query", "sendto"):
        check(call not in names, f"km_approach refers to {call}()")

# The answer each picture is to get: its exit code, and a way that must be named.
expected = {
    "q01": (0, "open-wifi"), "q02": (0, "open-wifi"), "q04": (0, None), "q05": (0, None), "q07": (0, "short-link"), "q08": (1, "mixed-scripts"),
    "q10": (1, "program-from-nowhere"), "q11": (1, "user-is-host"), "q13": (0, None), "q14": (0, "sign-in-key"), "q16": (1, "device-link"),
    "q17": (1, "device-link"), "q19": (1, "mixed-scripts"), "q20": (0, "personal-wifi"),
}
if not (data / "manifest.jsonl").is_file():
    print("codes: skipped, no pictures at", data)
else:
    rows = [json.loads(line) for line in (data / "manifest.jsonl").read_text().splitlines()]
    pictures = [data / row["file"] for row in rows]
    code, out, _ = run("--qr", *map(str, pictures))
    found, verdicts = {}, {}
    for line in map(json.loads, out.splitlines()):
        if line["type"] == "finding":
            found.setdefault(line["source"], []).append(line["facts"]["how"])
        elif line["type"] == "verdict":
            verdicts[line["source"]] = line["outcome"]
    _, told, _ = run("--qr", *map(str, pictures), form="text")
    unread = [row["file"] for row in rows if f"{row['file']}: no code" in told or f"{row['file']}: could not" in told]
    for row, picture in zip(rows, pictures):
        key = row["file"].split("_")[0]
        want, how = expected.get(key, (0, "short-link"))
        got, hows = verdicts.get(str(picture)), found.get(str(picture), [])
        right = {0: got in ("pass", "warn"), 1: got == "hold"}[want] and (how is None or how in hows)
        right = right and (not row["expect"].startswith("warn") or got == "warn")
        right = right and (not row["expect"].startswith(("info", "ok")) or got == "pass")
        check(right, f"{row['file']}: {got} {hows}, wanted {row['expect']}")
    print(f"codes: {len(rows) - len(unread)} of {len(rows)} pictures read; not read: {', '.join(unread) or 'none'}")
print("\n".join(faults) or "approach --link, --qr: all as told")
sys.exit(bool(faults))
