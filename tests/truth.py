"""Real documents: each is read whole or has a gap; the facts known of them are told. Prints n of m, and which are missing.

Facts that a report does not show (ordinary links, fields, parts) are counted in what the office family takes out of each file.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent / "corpus"))
import program  # noqa: E402

documents = program.DATA / "documents"
if not documents.is_dir():
    program.skip(f"no {documents}")

TOLD_BY = {"comment": "hidden.comment", "xlcomment": "hidden.comment", "ins": "hidden.inserted-text", "del": "hidden.deleted-text",
           "delText": "hidden.deleted-text", "vanish": "hidden.hidden-text", "white text": "hidden.hidden-text", "hidden sheet": "hidden.hidden-text",
           "hidden text over visible text": "hidden.covered-text", "text under boxes": "hidden.covered-text", "characters under boxes": "hidden.covered-text",
           "revisions": "hidden.earlier-revision"}
LONGEST = 300  # seconds for all of them
CONTAINED = "malformed/libarchive-test_read_format_cab_skip_malformed.cab"  # its worker dies in the library, which becomes a gap
RECODED = {"pdf/pdfjs-SimFang-variant.pdf": "全世界无产者", "pdf/pdfjs-XiaoBiaoSong.pdf": "红军作战"}

started = time.monotonic()
with tempfile.NamedTemporaryFile("w", suffix=".toml") as words:
    words.write('[[list]]\nname = "truth"\nlevel = "secret"\nlabel = "known text"\nwords = ["' + '", "'.join(RECODED.values()) + '"]\n')
    words.flush()
    answers, summary = program.check([documents], "--words", words.name, timeout=LONGEST)
seconds = time.monotonic() - started
faults = []
there = sorted(str(path) for path in documents.rglob("*") if path.is_file() and not path.is_symlink())
faults += [f"{name}: not answered" for name in there if name not in answers]
for name, answer in answers.items():
    if answer.coverage["read"] < answer.coverage["bytes"] and not answer.gaps:
        faults.append(f"{name}: {answer.coverage['bytes'] - answer.coverage['read']} bytes unread without a gap")
killed = [f"{name}: {gap['detail']}" for name, answer in answers.items() for gap in answer.gaps if gap["cause"] == "killed"]
faults += [line for line in killed if not line.startswith(str(documents / CONTAINED))]

shown = subprocess.run([program.BUILD / "bin/test_extract_office", "--gtest_filter=GroundTruth.OfficeFactsAreFound"], text=True, capture_output=True,
                       env={**os.environ, "KEEPMUM_DATA": str(program.DATA)})
missing_inside = set(re.findall(r"^  (\S+: .+)$", shown.stdout, re.M))
told, missing, count = 0, [], 0
for line in (documents / "ground-truth.tsv").read_text().splitlines()[1:]:
    name, kind, number, *_ = line.split("\t")
    answer = answers[str(documents / name)]
    found = [finding for finding in answer.findings if finding["rule"] == TOLD_BY.get(kind)]
    count += 1
    if kind == "run time":
        good, why = bool(answer.gaps or answer.coverage["read"] == answer.coverage["bytes"]), "neither a gap nor read"
    elif kind.startswith("text only readable"):
        good, why = "word.house" in answer.rules(), "the text is not found"
    elif kind in ("text under boxes", "characters under boxes") and (number == "0" or kind.startswith("characters")):
        characters = sum(int(finding["facts"].get("characters", 0)) for finding in found)
        good, why = (characters == 0 if number == "0" else characters >= int(number) * 9 // 10), f"{characters} characters told"
    elif kind == "hidden text over visible text":
        places = sum(int(finding["facts"].get("places", 1)) for finding in found)
        good, why = places >= int(number), f"{places} places told"
    elif kind in TOLD_BY:
        good, why = bool(found), f"no {TOLD_BY[kind]}"
    else:
        good, why = shown.returncode == 0 and f"{name}: {kind}" not in missing_inside, "not in what is taken out of the file"
    if good:
        told += 1
    else:
        missing.append(f"{name}: {kind} {number}: {why}")
print(f"documents: {len(answers)} files, {summary['bytes'] >> 20} MB in {seconds:.0f} s; read whole {sum(not a.gaps for a in answers.values())}, "
      f"with a gap {sum(bool(a.gaps) for a in answers.values())}, in silence {len(faults)}")
print("\n".join("  ended by a signal: " + line for line in killed))
print(f"facts: {told} of {count}")
print("\n".join("  missing: " + line for line in missing))
print("\n".join(faults))
sys.exit(bool(faults) or told * 100 < count * 95)
