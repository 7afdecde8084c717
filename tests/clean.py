"""Ordinary clean files pass: made ones of every format, and what Debian ships as documentation. At most 1 % are held, gaps included.

Prints each that is held, and why. Pictures standing alone are left out: those of documentation name their authors, which holds.
"""
import collections
import os
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent / "corpus"))
import ordinary  # noqa: E402
import program  # noqa: E402

PICTURES = {".png", ".gif", ".jpg", ".jpeg", ".svgz", ".ico"}
SHARE = 4000 if os.environ.get("KEEPMUM_LONG") else 300  # files of the documentation


def documentation():
    found = []
    for folder in ("/usr/share/doc", "/usr/share/man"):
        for path in sorted(pathlib.Path(folder).rglob("*")):
            if path.is_file() and not path.is_symlink() and path.suffix not in PICTURES and 0 < path.stat().st_size < 200_000:
                found.append(path)
    step = max(1, len(found) // SHARE)
    return found[step // 2::step][:SHARE]


with tempfile.TemporaryDirectory(prefix="keepmum-clean-") as folder:
    made = 0
    for name, content in ordinary.make():
        (pathlib.Path(folder) / name).write_bytes(content)
        made += 1
    debian = documentation()
    answers, _ = program.check([folder, *debian], timeout=600)
held = {name: answer for name, answer in answers.items() if answer.outcome == "hold"}
warned = collections.Counter(finding["rule"] for answer in answers.values() if answer.outcome == "warn" for finding in answer.findings if finding["certainty"] != "hint")
print(f"clean: {made} made and {len(debian)} of Debian's documentation; held {len(held)} ({100 * len(held) / len(answers):.2f} %), "
      f"looked at twice {sum(answer.outcome == 'warn' for answer in answers.values())} {dict(warned)}")
print("\n".join(f"  held: {name}: {answer.why()}" for name, answer in sorted(held.items())))
sys.exit(len(held) * 100 > len(answers) or made < 200)
