"""Bombs: each ends in time and within the memory limit as a gap or a finding, and nothing of the user's is changed."""
import base64
import hashlib
import io
import os
import pathlib
import resource
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).parent / "corpus"))
import archives  # noqa: E402
import figures  # noqa: E402
import office  # noqa: E402
import program  # noqa: E402

MEMORY = 1 << 30  # PSS of the process tree: the limit that keepmum states
SECRET = figures.resident_id("hostile").encode()  # in the heart of each: read, or named as not read
SECONDS = 40      # of processor for one file; by the clock twice that, as others may be at work
KILLED = 120      # by the clock


def overlapping_zip(members=2000, size=20_000_000):
    """Many directory entries that share one packed body (the idea of David Fifield's zip bombs, in its simplest form)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(bytes(size)) + packer.flush()
    fields = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, zlib.crc32(bytes(size)), len(packed), size, 1, 0)
    directory = b"".join(b"PK\1\2" + struct.pack("<H", 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, 0) + b"a" for _ in range(members))
    body = b"PK\3\4" + fields + b"a" + packed
    return body + directory + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, members, members, len(directory), len(body), 0)


def pdf_of(stream, catalog=b""):
    objects = [b"<< /Type /Catalog /Pages 2 0 R " + catalog + b">>", b"<< /Type /Pages /Count 1 /Kids [ 3 0 R ] >>",
               b"<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 300 300 ] /Contents 4 0 R /Resources << /Font << /F1 "
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>", stream]
    out, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    return out + b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places) + \
        b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)


def filter_chain(depth):
    data = b"BT /F1 9 Tf (" + SECRET + b") Tj ET\n" + b" " * (1 << 20)
    for _ in range(depth):
        data = zlib.compress(data, 9)
    return pdf_of(b"<< /Length %d /Filter [ %s] >>\nstream\n" % (len(data), b"/FlateDecode " * depth) + data + b"\nendstream")


def nested_pdf(depth):
    return pdf_of(b"<< /Length 0 >>\nstream\n\nendstream", b"/PieceInfo " + b"[" * depth + b"(" + SECRET + b")" + b"]" * depth)


def nested_base64(depth):
    text = b"card " + SECRET
    for _ in range(depth):
        text = base64.b64encode(text)
    return text


def entity_docx():
    laughs = '<!DOCTYPE a [<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10)) + "]>"
    whole = zipfile.ZipFile(io.BytesIO(office.docx(["hello"])))
    members = {name: whole.read(name) for name in whole.namelist()}
    main = members["word/document.xml"].decode()
    members["word/document.xml"] = main.replace("<w:document", laughs + "<w:document", 1).replace("hello", "&l9;").encode()
    return archives.zip_of(members)


def made():
    yield "overlapping.zip", overlapping_zip()
    yield "entities.docx", entity_docx()
    yield "entities.xml", ('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10)) + "]><a>&l9;</a>").encode()
    yield "deep.json", b"[" * 1_000_000 + b'"card ' + SECRET + b'"' + b"]" * 1_000_000
    yield "deep.xml", b'<?xml version="1.0"?>' + b"<a>" * 300_000 + SECRET + b"</a>" * 300_000
    yield "deep.html", b"<!DOCTYPE html>" + b"<div>" * 300_000 + SECRET
    yield "deep.rtf", b"{\\rtf1 " + b"{" * 1_000_000 + SECRET + b"}" * 1_000_001
    yield "chain.pdf", filter_chain(40)
    yield "nested.pdf", nested_pdf(70)
    yield "nested-base64.txt", nested_base64(9)
    yield "ligatures.txt", ("\uFDFA" * 300_000 + "\u200B".join(SECRET.decode())).encode()  # each is eighteen letters
    yield "members.zip", archives.zip_of({f"{i:06}": b"x" for i in range(100_000)}, stored=())
    inner = SECRET
    for _ in range(60):
        inner = archives.zip_of({"a.zip": inner})
    yield "sixty-deep.zip", inner
    yield "zeros.gz", archives.gz_of(bytes(64 << 20) + b"\ncard " + SECRET)
    yield "zeros-nested.gz", archives.gz_of(archives.gz_of(archives.gz_of(bytes(256 << 20) + b"\ncard " + SECRET)))


def tree(root):
    children = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                stat = pathlib.Path(f"/proc/{entry}/stat").read_text()
            except OSError:
                continue
            children.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry))
    found, todo = [], [root]
    while todo:
        found.append(todo.pop())
        todo += children.get(found[-1], [])
    return found


def memory_of(process):
    total = 0
    for number in tree(process):
        try:
            for line in pathlib.Path(f"/proc/{number}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) << 10
        except (OSError, ProcessLookupError):
            pass
    return total


# Of all that was waited for: what others do on this machine costs nothing here.
def processor_time():
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def examine(path):
    with tempfile.TemporaryFile() as report:
        process = subprocess.Popen(program.arguments([path], "-j2"), stdout=report, stderr=subprocess.PIPE)
        started, most, before = time.monotonic(), 0, processor_time()
        while process.poll() is None and time.monotonic() - started < (3 * KILLED if "4-GiB" in path.name else KILLED):
            most = max(most, memory_of(process.pid))
            time.sleep(0.05)
        if process.poll() is None:
            process.kill()
        said = process.stderr.read().decode(errors="replace")
        report.seek(0)
        code = process.wait()
        return code, processor_time() - before, time.monotonic() - started, most, report.read().decode(), said


def state(path):
    facts = path.stat()
    whole = facts.st_size < 1 << 30
    return facts.st_mtime_ns, facts.st_size, facts.st_mode, hashlib.sha256(path.read_bytes()).hexdigest() if whole else ""


MAY_PASS = {"entities.xml", "bob.gz", "droste.zip", "poi-poc-shared-strings.xlsx"}  # where they can be read to the end, nothing is in them
faults = []
with tempfile.TemporaryDirectory(prefix="keepmum-hostile-") as folder:
    files = []
    for name, content in made():
        files.append(pathlib.Path(folder) / name)
        files[-1].write_bytes(content)
    # 4 GiB and a little in the long test; a quarter of it else, for it takes 15 s a GiB.
    gigabytes = 4 if os.environ.get("KEEPMUM_LONG") else 1
    files.append(pathlib.Path(folder) / f"{gigabytes}-GiB-of-nothing.bin")
    with open(files[-1], "wb") as sparse:
        sparse.truncate((gigabytes << 30) + 7)
    files += sorted((program.DATA / "documents/bombs").glob("*"))
    for path in files:
        before = state(path)
        code, seconds, clock, most, report, said = examine(path)
        answer = next(iter(program.read(report)[0].values()), program.Answer()) if code in (0, 1) else program.Answer()
        print(f"{path.name:28} {answer.outcome or 'no answer':9} {seconds:6.1f} s {clock:6.1f} s {most >> 20:5} MiB  {answer.why()[:110]}")
        if code not in (0, 1):
            faults.append(f"{path.name}: ended with {code}: {said[-300:]}")
        elif answer.outcome == "pass" and (path.name not in MAY_PASS or answer.coverage["read"] != answer.coverage["bytes"]):
            faults.append(f"{path.name}: passed")
        patience = 3 if "4-GiB" in path.name else 1
        if seconds > SECONDS * patience or clock > 2 * SECONDS * patience:
            faults.append(f"{path.name}: {seconds:.0f} s of processor, {clock:.0f} s by the clock")
        if most > MEMORY:
            faults.append(f"{path.name}: {most >> 20} MiB")
        if state(path) != before:
            faults.append(f"{path.name}: changed")
if not (program.DATA / "documents/bombs").is_dir():
    print("skipped: the real bombs, for lack of " + str(program.DATA / "documents/bombs"))
print("\n".join(faults) or f"hostile: {len(files)} files, each answered within {SECONDS} s of processor, {2 * SECONDS} s by the clock and {MEMORY >> 20} MiB")
sys.exit(bool(faults))
