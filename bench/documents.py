#!/usr/bin/env python3
"""Text out of documents: PDFs beside pdftotext, and all documents beside a warm Tika server.

Usage: bench/documents.py [FOLDER]    FOLDER: documents, else ../shared/data/documents (KEEPMUM_DATA). pdftotext is taken
from PATH, the server's jar from the variable TIKA_SERVER; a peer that is not there is left out, saying so. keepmum does
more than they do (detectors, sandbox, report), and both its sides are one process for all files; pdftotext is one for
each, as it can do no other. Targets: 3 times as fast as Tika; PDFs within pdftotext + 20 %.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import side_by_side as side

SUFFIXES = {".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".rtf", ".doc", ".xls", ".ppt", ".pdf", ".eml", ".html"}
HOSTILE = {"bombs", "malformed"}  # folders of files made to hang their readers
ADDRESS = "http://localhost:9998"


def check(folder, home):
    return [side.keepmum, "check", "--home", home, "--format", "jsonl", "-o", home / "out", folder]


def run_pdftotext(files):
    start = time.perf_counter()
    for file in files:
        subprocess.run(["pdftotext", file, "/dev/null"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)
    return time.perf_counter() - start


def run_tika(files):
    start = time.perf_counter()
    for file in files:
        request = urllib.request.Request(ADDRESS + "/tika", file.read_bytes(), {"Accept": "text/plain"}, method="PUT")
        try:
            urllib.request.urlopen(request, timeout=60).read()
        except urllib.error.HTTPError:
            pass  # it refuses what it cannot read, as keepmum states a gap
    return time.perf_counter() - start


def start_tika(jar):
    server = subprocess.Popen(["java", "-jar", jar], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(120):
        try:
            urllib.request.urlopen(ADDRESS + "/version", timeout=5).read()
            return server
        except OSError:
            time.sleep(1)
    server.terminate()
    sys.exit("the Tika server does not answer")


def gather(source, to, suffixes):
    """Copies of the documents, in one flat folder."""
    to.mkdir()
    files = sorted(path for path in source.rglob("*")
                   if path.is_file() and path.suffix.lower() in suffixes and not HOSTILE & set(path.parts))
    return [pathlib.Path(shutil.copyfile(file, to / f"{number:04}{file.suffix.lower()}")) for number, file in enumerate(files)]


def compare(name, files, target, own, sides):
    size = sum(file.stat().st_size for file in files)
    side.best({"keepmum": own, **sides}, 1)  # all are warm, the files are in memory
    times = side.best({"keepmum": own, **sides}, 3)
    print(f"{name}: {len(files)} files, {size / 1e6:.1f} MB")
    for who, seconds in times.items():
        print(f"  {who:10} {seconds:7.2f} s  {len(files) / seconds:7.1f} files/s")
    for who in sides:
        print(f"  keepmum is {times[who] / times['keepmum']:.2f} times as fast as {who} (target {target})")


def main():
    source = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else side.data / "documents"
    side.need(source, "documents to read")
    side.need(side.keepmum, "build it first")
    with tempfile.TemporaryDirectory() as folder:
        temporary = pathlib.Path(folder)
        home = temporary / "home"
        home.mkdir()
        pdfs = gather(source, temporary / "pdf", {".pdf"})
        if side.find("pdftotext", "PDFTOTEXT"):
            compare("PDF", pdfs, 0.83, check(temporary / "pdf", home), {"pdftotext": lambda: run_pdftotext(pdfs)})
        else:
            print("pdftotext is not there: left out")
        jar = os.environ.get("TIKA_SERVER")
        if not jar:
            print("TIKA_SERVER does not name the server's jar: left out")
            return
        documents = gather(source, temporary / "all", SUFFIXES)
        server = start_tika(jar)
        try:
            compare("documents", documents, 3, check(temporary / "all", home), {"Tika": lambda: run_tika(documents)})
        finally:
            server.terminate()
            server.wait()


main()
