"""Runs the real program over files and gives its answer back as data."""
import json
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else ROOT / "build/release").resolve()
KEEPMUM = BUILD / "bin/keepmum"
HOME = BUILD / "test-home"  # kept between tests: compiled rules lie there
DATA = pathlib.Path(os.environ.get("KEEPMUM_DATA", ROOT.parent / "shared/data"))
RANK = ("pass", "warn", "hold")


def skip(why):
    print("skipped:", why)
    sys.exit(77)


def furnished(home):
    """A new home with the compiled rules, for speed, and a register's key that is the same on every run: what is recognised must not depend on the day."""
    lend_rules(home)
    (home / "data").mkdir(parents=True, mode=0o700)
    (home / "data/register.key").write_text("keepmum register key 1\n" + "7" * 64 + "\n")
    return home


def lend_rules(home):
    if not (home / "cache").exists() and (HOME / "cache").is_dir():
        shutil.copytree(HOME / "cache", home / "cache")


class Answer:
    """What was said of one source."""

    def __init__(self):
        self.outcome, self.findings, self.gaps, self.coverage = None, [], [], {}

    def rules(self, certainties=("certain", "likely", "hint")):
        return {finding["rule"] for finding in self.findings if finding["certainty"] in certainties}

    def why(self):
        said = sorted({f"{f['rule']} ({f['certainty']})" for f in self.findings}) + sorted({f"{g['cause']}: {g.get('detail', '')}" for g in self.gaps})
        return "; ".join(said)


def arguments(paths, *options):
    return [str(KEEPMUM), "check", "--home", str(HOME), "--format", "jsonl", "--lang", "en", "--words", str(ROOT / "samples/words.toml"), *options,
            *map(str, paths)]


def check(paths, *options, timeout=300):
    """Source name to Answer, and the summary. Ends the test when the program does anything but answer."""
    process = subprocess.run(arguments(paths, *options), capture_output=True, timeout=timeout)
    if process.returncode not in (0, 1):
        print(f"keepmum ended with {process.returncode}: {process.stderr.decode(errors='replace')[-2000:]}")
        sys.exit(1)
    return read(process.stdout.decode())


def read(report):
    answers, summary = {}, None
    for line in report.splitlines():
        entry = json.loads(line)
        if entry["type"] == "summary":
            summary = entry
            continue
        if entry.get("together"):
            answers.pop(entry["source"], None)  # of several files together, and of none of them
            continue
        answer = answers.setdefault(entry["source"], Answer())
        if entry["type"] == "verdict":
            answer.outcome, answer.coverage = entry["outcome"], entry["coverage"]
        elif entry["type"] == "finding":
            answer.findings.append(entry)
        elif entry["type"] == "gap":
            answer.gaps.append(entry)
    return answers, summary
