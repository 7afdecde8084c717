"""Transcripts of the real program, tests/cli/*.session: each command, what it says and how it ends.

Run at -j1 and -j8 (the same bytes), and in Chinese (the same ends, other words). KEEPMUM_BLESS=1 writes down what is said now.
What a transcript cannot hold, because it depends on the moment, follows in Python: Ctrl-C, and a file that grows while it is read.
"""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent / "corpus"))
import program  # noqa: E402

WRAPPER = """#!/bin/bash
command=$1; shift
[[ "$command" = check && "$*" != *-j* ]] && set -- "$@" -j "$JOBS"
exec '{keepmum}' "$command" "$@" --home "$PLACE/home"
"""
AS_USER = """#!/bin/bash
export PLACE=$PLACE/user
if [ "$(id -u)" = 0 ]; then exec setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/nonexistent "$@"; fi
exec "$@"
"""


def play(commands, jobs, locale):
    """What each command prints and how it ends, with what differs each time made the same."""
    with tempfile.TemporaryDirectory(prefix="keepmum-session-") as folder:
        place = pathlib.Path(folder)
        (place / "bin").mkdir()
        (place / "desk").mkdir()
        for home in ("home", "user/home"):  # the compiled rules are taken along, for speed
            (place / home).mkdir(parents=True)
            if (program.HOME / "cache").is_dir():
                shutil.copytree(program.HOME / "cache", place / home / "cache", copy_function=shutil.copyfile)
        subprocess.run(["chmod", "-R", "a+rwX", place / "user"], check=True)
        for name, text in (("keepmum", WRAPPER.replace("{keepmum}", str(program.KEEPMUM))), ("as-user", AS_USER)):
            (place / "bin" / name).write_text(text)
            (place / "bin" / name).chmod(0o755)
        place.chmod(0o755)
        (place / "desk/clean.txt").write_text("Nine: welcome. Ten: coffee.\n")
        (place / "desk/leaky.txt").write_bytes((program.ROOT / "samples/leaky/bank-details.txt").read_bytes())
        for sample in ("protected/coating-trial.docx", "quoting/thanks.eml", "clean/thanks.eml"):
            (place / "desk" / sample.replace("clean/", "no-quote-").split("/")[-1]).write_bytes((program.ROOT / "samples" / sample).read_bytes())
        out = []
        for command in commands:
            done = subprocess.run(["bash", "-c", command], cwd=place / "desk", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
                                  if "<" not in command and "|" not in command else None, timeout=60,
                                  env={"PATH": f"{place}/bin:/usr/bin:/bin", "JOBS": str(jobs), "PLACE": str(place), "LC_ALL": locale, "LANG": locale, "HOME": str(place)})
            said = done.stdout.decode(errors="replace").replace(str(place), "PLACE")
            said = re.sub(r"\b([CD])-[0-9a-f]{12}\b", r"\1-000000000000", said)
            # Which letters are in a fingerprint depends on the key, which each desk draws anew.
            said = re.sub(r"\b\d+ letters, \d+% of it", "N letters, N% of it", re.sub(r"\b\d+ % (of it can|recognisable)", r"N % \1", said))
            said = re.sub(r"\bP-[0-9a-f]{8}\b", "P-00000000", re.sub(r"\b20\d\d-\d\d-\d\d\b", "DATE", said))
            out.append((command, said if not said or said.endswith("\n") else said + "\n", done.returncode))
        for path in (place / "desk").iterdir():
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)
        return out


def listens(pid):
    """Whether it has taken SIGINT out of the way of its threads, to wait for it: however busy the machine is."""
    blocked = re.search(r"^SigBlk:\s*([0-9a-f]+)", pathlib.Path(f"/proc/{pid}/status").read_text(), re.M)
    return bool(blocked and int(blocked[1], 16) >> (signal.SIGINT - 1) & 1)


def interrupted():
    """Ctrl-C: ends with 130, and what was written is valid and says that it is partial."""
    with tempfile.TemporaryDirectory() as folder:
        for index in range(40):
            (pathlib.Path(folder) / f"{index:02}.txt").write_bytes(os.urandom(1 << 20).hex().encode())
        process = subprocess.Popen(program.arguments([folder], "-j1"), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        while not listens(process.pid) and process.poll() is None:
            time.sleep(0.005)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        report, _ = process.communicate(timeout=60)
        if process.returncode != 130:
            return [f"Ctrl-C: ended with {process.returncode}"]
        lines = [json.loads(line) for line in report.decode().splitlines()]
        return [] if lines and lines[-1]["type"] == "summary" and lines[-1]["partial"] else ["Ctrl-C: the report does not say that it is partial"]


def changing():
    """A file that grows while it is read is never passed as read."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "log.txt"
        path.write_bytes(b"calm\n" * (12 << 20))
        process = subprocess.Popen(program.arguments([path], "-j1"), stdout=subprocess.PIPE)
        with open(path, "ab") as log:
            while process.poll() is None:
                log.write(b"windy\n" * 1000)
                log.flush()
                time.sleep(0.002)
        answer = program.read(process.communicate()[0].decode())[0][str(path)]
        return [] if answer.outcome != "pass" or answer.coverage["read"] >= answer.coverage["bytes"] > 0 and answer.gaps else ["a growing file was passed"]


faults, count = [], 0
for path in sorted((program.ROOT / "tests/cli").glob("*.session")):
    expected = path.read_text()
    commands = re.findall(r"^\$ (.*)$", expected, re.M)
    count += len(commands)
    first = play(commands, 1, "C.UTF-8")
    said = "".join(f"$ {command}\n{text}[exit {code}]\n" for command, text, code in first)
    if os.environ.get("KEEPMUM_BLESS"):
        path.write_text(said)
    elif said != expected:
        faults.append(f"{path.name} differs:\n{said}")
    if play(commands, 8, "C.UTF-8") != first:
        faults.append(f"{path.name}: -j8 says something else than -j1")
    for (command, text, code), (_, chinese, ending) in zip(first, play(commands, 2, "zh_CN.UTF-8")):
        if code != ending:
            faults.append(f"{path.name}: {command}: ends with {ending} in Chinese, else with {code}")
        if code in (0, 1) and "keepmum check" in command and "jsonl" not in command and not re.search("[\u4e00-\u9fff]", chinese):
            faults.append(f"{path.name}: {command}: no Chinese")
        if code == 2 and len(text.splitlines()) != 1:
            faults.append(f"{path.name}: {command}: not one sentence")
faults += interrupted() + changing()
print(f"sessions: {count} commands, three ways each")
print("\n".join(faults))
sys.exit(bool(faults))
