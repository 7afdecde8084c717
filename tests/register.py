"""The register as its user has it: what is registered is known again in other formats and other states, with place and paragraph; a
translation and other texts are not. Removing, expiry, levels, carrying it to another machine, keys, and files that cannot be registered.
"""
import base64
import pathlib
import random
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent / "corpus"))
import archives  # noqa: E402
import mails  # noqa: E402
import office  # noqa: E402
import open_document  # noqa: E402
import pdfs  # noqa: E402
import program  # noqa: E402
import protected  # noqa: E402
import rtfs  # noqa: E402

faults = []


def expect(good, what):
    if not good:
        faults.append(what)


def keepmum(home, *words, wanted=0):
    program.lend_rules(pathlib.Path(home))
    done = subprocess.run([str(program.KEEPMUM), *map(str, words), "--home", str(home), "--lang", "en"], capture_output=True, text=True, timeout=300)
    expect(done.returncode == wanted, f"{' '.join(map(str, words))}: ended with {done.returncode}, not {wanted}: {done.stdout[-300:]}{done.stderr[-300:]}")
    return done.stdout + done.stderr


def check(home, *paths, options=()):
    done = subprocess.run([str(program.KEEPMUM), "check", "--home", str(home), "--format", "jsonl", "--lang", "en", *options, *map(str, paths)], capture_output=True, text=True, timeout=300)
    expect(done.returncode in (0, 1), f"check ended with {done.returncode}: {done.stderr[-300:]}")
    return program.read(done.stdout)[0] if done.returncode in (0, 1) else {}


def excerpts(answer):
    return [finding for finding in answer.findings if finding["rule"] == "excerpt.document"]


def wrapped(text, columns=72):
    """The text in lines, as a page has it."""
    lines = [""]
    for word in text.split(" "):
        if len(lines[-1]) + len(word) > columns:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    return lines


def forms():
    """Name, content, and how the place of the excerpt ends: the quote in every dress."""
    quote = protected.QUOTE
    text = "\n\n".join(quote) + "\n"
    page = pdfs.lines([line for paragraph in quote for line in (*wrapped(paragraph), "")])
    pdf = pdfs.Pdf([pdfs.lines(["The programme", "of the day"]), page], "Letter").render()
    mail = mails.message("Letter", "Please see the attachment.\n", attachments=[("letter.pdf", pdf)])
    yield "plain.txt", text.encode(), ""
    yield "utf16.txt", text.encode("utf-16"), ""
    yield "letter.docx", office.docx(quote), "word/document.xml"
    yield "letter.odt", open_document.odt(quote), "content.xml"
    yield "letter.rtf", rtfs.rtf(quote), ""
    yield "talk.pptx", office.pptx([{"texts": quote}]), "slide:1"
    yield "sheet.xlsx", office.xlsx([("Notes", [[paragraph] for paragraph in quote])]), "Notes"
    yield "letter.pdf", pdf, "page:2"
    yield "letter.eml", mail, "letter.pdf!page:2"
    yield "march.zip", archives.zip_of({"readme.txt": b"Mails of March.\n", "sent/letter.eml": mail}), "letter.pdf!page:2"
    yield "html.html", ("<html><body>" + "".join(f"<p>{paragraph}</p>" for paragraph in quote) + "</body></html>").encode(), ""
    yield "base64.txt", b"data: " + base64.b64encode(text.encode()) + b"\n", "decode:base64"
    yield "capitals.txt", text.upper().encode(), ""
    yield "spread.txt", text.replace(" ", "\n").encode(), ""
    yield "comment.docx", office.docx(["Dear Mr Weber,"], comments=[quote[2]]), "word/comments.xml"
    yield "notes.pptx", office.pptx([{"texts": ["Welcome"], "notes": quote[2]}]), ""
    wide = "".join(chr(ord(c) + 0xFEE0) if 0x21 <= ord(c) < 0x7F else c for c in text)
    yield "wide.txt", wide.encode(), ""
    yield "invisible.txt", "\u200b".join(text).encode(), ""


