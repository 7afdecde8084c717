"""False findings in prose: debian-handbook, manpages, manpages-zh, less the list of true ones by file and rule.

At `certain` none, at `likely` at most 0.5 per MB. The packages are fetched once into build/corpus; without them and a network: skipped.
"""
import fnmatch
import gzip
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / "corpus"))
import program  # noqa: E402

PACKAGES = ("debian-handbook", "manpages", "manpages-zh")
MOST_LIKELY = 0.5  # per MB
PICTURES = {".png", ".gif", ".xpm", ".jpg", ".svg"}  # what they say of how they were made is true

corpus = program.BUILD.parent / "corpus"
corpus.mkdir(parents=True, exist_ok=True)
for package in PACKAGES:
    if (corpus / package).is_dir():
        continue
    try:
        subprocess.run(["apt-get", "download", package], cwd=corpus, capture_output=True, check=True, timeout=120)
        subprocess.run(["dpkg", "-x", next(corpus.glob(f"{package}_*.deb")), corpus / f"{package}.part"], check=True, capture_output=True)
    except (OSError, subprocess.SubprocessError, StopIteration):
        program.skip(f"{package} is not in {corpus} and cannot be fetched")
    (corpus / f"{package}.part").rename(corpus / package)
pages = corpus / "debian-handbook/usr/share/doc/debian-handbook/html"
paths = [path for folder in (pages / "en-US", pages / "zh-CN", corpus / "manpages", corpus / "manpages-zh") for path in sorted(folder.rglob("*"))
         if path.is_file() and not path.is_symlink() and path.suffix not in PICTURES]
true = [line.split(None, 1) for line in (program.ROOT / "tests/corpus/true_findings.txt").read_text().splitlines() if line and line[0] != "#"]
size = sum(len(gzip.decompress(path.read_bytes())) if path.suffix == ".gz" else path.stat().st_size for path in paths)
found, unused = {"certain": [], "likely": []}, {tuple(entry) for entry in true}
answers, _ = program.check(paths)
for name, answer in answers.items():
    for finding in answer.findings:
        known = [entry for entry in true if entry[0] == finding["rule"] and fnmatch.fnmatch(name, "*" + entry[1])]
        unused -= {tuple(entry) for entry in known}
        if not known and finding["certainty"] in found:
            found[finding["certainty"]].append(f"{finding['certainty']}: {finding['rule']}: {finding['place'].replace(str(corpus), '')}")
rate = len(found["likely"]) / (size / 1e6)
print(f"false findings: {len(answers)} files, {size / 1e6:.1f} MB of text; certain {len(found['certain'])}, likely {len(found['likely'])} ({rate:.2f} per MB)")
print("\n".join("  " + line for kind in found.values() for line in kind))
print("".join(f"  listed as true, but not found: {' '.join(entry)}\n" for entry in sorted(unused)), end="")
sys.exit(bool(found["certain"]) or rate > MOST_LIKELY)
