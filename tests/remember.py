"""What left already: after 1,000 remembered checks a document is registered that 20 of them quoted; recall names these 20 and no other.
What is remembered holds no content: no six bytes of a checked text are in it that are not there by chance. Two checks at once, a full disk, damage,
another key, what the directive says now of what was found then, and documents that went in slices.
"""
import json
import pathlib
import random
import re
import resource
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent / "corpus"))
import program  # noqa: E402
import schema  # noqa: E402

faults = []
CHECKS, QUOTING = 1000, 20


def expect(good, what):
    if not good:
        faults.append(what)


def keepmum(home, *words, wanted=(0,), before=None):
    program.lend_rules(pathlib.Path(home))
    done = subprocess.run([str(program.KEEPMUM), *map(str, words), "--home", str(home), "--lang", "en"], capture_output=True, text=True, timeout=600, preexec_fn=before)
    expect(done.returncode in wanted, f"{' '.join(map(str, words))[:200]}: ended with {done.returncode}: {done.stdout[-300:]}{done.stderr[-300:]}")
    return done.stdout if done.returncode in (0, 1) else done.stderr


def recall_lines(home, *options, wanted=(0, 1)):
    lines = [json.loads(line) for line in keepmum(home, "recall", "--format", "jsonl", *options, wanted=wanted).splitlines()]
    shape = json.loads((program.ROOT / "docs/formats/recall.schema.json").read_text())
    for line in lines:
        found = schema.fault(shape, line)
        expect(not found, f"recall breaks its schema: {found}")
    return lines


def recall(home, *options, wanted=(0, 1)):
    lines = recall_lines(home, *options, wanted=wanted)
    return [line for line in lines if line["type"] == "recalled"], lines[-1]


def words(rng, count):
    syllables = ["ba", "ke", "lo", "mi", "nu", "ra", "se", "ti", "vo", "pa", "du", "fe", "gi", "ho"]
    return " ".join("".join(rng.choice(syllables) for _ in range(rng.randint(2, 4))) for _ in range(count))


def characters(rng, count):
    return "".join(chr(rng.randint(0x4E00, 0x9000)) for _ in range(count))