def recognition(folder):
    home = program.furnished(folder / "home")
    (folder / "report.docx").write_bytes(office.docx(protected.REPORT, title="Coating trial 7"))
    said = keepmum(home, "register", "add", folder / "report.docx", "--level", "secret", "--name", "Coating trial 7")
    expect("Coating trial 7" in said and "1,280 letters" in said, "register add does not say what it registered: " + said)
    (folder / "out").mkdir()
    places = {}
    for name, content, end in forms():
        (folder / "out" / name).write_bytes(content)
        places[str(folder / "out" / name)] = end
    answers = check(home, folder / "out")
    for path, end in places.items():
        found, name = excerpts(answers[path]), pathlib.Path(path).name
        expect(answers[path].outcome == "hold" and found, f"{name}: {answers[path].outcome}, not recognised")
        for finding in found[:1]:
            place = finding["place"].rsplit("@", 1)[0]
            expect(place.endswith(end), f"{name}: told at {finding['place']}")
            expect(finding["facts"]["document"] == "Coating trial 7" and finding["facts"]["level"] == "secret", f"{name}: {finding['facts']}")
            expect(finding["facts"].get("paragraphs") == "5-7", f"{name}: paragraphs {finding['facts'].get('paragraphs')}")
            expect(250 <= int(finding["facts"]["letters"]) <= 420, f"{name}: {finding['facts']['letters']} letters")
    (folder / "twice.zip").write_bytes(archives.zip_of({"one/letter.docx": office.docx(protected.QUOTE), "two/letter.docx": office.docx(protected.QUOTE)}))
    twice = sorted(finding["place"].split("!")[1] for finding in excerpts(check(home, folder / "twice.zip")[str(folder / "twice.zip")]))
    expect(twice == ["one/letter.docx", "two/letter.docx"], f"the same letter twice: told at {twice}")
    # The translation of the same report, and all texts that do not quote it.
    (folder / "translation.docx").write_bytes(office.docx(protected.REPORT_ZH))
    (folder / "around.txt").write_text("\n".join(protected.AROUND))
    answers = check(home, folder / "translation.docx", folder / "around.txt", program.ROOT / "samples/clean")
    for path, answer in answers.items():
        expect(answer.outcome == "pass" and not excerpts(answer), f"{path}: {answer.outcome}: {answer.why()}")
    one, eight = (subprocess.run([str(program.KEEPMUM), "check", "--home", str(home), "--format", "jsonl", "-j", jobs, str(folder / "out")], capture_output=True).stdout for jobs in "18")
    expect(one == eight, "-j1 and -j8 differ")
    return home


def shown(home, folder):
    """The page shows where, and not one run of four words of the protected text; nor does any other format."""
    quote = " ".join(protected.REPORT[number] for number in protected.QUOTED)
    words = quote.split()
    for kind in ("html", "text", "jsonl", "sarif"):
        options = ["-v"] if kind == "text" else []
        done = subprocess.run([str(program.KEEPMUM), "check", "--home", str(home), "--lang", "en", "--format", kind, *options, str(folder / "out/plain.txt"), str(folder / "out/letter.docx")], capture_output=True, text=True)
        flat = " ".join(done.stdout.split())
        for at in range(len(words) - 3):
            expect(" ".join(words[at:at + 4]) not in flat, f"{kind} shows '{' '.join(words[at:at + 4])}'")
        expect("Coating trial 7" in flat and "5-7" in flat, f"{kind} does not name document and paragraphs")
        if kind == "html":
            expect("thank you for the good talk" in flat and "•••" in flat, "html does not show where the passage stands")


def states(folder):
    """What was deleted with tracked changes, and what an earlier revision of a PDF showed, is registered too."""
    home = program.furnished(folder / "home-states")
    before, after = protected.REPORT[8], protected.REPORT[9]
    (folder / "changed.docx").write_bytes(office.docx([protected.REPORT[1], [(before, "deleted"), (after, "inserted")], protected.REPORT[2]]))
    first = pdfs.Pdf([pdfs.lines(wrapped(protected.REPORT[5]) + wrapped(protected.REPORT[4]))], "Open day")
    (folder / "revised.pdf").write_bytes(first.update(first.render(), {10: first.stream(pdfs.lines(wrapped(protected.REPORT[4])))}))
    said = keepmum(home, "register", "add", folder / "changed.docx", folder / "revised.pdf", "--level", "top")
    expect("changes rejected" in said and "revision 1" in said, "the states are not named: " + said)
    for text, name in ((before, "deleted"), (after, "inserted"), (protected.REPORT[5], "earlier revision")):
        (folder / "quote.txt").write_text(text)
        expect(len(excerpts(check(home, folder / "quote.txt")[str(folder / "quote.txt")])) == 1, f"{name} text is not recognised once")


