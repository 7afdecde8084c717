"""Protected tables as their user has them: leaks of a few cells of one row in prose, csv, json and docx are found with the table's name and
columns, other people alike are not; a changed table takes in only what changed; bad input is refused in one sentence.

The second argument is the number of rows (100,000 unless named).
"""
import json
import pathlib
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent / "corpus"))
import office  # noqa: E402
import program  # noqa: E402

ROWS = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
LEAKS = max(40, min(10_000, ROWS // 1000))
FIRST = "Anna Ben Clara David Eva Felix Greta Hugo Ida Jan Karin Lars Mia Nils Olga Paul".split()
LAST = "Abel Brandt Conrad Dahl Ehlers Falk Gerber Hansen Iversen Jansen Kruse Lindner Moreau Nowak Olsen Petrov".split()
FAMILY, GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡郭", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明"
faults = []


def expect(good, what):
    if not good:
        faults.append(what)


def person(number, world="table"):
    luck = random.Random(f"{world} {number}")
    if luck.random() < 0.5:
        name = f"{luck.choice(FIRST)} {luck.choice(LAST)}{luck.choice(['', 'sen', 'mann', 'ova'])}"
    else:
        name = luck.choice(FAMILY) + luck.choice(GIVEN) + luck.choice(GIVEN)
    return name, f"13{luck.randrange(10**8, 10**9)}", str(luck.randrange(10**11, 10**12))


def keepmum(home, *words, wanted=0):
    done = subprocess.run([str(program.KEEPMUM), *map(str, words), "--home", str(home), "--lang", "en"], capture_output=True, text=True, timeout=900)
    expect(done.returncode == wanted, f"{' '.join(map(str, words))}: ended with {done.returncode}: {done.stdout[-300:]}{done.stderr[-300:]}")
    return done.stdout + done.stderr


def check(home, folder):
    done = subprocess.run([str(program.KEEPMUM), "check", "--home", str(home), "--format", "jsonl", "--lang", "en", str(folder)], capture_output=True, text=True, timeout=900)
    found = {}
    for line in done.stdout.splitlines():
        said = json.loads(line)
        if said["type"] == "finding" and said["rule"] == "excerpt.table":
            found.setdefault(pathlib.Path(said["source"]).name, []).append(said)
    return found, done.stdout


def write_table(path, numbers):
    with path.open("w") as out:
        out.write("id,Name,City,Phone,Account\n")
        for number in numbers:
            name, phone, account = person(number)
            out.write(f"{number},{name},Paris,{phone},{account}\n")


def leak(path, number, kind):
    name, phone, account = person(number)
    other = person(number, "others")
    phone = f"+86 {phone[:3]} {phone[3:7]} {phone[7:]}" if number % 2 else phone
    cells = [(name, phone), (name, account), (phone, account)][number % 3]
    if kind == "txt":
        path.write_text(f"Yesterday {other[0]} ({other[1]}) called.\nIt was about {cells[0]}; the number is\n{cells[1]}, as you know.\n")
    elif kind == "csv":
        path.write_text(f"a,b,c\n{other[1]},{other[0]},x\n{cells[1]},{cells[0].upper()},y\n")
    elif kind == "json":
        path.write_text(json.dumps([{"who": other[0], "tel": other[1]}, {"n": cells[1], "tags": ["vip"], "k": cells[0]}], indent=1))
    else:
        path.write_bytes(office.docx([f"Dear {other[0]},", f"please look at {cells[0]} again ({cells[1]}).", other[2]]))


def leaks(home, folder):
    luck, leaked = random.Random(7), {}
    (folder / "leaks").mkdir()
    (folder / "clean").mkdir()
    for number in range(LEAKS):
        kind = ("txt", "csv", "json", "docx")[number % 4]
        leaked[f"{number}.{kind}"] = luck.randrange(ROWS)
        leak(folder / "leaks" / f"{number}.{kind}", leaked[f"{number}.{kind}"], kind)
        one, another, nobody = person(luck.randrange(ROWS)), person(luck.randrange(ROWS)), person(number, "others")
        if another[0] not in (one[0], nobody[0]):
            (folder / "clean" / f"{number}.txt").write_text(f"{one[0]}, {another[1]}\n{nobody[0]}: {nobody[1]}, {nobody[2]}\n")
    found, said = check(home, folder / "leaks")
    expect(len(found) >= 0.99 * LEAKS, f"only {len(found)} of {LEAKS} leaks were found; not: {sorted(set(p.name for p in (folder / 'leaks').iterdir()) - set(found))[:5]}")
    first = found.get("0.txt", [{"facts": {}}])[0]["facts"]
    expect(first.get("table") == "customers" and first.get("rows") == "1" and first.get("level") == "secret", f"other facts than expected: {first}")
    for name, findings in found.items():
        told = json.dumps([finding["facts"] for finding in findings], ensure_ascii=False)
        expect(not any(cell in told for cell in person(leaked[name])), f"a cell stands in the facts: {told}")
    clean, _ = check(home, folder / "clean")
    expect(not clean, f"{len(clean)} false: {[(name, (folder / 'clean' / name).read_text()) for name in list(clean)[:3]]}")
    print(f"{len(found)} of {LEAKS} leaks found, {len(clean)} false of {len(list((folder / 'clean').iterdir()))}")


def changes(home, folder):
    table = folder / "customers.csv"
    write_table(table, range(20, ROWS + 10))
    begin = time.monotonic()
    said = keepmum(home, "register", "table", table, "--columns", "name,phone,account", "--level", "secret", "--name", "customers")
    print(f"changed table: {time.monotonic() - begin:.1f} s")
    expect("10 new, 20 gone" in said, f"a changed table: {said}")
    (folder / "state").mkdir()
    for number in (5, 25, ROWS + 5):
        (folder / "state" / f"{number}.txt").write_text(" ".join(person(number)))
    found, _ = check(home, folder / "state")
    expect(set(found) == {"25.txt", f"{ROWS + 5}.txt"}, f"after the change were found: {sorted(found)}")
    few = folder / "few.csv"
    write_table(few, [5])
    begin = time.monotonic()
    expect("1 new, 0 gone" in keepmum(home, "register", "table", few, "--columns", "name,phone,account", "--level", "secret", "--name", "customers", "--delta", "add"), "a row was not added")
    print(f"one row added: {time.monotonic() - begin:.1f} s")
    expect("0 new, 1 gone" in keepmum(home, "register", "table", few, "--columns", "name,phone,account", "--level", "secret", "--name", "customers", "--delta", "remove"), "a row was not removed")
    expect("customers" in keepmum(home, "register", "list"), "the table is not listed")
    keepmum(home, "register", "verify")


def bad_input(home, folder):
    options = ["--columns", "name,phone", "--level", "secret"]
    table = folder / "bad.csv"
    for content, options_now, said in [
            (b"Name,Phone\nAnna,1\n", ["--columns", "nme,phone", "--level", "secret"], "its columns are: Name, Phone"),
            (b"Name,Phone\nAnna,1\n", ["--columns", "name,phone"], "--level"),
            (b"Name,Phone\nAnna,1\n", ["--level", "secret"], "--columns"),
            (b"Name,Phone\nAnna,1\n", [*options, "--need", "3"], "--need"),
            (b"Name,Phone\nAnna,1\n", [*options, "--delta", "add"], "no table of that name"),
            (b"Name,Phone\n", options, "no rows"),
            (b"", options, "empty"),
            (bytes(range(256)) * 40, options, "CSV")]:
        table.write_bytes(content)
        answer = keepmum(home, "register", "table", table, *options_now, wanted=2)
        expect(said in answer and answer.count("\n") == 1, f"{options_now}: {answer}")
    table.write_bytes("姓名,电话\n张伟,13800138000,x\n\n李娜\n\"王芳\",13900139000\n".encode("gb18030"))
    answer = keepmum(home, "register", "table", table, "--columns", "姓名,电话", "--level", "internal")
    expect("3 rows" in answer and "too short" in answer, f"ragged GB18030: {answer}")
    keepmum(home, "register", "remove", "bad.csv")


def sample(home):
    """The table that ships as an example: a letter that tells two rows in other words and order, and its twin."""
    keepmum(home, "register", "table", program.ROOT / "samples/tables/suppliers.csv", "--columns", "supplier,part,unit price", "--level", "secret")
    found, _ = check(home, program.ROOT / "samples/tables")
    told = found.get("order.txt", [{"facts": {}}])[0]["facts"]
    expect(set(found) == {"order.txt", "suppliers.csv"} and told.get("rows") == "2", f"samples/tables: {found}")


def broken(home, folder):
    """Rows too short and too long, bytes that no character set has, zeros, an endless quote: what can be read is protected, the rest said."""
    rows = b"".join(b"Ludwig Falk%d,1396600%04d\n" % (number, number) for number in range(40))
    for name, content in {"ragged": b"name,phone\n" + rows + b"alone\n,,,,\nmany,1,2,3,4,5,6\n\n", "bytes": b"name,phone\n" + rows + b"M\xfcller\xff\xfe,1396699\x80\x81\n",
                          "zeros": b"name,phone\n" + rows + b"\0\0\0,\0\n", "quote": b"name,phone\n" + rows + b'"never closed,13966991234\n' + b"x" * 5000}.items():
        table = folder / f"{name}.csv"
        table.write_bytes(content)
        done = subprocess.run([str(program.KEEPMUM), "register", "table", str(table), "--columns", "name,phone", "--level", "secret", "--home", str(home), "--lang", "en"], capture_output=True, text=True, timeout=60)
        refused = done.returncode == 2 and done.stderr.startswith("keepmum: ") and len(done.stderr.splitlines()) == 1
        expect(done.returncode == 0 or refused, f"{name}: {done.returncode} {done.stdout}{done.stderr}")
        if done.returncode == 0:
            (folder / "broken").mkdir(exist_ok=True)
            (folder / "broken/call.txt").write_text("Ludwig Falk7 has 1396600 0007")
            found, _ = check(home, folder / "broken")
            expect("call.txt" in found, f"{name}: good rows of a bad table are not protected")
            keepmum(home, "register", "remove", table.name)


def full_disk(home, folder):
    """A disk that is full while a table is written: one sentence, and the tables that were there stay as they were."""
    before = {path.name: path.read_bytes() for path in (home / "data/register/tables").iterdir()}
    table = folder / "large.csv"
    write_table(table, range(min(ROWS, 50_000)))
    done = subprocess.run([str(program.KEEPMUM), "register", "table", str(table), "--columns", "name,phone,account", "--level", "secret", "--home", str(home), "--lang", "en"], capture_output=True,
                          text=True, timeout=900, preexec_fn=lambda: (resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)))
    expect(done.returncode == 2 and done.stderr.startswith("keepmum: ") and len(done.stderr.splitlines()) == 1, f"a full disk: {done.returncode} {done.stderr}")
    keepmum(home, "register", "verify")
    after = {path.name: path.read_bytes() for path in (home / "data/register/tables").iterdir()}
    expect({name for name in after if name.endswith(".table")} == {name for name in before if name.endswith(".table")}, "a full disk left half a table")
    expect(all(after.get(name) == content for name, content in before.items() if name != "lock"), "a full disk changed another table")


with tempfile.TemporaryDirectory() as place:
    folder, home = pathlib.Path(place), program.furnished(pathlib.Path(place) / "home")
    write_table(folder / "customers.csv", range(ROWS))
    begin = time.monotonic()
    keepmum(home, "register", "table", folder / "customers.csv", "--columns", "name,phone,account", "--level", "secret", "--name", "customers")
    size = sum(path.stat().st_size for path in (home / "data/register/tables").iterdir())
    print(f"{ROWS} rows: {size / ROWS:.1f} bytes a row, {time.monotonic() - begin:.1f} s")
    expect(size <= (20 if ROWS >= 1_000_000 else 21) * ROWS, f"{size} bytes for {ROWS} rows")
    held = b"".join(path.read_bytes() for path in (home / "data/register/tables").iterdir())
    expect(not any(cell.encode() in held for number in range(0, 200, 7) for cell in person(number)), "a cell stands in the register")
    leaks(home, folder)
    changes(home, folder)
    bad_input(home, folder)
    broken(home, folder)
    sample(home)
    full_disk(home, folder)

print("\n".join(faults))
sys.exit(bool(faults))
