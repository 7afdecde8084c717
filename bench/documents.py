#!/usr/bin/env python3
"""Text out of documents: PDFs beside pdftotext, and all documents beside a warm Tika server.

Usage: bench/documents.py [FOLDER]    FOLDER: documents, else ../shared/data/documents (KEEPMUM_DATA). pdftotext is taken
from PATH, the server's jar from the variable TIKA_SERVER; a peer that is not there is left out, saying so.

Tika parses in its own process, so beside it stand the extractors, warm too and without a sandbox (bench_extract), and
then the whole program, which does more: a sandboxed child for each file, detectors, report. All use all processors: the
server is asked for as many files at a time as there are, and as many processes extract. How long the server takes to
answer without any parsing is told as well. pdftotext is one process for each file, as it can do no other, keepmum one for
all. Processor time is told beside the clock's, since it moves less on a busy machine. Targets: 3 times as fast as Tika;
PDFs within pdftotext + 20 %. That reads no writing in pictures, so keepmum stands there a second time without ("without
pictures": --limits pictures=0).
SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
import urllib.error
import urllib.request

import side_by_side as side

SUFFIXES = {".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".rtf", ".doc", ".xls", ".ppt", ".pdf", ".eml", ".html"}
HOSTILE = {"bombs", "malformed"}  # folders of files made to hang their readers
ADDRESS = "http://localhost:9998"
ROUNDS = 5
PROCESSORS = os.cpu_count() or 1
WARMING = 5  # readings of all files before the clock starts: the server compiles itself while it works


def check(folder, home, *further):
    return [side.keepmum, "check", "--home", home, "--format", "jsonl", *further, folder]


def run_pdftotext(files):
    start = time.perf_counter()
    for file in files:
        subprocess.run(["pdftotext", file, "/dev/null"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)
    return time.perf_counter() - start


def part(files, to):
    """As many folders below `to` as there are processors, the files dealt out to them by size."""
    folders = [to / str(number) for number in range(PROCESSORS)]
    for folder in folders:
        folder.mkdir(parents=True)
    for number, file in enumerate(sorted(files, key=lambda file: file.stat().st_size)):
        os.link(file, folders[number % PROCESSORS] / file.name)
    return folders


def run_extractors(folders, which=0):
    """Seconds by the clock, or with `which` 2 of processor time, of the warm reading alone: one process a folder."""
    running = [subprocess.Popen([side.build / "bin/bench_extract", folder], stdout=subprocess.PIPE, text=True) for folder in folders]
    shown = [float(one.communicate()[0].split()[which]) for one in running]
    return sum(shown) if which else max(shown)


def server_seconds(server, work):
    """Processor time that the server and the process it parses in take for `work`."""
    def taken():
        total = 0
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                number, fields = int(stat.parent.name), stat.read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue  # it has just ended
            if server.pid in (number, int(fields[1])):
                total += int(fields[11]) + int(fields[12])
        return total / os.sysconf("SC_CLK_TCK")
    before = taken()
    work()
    return taken() - before


def ask_tika(file):
    """Bytes of text. Without a type of its own, the library would call each file a web form, and the server would read none."""
    headers = {"Accept": "text/plain", "Content-Type": "application/octet-stream"}
    request = urllib.request.Request(ADDRESS + "/tika", file.read_bytes(), headers, method="PUT")
    try:
        return len(urllib.request.urlopen(request, timeout=60).read())
    except urllib.error.HTTPError:
        return 0  # it refuses what it cannot read, as keepmum states a gap


def run_tika(files):
    start = time.perf_counter()
    with ThreadPoolExecutor(PROCESSORS) as clients:
        size = sum(clients.map(ask_tika, files))
    if size == 0:
        sys.exit("the Tika server gives no text at all")
    return time.perf_counter() - start


def ask_for_nothing(files):
    def ask(_):
        urllib.request.urlopen(ADDRESS + "/version", timeout=60).read()
    start = time.perf_counter()
    with ThreadPoolExecutor(PROCESSORS) as clients:
        list(clients.map(ask, files))
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


def processor_seconds(work):
    """Of the processes that `work` starts and waits for."""
    before = os.times()
    work()
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def compare(name, files, sides, peer, targets):
    """`sides`: name to command or function; `targets`: how many times as fast as `peer` each side is to be, or None."""
    size = sum(file.stat().st_size for file in files)
    side.best(sides, 1)  # all are warm, the files are in memory
    times = side.best(sides, ROUNDS)
    print(f"{name}: {len(files)} files, {size / 1e6:.1f} MB")
    for who, seconds in times.items():
        print(f"  {who:26} {seconds:7.2f} s  {len(files) / seconds:7.1f} files/s")
    for who, target in targets.items():
        wanted = f"target {target}" if target else "no target of its own"
        print(f"  {who} is {times[peer] / times[who]:.2f} times as fast as {peer} ({wanted})")


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
            own = check(temporary / "pdf", home)
            bare = check(temporary / "pdf", home, "--limits", "pictures=0")
            compare("PDF", pdfs, {"keepmum check": own, "without pictures": bare, "pdftotext": lambda: run_pdftotext(pdfs)}, "pdftotext",
                    {"keepmum check": 0.83, "without pictures": 0.83})
            ours = min(processor_seconds(lambda: side.run(own)) for _ in range(ROUNDS))
            theirs = min(processor_seconds(lambda: run_pdftotext(pdfs)) for _ in range(ROUNDS))
            print(f"  processor time: keepmum check {ours:.2f} s, pdftotext {theirs:.2f} s, {theirs / ours:.2f} times as fast")
        else:
            print("pdftotext is not there: left out")
        jar = os.environ.get("TIKA_SERVER")
        if not jar:
            print("TIKA_SERVER does not name the server's jar: left out")
            return
        documents = gather(source, temporary / "all", SUFFIXES)
        parts = part(documents, temporary / "parts")
        server = start_tika(jar)
        try:
            for _ in range(WARMING):
                run_tika(documents)
            sides = {"extractors": lambda: run_extractors(parts), "keepmum check": check(temporary / "all", home),
                     "Tika": lambda: run_tika(documents)}
            compare("documents", documents, sides, "Tika", {"extractors": 3, "keepmum check": None})
            ours = min(run_extractors(parts, 2) for _ in range(ROUNDS))
            theirs = min(server_seconds(server, lambda: run_tika(documents)) for _ in range(ROUNDS))
            print(f"  processor time: extractors {ours:.2f} s, Tika {theirs:.2f} s, {theirs / ours:.2f} times as fast")
            print(f"  of Tika's time, requests without any parsing: {min(ask_for_nothing(documents) for _ in range(ROUNDS)):.2f} s")
        finally:
            server.terminate()
            server.wait()


main()