def life(folder):
    """Levels, expiry, removal, the same file twice, template text, another machine."""
    home, quote = folder / "home-life", folder / "letter.txt"
    quote.write_text("\n".join(protected.QUOTE))
    (folder / "a.txt").write_text("\n".join(protected.REPORT))
    keepmum(home, "register", "add", folder / "a.txt", "--level", "internal", "--until", "2999-01-01", "--holder", "Wu Ping")
    answer = check(home, quote)[str(quote)]
    expect(answer.outcome == "warn" and excerpts(answer), f"internal: {answer.outcome}: {answer.why()}")
    again = keepmum(home, "register", "add", folder / "a.txt", "--level", "internal")
    expect("registered already" in again, "the same file twice: " + again)
    listed = keepmum(home, "register", "list")
    expect("a.txt" in listed and "2999-01-01" in listed and "Wu Ping" not in listed, "list: " + listed)
    identity = listed.split()[0]
    opened = keepmum(home, "register", "open", identity, home / "data/officer-1.key", home / "data/officer-2.key", "--reason", "a test")
    expect("Wu Ping" in opened, "open: " + opened)
    for path in (home / "data/register").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            expect(b"Wu Ping" not in content and b"a.txt" not in content and b"coating" not in content.lower(), f"{path.name} holds text in the clear")
    keepmum(home, "register", "verify")
    keepmum(home, "register", "stats")
    # Another machine with the same key; without it, one sentence and nothing destroyed.
    other = folder / "home-other"
    keepmum(home, "register", "export", folder / "register.export")
    keepmum(other, "register", "import", folder / "register.export", wanted=2)
    keepmum(other, "register", "import", folder / "register.export", "--key", home / "data/register.key")
    refused = keepmum(other, "check", quote, wanted=2)
    expect("--key" in refused and len(refused.strip().splitlines()) == 1, "no key: " + refused)
    answer = check(other, quote, options=("--key", str(home / "data/register.key")))[str(quote)]
    expect(len(excerpts(answer)) == 1, "imported: not recognised")
    (folder / "wrong.key").write_text("keepmum register key 1\n" + "5" * 64 + "\n")
    refused = keepmum(home, "check", quote, "--key", folder / "wrong.key", wanted=2)
    expect(len(refused.strip().splitlines()) == 1, "wrong key: " + refused)
    keepmum(home, "register", "list", "--key", folder / "wrong.key", wanted=2)
    keepmum(home, "register", "add", folder / "register.export", "--level", "internal", "--key", folder / "wrong.key", wanted=2)
    expect(len(excerpts(check(home, quote)[str(quote)])) == 1, "after the wrong key: not recognised")
    keepmum(home, "register", "rebuild")
    expect(len(excerpts(check(home, quote)[str(quote)])) == 1, "rebuilt: not recognised")
    keepmum(home, "register", "remove", identity)
    expect(not excerpts(check(home, quote)[str(quote)]), "removed: still recognised")
    expect("empty" in keepmum(home, "register", "list"), "removed: still listed")


def permitted(home, folder):
    """A permit for the passages is for them alone: others of the same document still hold."""
    letter, more = folder / "out/plain.txt", folder / "more.txt"
    more.write_text("\n".join(protected.QUOTE) + "\n" + protected.REPORT[8] + "\n" + protected.REPORT[10] + "\n")
    keepmum(home, "permit", "add", letter, "--rule", "excerpt.document", "--reason", "agreed with the group")
    answers = check(home, letter, more)
    expect(answers[str(letter)].outcome != "hold", f"permitted passages: {answers[str(letter)].outcome}")
    expect(answers[str(more)].outcome == "hold", f"further passages: {answers[str(more)].outcome}")