def texts(rng):
    """The secret document, and a thousand letters, some of which quote a sentence of it."""
    secret = [(words(rng, 30) if i % 2 else characters(rng, 60)) + "." for i in range(40)]
    letters, quoting = {}, set()
    for number in range(CHECKS):
        name = f"letter-{number:04}.txt"
        parts = [words(rng, 60), characters(rng, 40), words(rng, 20)]
        if number % (CHECKS // QUOTING) == 7:
            parts.insert(1, rng.choice(secret))
            quoting.add(name)
        letters[name] = "\n".join(parts)
    return "\n\n".join(secret), letters, quoting


def retro_hunt(folder):
    rng = random.Random(20261122)
    home, desk = program.furnished(folder / "home"), folder / "desk"
    secret, letters, quoting = texts(rng)
    desk.mkdir()
    for name, text in letters.items():
        (desk / name).write_text(text)
    report = [json.loads(line) for line in keepmum(home, "check", "--remember", "--to", "supplier", "--format", "jsonl", desk, "-j2").splitlines()]
    ids = {pathlib.Path(line["source"]).name: line["remembered"] for line in report if line["type"] == "verdict"}
    expect(len(set(ids.values())) == CHECKS, f"{len(set(ids.values()))} ids for {CHECKS} letters")
    held, summary = recall(home, wanted=(0,))
    expect(not held and summary["checks"] == CHECKS, f"without a register: {len(held)} held of {summary['checks']}")

    (folder / "plan.txt").write_text(secret)
    keepmum(home, "register", "add", folder / "plan.txt", "--level", "secret", "--name", "Plan")
    held, summary = recall(home, wanted=(1,))
    named = {line["id"] for line in held}
    wanted = {ids[name] for name in quoting}
    print(f"recall: {len(named & wanted)} of {len(wanted)} named, {len(named - wanted)} others, of {summary['checks']} remembered checks")
    expect(named == wanted, f"recall: {len(named & wanted)} of {len(wanted)} named, and {len(named - wanted)} others")
    expect(all(line["to"] == "supplier" and "source" not in line and line["findings"][0]["facts"]["document"] == "Plan" for line in held), "recall: destination or document is wrong")
    expect(len(recall(home, "--to", "press")[0]) == 0 and recall(home, "--to", "press")[1]["checks"] == 0, "recall --to names checks of other destinations")
    expect(recall(home, "--since", "2999-01-01")[1]["checks"] == 0, "recall --since takes earlier days")
    text = keepmum(home, "recall", wanted=(1,))
    expect(text.startswith("20 CHECKS WOULD BE HELD TODAY\n") and all(f"{one}  20" in text for one in wanted), f"recall as text: {text[:300]}")
    expect("words and rules" in text, "recall does not say what it cannot judge")
    holds_nothing(home, [secret, *letters.values(), *letters, *quoting])
    keepmum(home, "register", "remove", "Plan")
    expect(recall(home, wanted=(0,))[1]["held"] == 0, "a removed document still holds")


def holds_nothing(home, checked):
    """No window of six bytes of what was checked is in what was remembered."""
    kept = b"".join(path.read_bytes() for path in sorted((home / "state").rglob("*")) if path.is_file())
    windows = set()
    for text in checked:
        raw = text.encode()
        windows.update(raw[at:at + 6] for at in range(len(raw) - 5))
    expect({raw[at:at + 6] for at in range(len(raw) - 5)} <= windows, "the windows are not those of the texts")
    there = {kept[at:at + 6] for at in range(len(kept) - 5)} & windows
    # By chance: each of so many windows in so many places, of 256^6.
    chance = len(windows) * len(kept) / 256**6
    print(f"remembered: {len(kept)} bytes, {len(windows)} windows of six bytes looked for, {len(there)} there ({chance:.3f} by chance)")
    expect(len(there) <= 2 + chance, f"{len(there)} windows of the checked texts are in what is remembered: {sorted(there)[:5]}")
    expect(not any(word in kept for word in (b"supplier", b"letter-", b"secret", b"Plan", b".txt")), "a name stands open in what is remembered")


def damage(folder):
    """A byte flipped: one check is lost and named. Two checks at once. Another key. A full disk."""
    home = program.furnished(folder / "home-damage")
    for name in "abc":
        (folder / f"{name}.txt").write_text(words(random.Random(name), 80))
    checks = [subprocess.Popen([str(program.KEEPMUM), "check", "--remember", "--home", str(home), str(folder / f"{name}.txt")], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for name in "a"]
    for check in checks:
        check.communicate(timeout=120)
    checks = [subprocess.Popen([str(program.KEEPMUM), "check", "--remember", "--home", str(home), str(folder / f"{name}.txt")], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for name in "bcbc"]
    for check in checks:
        check.communicate(timeout=120)
        expect(check.returncode == 0, f"one of four checks at once ended with {check.returncode}")
    expect(recall(home)[1]["checks"] == 5, f"four checks at once: {recall(home)[1]['checks']} of 5 remembered")
    (day,) = [path for path in (home / "state/remembered").iterdir() if path.name != "lock"]
    whole = day.read_bytes()
    changed = bytearray(whole)
    changed[len(changed) // 2] ^= 1
    day.write_bytes(changed)
    held, summary = recall(home, wanted=(1,))
    expect(summary["checks"] == 4 and len(summary["damage"]) == 1 and day.name in summary["damage"][0], f"a flipped byte: {summary}")
    expect("was skipped" in keepmum(home, "recall", wanted=(1,)), "the text does not name the damage")
    day.write_bytes(whole)

    (folder / "other.key").write_text("keepmum register key 1\n" + "5a" * 32 + "\n")
    for command in (("check", "--remember", folder / "a.txt"), ("recall",)):
        said = keepmum(home, *command, "--key", folder / "other.key", wanted=(2,))
        expect("under another key" in said and len(said.splitlines()) == 1, f"{command[0]} with another key: {said}")
    expect(day.read_bytes() == whole, "another key changed what was remembered")

    limit = len(whole) + 100
    said = keepmum(home, "check", "--remember", folder / "a.txt", wanted=(2,), before=lambda: (resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)), __import__("signal").signal(25, __import__("signal").SIG_IGN)))
    expect("could not all be remembered" in said and len(said.splitlines()) == 1, f"a full disk: {said}")
    expect(day.read_bytes() == whole, "a full disk left a piece behind")


def directive(folder):
    """What was found then is judged by the clauses of today, and a permit of then still counts."""
    home = program.furnished(folder / "home-directive")
    (folder / "letter.txt").write_text("Our account: DE89 3704 0044 0532 0130 00, and thanks.\n")
    loose = folder / "loose.toml"
    clause = '[[clause]]\nid = "numbers"\nwhen = { rules = ["identity.iban"]%s }\nthen = "%s"\nbecause = { en = "A number.", zh = "号码。" }\nadvice = { en = "Look.", zh = "请看。" }\n'
    head = 'id = "loose"\ntitle = { en = "Loose", zh = "宽松" }\n'
    loose.write_text(head + clause % ("", "warn"))
    keepmum(home, "check", "--remember", "--directive", loose, folder / "letter.txt")
    strict = folder / "strict.toml"
    strict.write_text(head + clause % (', facts = ["country=DE"]', "hold"))
    held, _ = recall(home, "--directive", strict, wanted=(1,))
    expect(len(held) == 1 and held[0]["then"] == "warn" and held[0]["because"][0]["clause"] == "numbers", f"a stricter directive: {held}")
    strict.write_text(head + clause % (', facts = ["country=FR"]', "hold"))
    expect(not recall(home, "--directive", strict, wanted=(0,))[0], "a clause about another fact holds")
    expect(not recall(home, "--directive", loose, wanted=(0,))[0], "the directive of then holds now")


def slices(folder):
    """Eight letters, each with a little of an internal document, none held; together they are told, for their destination alone."""
    home, desk = program.furnished(folder / "home-slices"), folder / "slices"
    desk.mkdir()
    rng = random.Random(8)
    plan = [words(rng, 40) + "." for _ in range(50)]
    (folder / "internal.txt").write_text("\n\n".join(plan))
    for number in range(8):
        (desk / f"{number}.txt").write_text(words(rng, 50) + "\n" + plan[6 * number] + "\n")
        keepmum(home, "check", "--remember", "--to", "supplier", desk / f"{number}.txt")
    keepmum(home, "check", "--remember", "--to", "press", desk / "0.txt")
    keepmum(home, "register", "add", folder / "internal.txt", "--level", "internal", "--name", "Plan")
    lines = recall_lines(home, wanted=(1,))
    told = [line for line in lines if line["type"] == "sliced"]
    expect(len(told) == 1 and told[0]["to"] == "supplier" and len(told[0]["ids"]) == 8 and told[0]["share"] in ("13%", "14%", "15%", "16%"), f"slices: {told}")
    expect(lines[-1]["held"] == 0 and lines[-1]["sliced"] == 1, f"slices: {lines[-1]}")
    expect("To supplier: 8 checks together repeat 1" in keepmum(home, "recall", wanted=(1,)), "slices are not told in the text")
    # The next letter that would add to it is told at once, for that destination alone; one that adds nothing is not.
    (desk / "next.txt").write_text(words(rng, 50) + "\n" + plan[9] + "\n")
    (desk / "other.txt").write_text(words(rng, 80) + "\n")
    def sliced(to, path, wanted, home=home):
        lines = [json.loads(line) for line in keepmum(home, "check", "--remember", "--to", to, "--format", "jsonl", path, wanted=(wanted,)).splitlines()]
        expect((lines[-1]["outcome"] == "hold") == bool(wanted), f"slices: {lines[-1]}")
        return [line for line in lines if line["type"] == "finding" and line["rule"] == "excerpt.slices"], lines
    expect(not sliced("press", desk / "next.txt", 0)[0], "slices: another destination")
    expect(not sliced("supplier", desk / "other.txt", 0)[0], "slices: a letter without any")
    found, lines = sliced("supplier", desk / "next.txt", 1)
    facts = found[0]["facts"] if found else {}
    expect(len(found) == 1 and facts["to"] == "supplier" and facts["count"] == "9" and facts["document"] == "Plan" and facts["level"] == "internal", f"slices at once: {found}")
    expect(found and found[0]["place"].endswith("next.txt") and found[0]["fingerprint"] and "protected" in found[0]["labels"], f"slices: {found}")
    fired = [because["clause"] for line in lines if line["type"] == "verdict" for because in line["because"]]
    expect("protected-slices" in fired, f"slices: no clause says so: {fired}")
    # Where what went before cannot all be read, the sum may be too small: whatever repeats anything of the document is held and says why.
    (day,) = [path for path in (home / "state/remembered").iterdir() if path.name != "lock"]
    whole = day.read_bytes()
    for content in (whole[:300] + bytes([whole[300] ^ 1]) + whole[301:], whole[:-100]):
        day.write_bytes(content)
        for words_, there in (((words(rng, 50) + "\n" + plan[9] + "\n"), True), (words(rng, 80) + "\n", False)):
            (desk / "unsure.txt").write_text(words_)
            _, lines = sliced("press", desk / "unsure.txt", 1 if there else 0)
            gaps = [line for line in lines if line["type"] == "gap"]
            expect([gap["media"] for gap in gaps] == ["application/x-keepmum-remembered"] * there, f"slices: a damaged memory: {gaps}")
            fired = [because["clause"] for line in lines if line["type"] == "verdict" for because in line["because"]]
            expect(("remembered-damaged" in fired) == there, f"slices: a damaged memory: {fired}")
    day.write_bytes(whole)
    (desk / "unsure.txt").unlink()
    # Every report and the exit code agree, and what was held did not go: asked again, it is the ninth still.
    for kind, word in (("text", "bit by bit, supplier would have 1"), ("html", "bit by bit, supplier would have 1"), ("sarif", "excerpt.slices")):
        said = " ".join(keepmum(home, "check", "--remember", "--to", "supplier", "--format", kind, desk / "next.txt", wanted=(1,)).split())
        expect(word in said and ("9 checks" in said or kind == "sarif"), f"slices as {kind}: {said[-600:]}")
        expect(kind != "text" or said.startswith("DO NOT SEND YET"), f"slices as text: {said[:80]}")
    expect("bit by bit" in keepmum(home, "rules", "explain", "excerpt.slices"), "rules explain excerpt.slices")
    # Whoever may answer for the whole letter can: then it goes, and counts.
    keepmum(home, "permit", "add", desk / "next.txt", "--reason", "agreed")
    keepmum(home, "check", "--remember", "--to", "supplier", desk / "next.txt")
    again = [line for line in recall_lines(home, wanted=(1,)) if line["type"] == "sliced"]
    expect(len(again) == 1 and len(again[0]["ids"]) == 9, f"slices: permitted, and not counted: {again}")
    # Letters of one run in their order, with one thread or more: the first ones go, from the one on that makes it a tenth they stay.
    answers = []
    for threads in ("1", "4"):
        own = program.furnished(folder / f"home-slices-{threads}")
        keepmum(own, "register", "add", folder / "internal.txt", "--level", "internal", "--name", "Plan")
        lines = [json.loads(line) for line in keepmum(own, "check", "--remember", "--to", "supplier", "--format", "jsonl", "-j", threads, desk, wanted=(1,)).splitlines()]
        answers.append([(line["source"], line["outcome"]) for line in lines if line["type"] == "verdict"])
        held = [source for source, outcome in answers[-1] if outcome == "hold"]
        counts = {line["facts"]["count"] for line in lines if line["type"] == "finding" and line["rule"] == "excerpt.slices"}
        expect(len(counts) == 1, f"slices of one run: what was held counts for others: {counts}")
        expect(2 <= len(held) <= 5 and all(not source.endswith(("0.txt", "1.txt", "2.txt", "3.txt", "other.txt")) for source in held), f"slices of one run: {answers[-1]}")
    expect(answers[0] == answers[1], f"slices: threads differ: {answers}")


def usage(folder):
    home = program.furnished(folder / "home-usage")
    for words_, said in ((("check", "--to", "x", folder), "needs --remember"), (("check", "--remember", "--to", "li@example.com", folder), "never a person"),
                         (("recall", "--since", "yesterday"), "YYYY-MM-DD"), (("recall", "file.txt"), "takes no names")):
        out = keepmum(home, *words_, wanted=(2,))
        expect(said in out and len(out.splitlines()) == 1, f"{words_}: {out}")
    expect("No such checks are remembered" in keepmum(home, "recall"), "recall without anything remembered")
    (folder / "a-name-to-keep.txt").write_text("Nine: welcome. Ten: coffee.\n")
    keepmum(home, "check", "--remember", "--names", folder / "a-name-to-keep.txt")
    expect("Days forgotten: 1." in keepmum(home, "recall", "--forget-before", "2999-01-01"), "a day is not forgotten")
    expect(not [path for path in (home / "state/remembered").iterdir() if re.match(r"\d", path.name)], "a day is still there")


with tempfile.TemporaryDirectory(prefix="keepmum-remember-") as name:
    for part in (retro_hunt, damage, directive, slices, usage):
        part(pathlib.Path(name))
print("\n".join(faults) or "remember: all is well")
sys.exit(bool(faults))
