"""What a file may look like and still be the same leak: renamed, packed, embedded, appended, cut, sealed, rewritten.

A variant is (name, content, lost): `lost` says that the secret may only be pointed at by a gap, not found again.
"""
import base64
import binascii
import html
import quopri
import urllib.parse
import zlib

import archives
import figures
import mails
import office
import pdfs

PIXEL_JPG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k=")
PIXEL_GIF = base64.b64decode("R0lGODdhAQABAIAAAP///////ywAAAAAAQABAAACAkQBADs=")
NOTE = ["Open day", "Nine: welcome. Ten: coffee."]
BINARY = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".ofd", ".pdf", ".zip", ".gz", ".7z", ".sqlite")


def pixel_png():
    def chunk(kind, body):
        return len(body).to_bytes(4, "big") + kind + body + binascii.crc32(kind + body).to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])) + chunk(b"IDAT", zlib.compress(b"\0\0", 6)) + chunk(b"IEND", b"")


def nested(name, content, order):
    """Five containers deep, from the inside out."""
    for depth, kind in enumerate(order):
        name, content = {
            "zip": lambda: ("inner.zip", archives.zip_of({name: content})),
            "tar": lambda: ("inner.tar", archives.tar_of({name: content})),
            "gz": lambda: ("inner.gz", archives.gz_of(content, "inner")),
            "7z": lambda: ("inner.7z", archives.seven_zip_of({"readme.txt": b"x\n", name: content})),
            "eml": lambda: ("inner.eml", mails.message("Fwd", "see there\n", attachments=[(name, content)])),
            "docx": lambda: ("inner.docx", office.docx(NOTE, embedded=[("object1.bin", content)])),
        }[kind]()
    return content