def damage(folder):
    """A damaged segment is named, the rest serves, and every check holds, since it could not compare with everything."""
    home, quote = folder / "home-damage", folder / "letter2.txt"
    quote.write_text("\n".join(protected.QUOTE))
    (folder / "b.txt").write_text("\n".join(protected.REPORT))
    keepmum(home, "register", "add", folder / "b.txt", "--level", "secret")
    segments = [path for path in (home / "data/register").iterdir() if path.is_file() and path.stat().st_size > 2000]
    whole = {path: path.read_bytes() for path in segments}
    for path, content in whole.items():
        path.write_bytes(content[:len(content) // 2])
    answer = check(home, quote)[str(quote)]
    expect(answer.outcome == "hold" and answer.gaps, f"cut segment: {answer.outcome}: {answer.why()}")
    keepmum(home, "register", "verify", wanted=1)
    (folder / "public.txt").write_text(" ".join(f"public{number * 7919}" for number in range(300)))
    said = keepmum(home, "register", "background", folder / "public.txt", wanted=1)
    expect("cut short" in said, f"background beside a damaged segment: {said}")
    # What is added beside it is in and protected, and the damage is named; also where it shows only once segments are merged.
    for file, content in whole.items():
        file.write_bytes(content[:len(content) // 2] + bytes([content[len(content) // 2] ^ 1]) + content[len(content) // 2 + 1:])
    for word in ("one", "two", "three", "four"):
        (folder / f"{word}.txt").write_text(" ".join(f"{word}{number * 7919}" for number in range(300)))
        said = keepmum(home, "register", "add", folder / f"{word}.txt", "--level", "secret", wanted=1)
        expect("can be recognised" in said and "bytes of it were changed" in said, f"add beside a damaged segment: {said}")
        expect(f"{word}.txt" in keepmum(home, "register", "list"), f"{word}.txt is not in the list")


def refusals(folder):
    """What cannot be registered says why; bad usage is one sentence."""
    home = program.furnished(folder / "home-refusals")
    cases = {"empty.txt": b"", "short.txt": b"Hi.", "binary.bin": bytes(range(256)),
             "locked.zip": archives.encrypted_zip_of({"drawing.txt": b"secret drawing\n" * 30}, b"open sesame")}
    wanted = {"empty.txt": "no text", "short.txt": "too short", "binary.bin": "cannot read", "locked.zip": "password"}
    for name, content in cases.items():
        (folder / name).write_bytes(content)
        said = keepmum(home, "register", "add", folder / name, "--level", "secret", wanted=1)
        expect(wanted[name] in said, f"{name}: {said}")
    keepmum(home, "register", "add", folder / "nowhere.txt", "--level", "secret", wanted=1)
    line = " ".join(f"word{number}" for number in range(900)) + "\n"
    (folder / "huge.txt").write_text("".join(f"{number} {line}" for number in range(66_000_000 // len(line) + 1100)))
    said = keepmum(home, "register", "add", folder / "huge.txt", "--level", "secret", wanted=1)
    expect("more text than one document can hold (64 MB)" in said, f"huge: {said}")
    (folder / "huge.txt").unlink()
    full_disk(home, folder)
    (folder / "form.txt").write_text("\n".join(protected.REPORT[1:9]))
    keepmum(home, "register", "background", folder / "form.txt")
    (folder / "filled.txt").write_text("\n".join(protected.REPORT[1:9]) + "\nName: Lin\n")
    said = keepmum(home, "register", "add", folder / "filled.txt", "--level", "secret")
    expect("template" in said, "a filled-in form: " + said)
    good = folder / "form.txt"
    for words in (("add", good), ("add", good, "--level", "secretish"), ("add", "--level", "secret"), ("add", good, "--level", "secret", "--until", "tomorrow"),
                  ("add", good, "--level", "secret", "--until", "2001-01-01"), ("add", good, good, "--level", "secret", "--name", "x"), (), ("ad",), ("remove",),
                  ("remove", "D-000000"), ("export",), ("import", folder / "nothing"), ("list", "x"), ("open", "x"), ("list", "--key", "")):
        said = keepmum(home, "register", *words, wanted=2)
        expect(len(said.strip().splitlines()) == 1 and said.startswith("keepmum: "), f"register {words}: {said}")


def full_disk(home, folder):
    """A disk that fills up while documents are added or carried in: one sentence, what was there serves, and the next one comes in."""
    kept = folder / "kept.txt"
    kept.write_text("\n".join(protected.REPORT))
    keepmum(home, "register", "add", kept, "--level", "secret")
    rng = random.Random(9)
    (folder / "long.txt").write_text("\n".join(" ".join(f"{rng.randrange(10**6)}" for _ in range(12)) for _ in range(9000)))
    keepmum(home, "register", "export", folder / "full.export")
    for words in (("add", folder / "long.txt", "--level", "secret"), ("import", folder / "full.export")):
        done = subprocess.run([str(program.KEEPMUM), "register", *map(str, words), "--home", str(home), "--lang", "en"], capture_output=True, text=True, timeout=300,
                              preexec_fn=lambda: (resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)))
        said = done.stderr.strip().splitlines()
        expect(done.returncode == 2 and len(said) == 1 and said[0].startswith("keepmum: "), f"a full disk, {words[0]}: {done.returncode} {done.stdout}{done.stderr}")
        keepmum(home, "register", "verify")
        listed = keepmum(home, "register", "list")
        expect("kept.txt" in listed and "long.txt" not in listed, f"a full disk, {words[0]}: {listed}")
    left = [path.name for path in (home / "data/register").rglob("*") if path.name.endswith(".part") or path.name == "incoming"]
    expect(not left, f"a full disk leaves {left}")
    keepmum(home, "register", "add", folder / "long.txt", "--level", "secret")


def bitmap(grid, cell=20):
    """A BMP picture of grey squares."""
    width, height = len(grid[0]) * cell, len(grid) * cell
    rows = b"".join(b"".join(bytes([grey]) * 3 * cell for grey in line) * cell for line in reversed(grid))
    head = b"BM" + struct.pack("<IIIIiiHHIIiiII", 54 + len(rows), 0, 54, 40, width, height, 1, 24, 0, len(rows), 0, 0, 0, 0)
    return head + rows


def likenesses(folder):
    """Pictures and files that nothing reads: known again, while what a picture shows stays a gap."""
    home = program.furnished(folder / "home-likenesses")
    draw = random.Random(5)
    grid = [[draw.randrange(256) for _ in range(12)] for _ in range(10)]
    model = b"AC1032\0" + draw.randbytes(30000)
    (folder / "drawing.bmp").write_bytes(bitmap(grid))
    (folder / "model.dwg").write_bytes(model)
    said = keepmum(home, "register", "add", folder / "drawing.bmp", folder / "model.dwg", "--level", "secret")
    expect("by its pictures" in said and "near copies" in said, "likenesses: " + said)
    turned = [list(line) for line in zip(*grid[::-1])]
    files = {"turned.bmp": (bitmap(turned), "excerpt.picture"), "same.bmp": (bitmap(grid), "excerpt.copy"),
             "cropped.bmp": (bitmap([line[1:] for line in grid]), "excerpt.picture"),
             "saved-again.dwg": (model[:9000] + b"a line more" + model[9000:], "excerpt.copy"),
             "in.zip": (archives.zip_of({"model.dwg": model}), "excerpt.copy"),
             "other.bmp": (bitmap([[draw.randrange(256) for _ in range(12)] for _ in range(10)]), None),
             "other.dwg": (b"AC1032\0" + draw.randbytes(30000), None),
             "cut.bmp": (bitmap(grid)[:9000], None)}
    for name, (content, rule) in files.items():
        (folder / name).write_bytes(content)
        answer = check(home, folder / name)[str(folder / name)]
        rules = {finding["rule"] for finding in answer.findings if finding["rule"].startswith("excerpt.")}
        expect(rule in rules if rule else not rules, f"{name}: {rules}")
        unread = any(gap["cause"] == "unsupported" for gap in answer.gaps)  # a drawing; pictures are read
        expect((answer.outcome == "hold") == (name != "other.bmp") and unread == (not name.endswith(".bmp")), f"{name}: {answer.why()}")
        if name == "cut.bmp":
            expect(any(gap["cause"] == "malformed" for gap in answer.gaps), f"{name}: nothing said of its damage")
    for name in ("pictures", "copies"):
        path = home / "data/register" / name
        good = path.read_bytes()
        middle = 512 + (len(good) - 512) // 2
        path.write_bytes(good[:middle] + bytes([good[middle] ^ 1]) + good[middle + 1:])
        keepmum(home, "register", "verify", wanted=1)
        expect(check(home, folder / "turned.bmp")[str(folder / "turned.bmp")].outcome == "hold", f"damaged {name}")
        (folder / "late.txt").write_text("\n".join(protected.REPORT))
        said = keepmum(home, "register", "add", folder / "late.txt", "--level", "secret", wanted=2)
        expect(name in said and "late.txt" not in keepmum(home, "register", "list"), f"add beside damaged {name}: {said}")
        path.write_bytes(good)
    keepmum(home, "register", "verify")
    keepmum(home, "register", "remove", "drawing.bmp")
    answer = check(home, folder / "turned.bmp")[str(folder / "turned.bmp")]
    expect(not any(finding["rule"].startswith("excerpt.") for finding in answer.findings), "removed, and still found")


def carried(folder):
    """Pictures, copies and tables go along to another machine; a changed or cut file gives nothing, and what is there stays as it is."""
    home, other, draw = folder / "home-carried", folder / "home-there", random.Random(6)
    grid = [[draw.randrange(256) for _ in range(12)] for _ in range(10)]
    model = b"AC1032\0" + draw.randbytes(30000)
    papers = {"paper.txt": "\n".join(protected.REPORT).encode(), "plan.bmp": bitmap(grid), "part.dwg": model}
    for name, content in papers.items():
        (folder / name).write_bytes(content)
    keepmum(home, "register", "add", *[folder / name for name in papers], "--level", "secret")
    (folder / "people.csv").write_text("name,phone\n" + "".join(f"Person {number} Brandt{number},139{number:08}\n" for number in range(50)))
    keepmum(home, "register", "table", folder / "people.csv", "--columns", "name,phone", "--level", "secret")
    file, key = folder / "carried.export", ("--key", home / "data/register.key")
    said = keepmum(home, "register", "export", file)
    expect("documents 3, tables 1" in said, "export: " + said)
    whole = file.read_bytes()
    expect(b"Brandt" not in whole and b"13900000007" not in whole and b"part.dwg" not in whole, "what is carried holds text in the clear")
    for at in [0, 30, 40, len(whole) - 4, *draw.sample(range(len(whole)), 12)]:
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:])
        done = subprocess.run([str(program.KEEPMUM), "register", "import", str(file), "--home", str(other), "--key", str(key[1])], capture_output=True, text=True)
        expect(done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1, f"byte {at} changed: {done.returncode} {done.stdout}{done.stderr}")
        listed = keepmum(other, "register", "list", *key)
        expect("paper.txt" not in listed and "people.csv" not in listed, f"byte {at} changed, and something came in: {listed}")
        shutil.rmtree(other / "data/register", ignore_errors=True)
    for size in (0, 10, 26, 30, len(whole) // 3, len(whole) - 1):
        file.write_bytes(whole[:size])
        keepmum(other, "register", "import", file, *key, wanted=2)
    file.write_bytes(whole)
    expect("documents 3, tables 1" in keepmum(other, "register", "import", file, *key), "import")
    expect("documents 0, tables 0" in keepmum(other, "register", "import", file, *key), "import again")
    keepmum(other, "register", "verify", *key)
    expect(not (other / "data/register/incoming").exists(), "what came in is left lying")
    damaged = home / "data/register/copies"
    good = damaged.read_bytes()
    damaged.write_bytes(good[:-20] + bytes([good[-20] ^ 1]) + good[-19:])
    refused = keepmum(home, "register", "export", folder / "damaged.export", wanted=2)
    expect("not exported" in refused and not (folder / "damaged.export").exists(), "a damaged register: " + refused)
    leaks = {"turned.bmp": (bitmap([list(line) for line in zip(*grid[::-1])]), "excerpt.picture"), "again.dwg": (model[:9000] + b"more" + model[9000:], "excerpt.copy"),
             "quote.txt": ("\n".join(protected.QUOTE).encode(), "excerpt.document"), "call.txt": (b"Ring Person 7 Brandt7 at 139 0000 0007, please.", "excerpt.table")}
    for name, (content, rule) in leaks.items():
        (folder / name).write_bytes(content)
        answer = check(other, folder / name, options=tuple(map(str, key)))[str(folder / name)]
        expect(rule in {finding["rule"] for finding in answer.findings}, f"carried: {name} is not known: {answer.why()}")


with tempfile.TemporaryDirectory(prefix="keepmum-register-") as name:
    root = pathlib.Path(name)
    here = recognition(root)
    shown(here, root)
    permitted(here, root)
    states(root)
    life(root)
    damage(root)
    refusals(root)
    likenesses(root)
    carried(root)
print(f"register: {len(faults)} not as they should be")
print("\n".join(faults))
sys.exit(bool(faults))
