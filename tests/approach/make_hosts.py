#!/usr/bin/env python3
"""Writes hosts.txt: 10,000 ordinary host names, one a line, sorted.

They are those that Debian 12's package lists, its catalogue of programs and the documentation of installed packages
name: home pages, places of source code, mail of maintainers; drawn once, by hash, so that nobody chose them. Wants a Debian machine after `apt-get update`.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import gzip
import hashlib
import pathlib
import re
import subprocess

host = re.compile(rb"https?://([A-Za-z0-9](?:[A-Za-z0-9.-]{0,200}[A-Za-z0-9])?\.[A-Za-z]{2,24})(?=[/:\s\"'<>)#?]|$)")
mail = re.compile(rb"@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24})\b")
names: set[str] = set()
lists = sorted(str(path) for path in pathlib.Path("/var/lib/apt/lists").glob("*_Packages*"))
text = subprocess.run(["/usr/lib/apt/apt-helper", "cat-file", *lists], capture_output=True, check=True).stdout
for line in text.splitlines():
    if line.startswith((b"Homepage:", b" ")):
        names.update(found.decode().lower() for found in host.findall(line))
    elif line.startswith((b"Maintainer:", b"Original-Maintainer:")):
        names.update(found.decode().lower() for found in mail.findall(line))
for path in pathlib.Path("/var/lib/apt/lists").glob("*.yml.gz"):
    names.update(found.decode().lower() for found in host.findall(gzip.decompress(path.read_bytes())))
for path in pathlib.Path("/usr/share/doc").rglob("*"):
    if path.is_file() and path.suffix in ("", ".html", ".txt", ".md") and path.stat().st_size < 1 << 20:
        names.update(found.decode().lower() for found in host.findall(path.read_bytes()))
    elif path.suffix == ".gz" and path.is_file() and path.stat().st_size < 1 << 20:
        text = gzip.decompress(path.read_bytes())
        for pattern in (host, mail):
            names.update(found.decode().lower() for found in pattern.findall(text))
# Addresses that examples make up, and machines of one's own, are no ordinary hosts.
made_up = re.compile(r"(^|\.)(example(\.[a-z]+)?|test|invalid|local|localhost|internal|foo|bar|domain|company|my\w*)(\.[a-z]+)?$")
kept = sorted((name for name in names if not made_up.search(name) and not re.fullmatch(r"[0-9.]+", name)),
              key=lambda name: hashlib.sha256(name.encode()).digest())[:10_000]
here = pathlib.Path(__file__).resolve().parent
(here / "hosts.txt").write_text("\n".join(sorted(kept)) + "\n")
print(len(names), "found,", len(kept), "kept")