def of_file(name, content):
    """Variants that any file has."""
    suffix = name[name.rfind("."):]
    stem = name[:-len(suffix)]
    for other in (".jpg", ".txt", "", suffix.upper() + ".BAK"):
        yield "renamed" + other, stem + other, content, False
    yield "upper case", (stem + suffix).upper(), content, False
    yield "in zip", "x.zip", archives.zip_of({name: content}), False
    yield "in zip, stored", "x.zip", archives.zip_of({"a.txt": b"a\n", name: content}, stored=(name,)), False
    yield "in zip behind junk", "x.zip", b"\0junk\xff" * 40 + archives.zip_of({name: content}), False
    yield "in tar", "x.tar", archives.tar_of({name: content}), False
    yield "in gzip", "x.gz", archives.gz_of(content), False
    yield "in 7z", "x.7z", archives.seven_zip_of({"readme.txt": b"x\n", name: content}), False
    yield "in a mail, base64", "x.eml", mails.message("Fwd", "see there\n", attachments=[(name, content)]), False
    yield "in docx", "x.docx", office.docx(NOTE, embedded=[("object1.bin", content)]), False
    yield "in pdf", "x.pdf", pdfs.Pdf([pdfs.lines(NOTE)], attachments=[("note.bin", content)]).render(), False
    yield "in sqlite", "x.sqlite", archives.sqlite_of([("create table files (name text, body blob)",), ("insert into files values (?, ?)", "a", content)]), False
    yield "five deep", "x.bin", nested(name, content, ("zip", "tar", "gz", "eml", "docx")), False
    yield "five deep, otherwise", "x.bin", nested(name, content, ("docx", "7z", "zip", "gz", "tar")), False
    for kind, front in (("jpg", PIXEL_JPG), ("png", pixel_png()), ("gif", PIXEL_GIF), ("pdf", pdfs.Pdf([pdfs.lines(NOTE)]).render())):
        yield f"behind a {kind}", f"x.{kind}", front + content, suffix in (".sqlite", ".gz") and kind != "pdf"
    yield "zip behind a picture", "x.png", pixel_png() + archives.zip_of({name: content}), False
    yield "base64 in a text", "x.txt", b"See:\n" + base64.encodebytes(content), False
    yield "sealed zip", "x.zip", archives.encrypted_zip_of({name: content}, b"open sesame"), True
    if suffix in BINARY or suffix == ".eml":
        for label, part in (("half", len(content) // 2), ("seven eighths", len(content) * 7 // 8), ("22 bytes short", len(content) - 22)):
            yield f"cut: {label}", stem + suffix, content[:part], True
    if suffix in BINARY:
        yield "behind junk", stem + suffix, b"\0junk\xff" * 40 + content, suffix in (".sqlite", ".gz", ".7z")
        yield "before junk", stem + suffix, content + b"\0junk\xff" * 40, False


def of_text(name, text):
    """Variants of a text: other charsets, other ways to carry it."""
    for label, charset, mark in (("utf-16 with mark", "utf-16-le", b"\xff\xfe"), ("utf-16 big-endian with mark", "utf-16-be", b"\xfe\xff"), ("utf-16", "utf-16-le", b""),
                                 ("utf-16 big-endian", "utf-16-be", b""), ("utf-32 with mark", "utf-32-le", b"\xff\xfe\0\0"), ("utf-32 big-endian", "utf-32-be", b"\0\0\xfe\xff"),
                                 ("utf-8 with mark", "utf-8", b"\xef\xbb\xbf"), ("GB18030", "gb18030", b"")):
        yield label, name, mark + text.encode(charset), False
    yield "carriage returns", name, text.replace("\n", "\r\n").encode(), False
    raw = text.encode()
    yield "hex", "x.txt", b"dump: " + raw.hex().encode() + b"\n", False
    yield "percent", "x.txt", b"https://example.org/?q=" + urllib.parse.quote(raw, safe="").encode() + b"\n", False
    yield "base64, one line", "x.txt", b"data = " + base64.b64encode(raw) + b"\n", False
    yield "base64 of base64", "x.txt", b"data = " + base64.b64encode(base64.b64encode(raw)) + b"\n", False
    yield "in a mail, quoted-printable", "x.eml", mails.message("Note", text, encoding="quoted-printable"), False
    yield "in a mail, 8 bit", "x.eml", mails.message("Note", text, encoding="8bit"), False
    yield "quoted-printable in a text", "x.txt", quopri.encodestring(raw.replace(b"-", b"=2D")), False
    yield "entities in a page", "x.html", ("<!DOCTYPE html><html><body><pre>" + "".join(f"&#x{ord(c):x};" for c in text) + "</pre></body></html>").encode(), False
    yield "in a page's comment", "x.html", ("<!DOCTYPE html><html><body><p>Hello</p><!-- " + html.escape(text) + " --></body></html>").encode(), False
    yield "white in a page", "x.html", f'<!DOCTYPE html><html><body><p>Hello</p><pre style="color:#fff">{html.escape(text)}</pre></body></html>'.encode(), False
    yield "in a page's data", "x.html", b'<!DOCTYPE html><html><body><a href="data:text/plain;base64,' + base64.b64encode(raw) + b'">x</a></body></html>', False
    yield "in a docx paragraph", "x.docx", office.docx(text.split("\n")), False
    yield "in a docx comment", "x.docx", office.docx(NOTE, comments=[line for line in text.split("\n") if line]), False
    yield "in a cell", "x.xlsx", office.xlsx([("A", [["Note"], *([line] for line in text.split("\n"))])]), False
    yield "in a hidden sheet", "x.xlsx", office.xlsx([("A", [["Note"]]), ("B", [[line] for line in text.split("\n")], "veryHidden")]), False


LOOKALIKES = str.maketrans("ABEHKMOPTXaceopxy", "АВЕНКМОРТХасеорху")


def of_value(lead, value):
    """Variants of one number or key in a sentence."""
    wide = value.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    ways = {"plain": value, "full-width": wide, "zero width": "\u200b".join(value), "zero-width joiner": "\u200d".join(value), "soft hyphens": "\u00ad".join(value),
            "word joiners": "\u2060".join(value), "byte order marks": "\ufeff".join(value), "lookalikes": value.translate(LOOKALIKES),
            "mathematical digits": value.translate({ord(str(d)): 0x1D7CE + d for d in range(10)}), "right to left": "\u202d" + value + "\u202c",
            "base64": base64.b64encode((lead + value).encode()).decode(), "hex": (lead + value).encode().hex(), "entities": "".join(f"&#{ord(c)};" for c in value),
            "percent": "".join(f"%{ord(c):02X}" for c in value), "escapes": "".join(f"\\u{ord(c):04x}" for c in value), "hex escapes": "".join(f"\\x{ord(c):02x}" for c in value)}
    for label, way in ways.items():
        yield label, "x.txt", (lead + way + "\n").encode(), False


def of_number(lead, value):
    for label, way in {"spaced": " ".join(value), "groups of four": " ".join(value[i:i + 4] for i in range(0, len(value), 4)),
                       "hyphens": "-".join(value[i:i + 4] for i in range(0, len(value), 4)), "no-break spaces": "\u00a0".join(value[i:i + 4] for i in range(0, len(value), 4))}.items():
        yield label, "x.txt", (lead + way + "\n").encode(), False


def values():
    yield "resident", "Identity card ", figures.resident_id("variants"), True
    yield "身份证", "身份证号：", figures.resident_id("变体"), True
    yield "iban", "Please pay to ", figures.iban("variants"), True
    yield "token", "token = ", figures.code_token("variants"), False
    yield "cloud", "aws_secret_access_key = ", figures.cloud_key("variants")[1], False
