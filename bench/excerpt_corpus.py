#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Public texts for bench_excerpt: Debian's manuals, unpacked outside the checkout and cut into documents.

    bench/excerpt_corpus.py FOLDER [PACKAGE…]

Fetches the packages named below with `apt-get download` into FOLDER/deb (what is there is not fetched again), unpacks
them with `dpkg -x`, and writes FOLDER/text/ROLE/LANGUAGE-SOURCE.txt: documents of a page to four, parted by form feeds. The
texts belong to their authors; nothing of them is to be committed.

A source has one role, and so have manuals that are translations of one original, since these share commands and examples: `register` (half of the letters), `calibrate` (a quarter: thresholds
may be set by looking at these), `report` (the rest: looked at for the last numbers only), `background` (public from the
start). Only Latin and Chinese texts are kept; Chinese ones also from PDFs (`pdftotext`) and from catalogues of messages (.mo), for want
of Chinese manuals. PACKAGE: only these are read again.
"""
import gzip
import hashlib
import html
import re
import struct
import subprocess
import sys
from pathlib import Path

PACKAGES = """debian-handbook manpages-zh debian-reference-zh-cn debian-faq-zh-cn maint-guide-zh-cn libreoffice-help-zh-cn
    gimp-help-zh-cn lilypond-doc-html-zh kicad-doc-zh linuxcnc-doc-zh-cn debian-edu-doc-zh-cn fortunes-zh gnome-user-docs
    linux-doc-6.1 manpages-dev debian-reference-en libreoffice-help-en-us python3.11-doc git-doc postgresql-doc-15 sqlite3-doc
    debian-policy developers-reference apache2-doc manpages-fr manpages-de manpages-es octave-doc gnuplot-doc fortunes bash-doc
    vim-doc maxima-doc debian-faq maint-guide r-doc-html installation-guide-amd64 libreoffice-l10n-zh-cn gnucash-common
    evolution-common gcc-12-locales gimp-data wesnoth-1.16-data darktable audacity-data nautilus-data krita-l10n iso-codes
    digikam-data kdenlive-data inkscape git freeciv-data""".split()

# Part of a file's path: the source it belongs to and its role. The first that fits; "" leaves the file out.
SOURCES = [
    ("/_sources/", "", ""),
    ("debian-handbook/html/en-US/", "handbook", "register"), ("debian-handbook/html/zh-CN/", "handbook", "register"),
    ("debian-handbook/html/fr-FR/", "handbook-fr", "register"), ("debian-handbook/html/de-DE/", "handbook-de", "register"),
    ("debian-handbook/", "", ""),
    ("man/zh_CN/", "manpages-zh", "register"), ("man/zh_TW/", "", ""),
    ("libreoffice-help-zh-cn/", "libreoffice", "register"), ("libreoffice-help-en-us/", "libreoffice", "register"),
    ("python3.11-doc/", "python", "register"), ("manpages-dev/", "manpages-dev", "register"), ("man/fr/", "manpages-fr", "register"),
    ("debian-policy/", "policy", "register"), ("apache2-doc/", "apache", "register"), ("maxima-doc/", "maxima", "register"),
    ("fortunes-zh/", "fortunes", "calibrate"), ("debian-reference-zh-cn/", "debian-reference", "calibrate"),
    ("wesnoth-1.16-data/", "wesnoth", "calibrate"), ("gnucash-common/", "gnucash", "calibrate"), ("krita-l10n/", "krita", "calibrate"),
    ("evolution-common/", "evolution", "calibrate"), ("libreoffice-l10n-zh-cn/", "libreoffice-messages", "register"),
    ("gimp-help-zh-cn/", "gimp", "calibrate"), ("lilypond-doc-html-zh/", "lilypond", "calibrate"),
    ("debian-edu-doc-zh-cn/", "debian-edu", "calibrate"), ("git-doc/", "git", "calibrate"), ("sqlite3-doc/", "sqlite", "calibrate"),
    ("man/de/", "manpages-de", "register"), ("man/es/", "manpages-es", "register"), ("debian-reference-en/", "debian-reference", "calibrate"),
    ("octave-doc/", "octave", "calibrate"), ("vim-doc/", "vim", "calibrate"),
    ("share/help/zh_CN/", "gnome", "report"), ("share/help/C/", "gnome", "report"), ("share/help/", "", ""),
    ("installation-guide-amd64/zh_CN/", "installation", "report"), ("installation-guide-amd64/en/", "installation", "report"),
    ("installation-guide-amd64/", "", ""), ("/man/zh", "", ""), ("common-licenses/", "licences", "background"),
]
REPORT_PER_PACKAGE = "report"  # every other package is a source of its own

# Letters after which a document ends at the next line end, and the least a document has.
SIZE = {"latin": (6000, 400), "chinese": (600, 80)}

READ = {".html", ".xhtml", ".page", ".xml", ".txt", ".md", ".rst", ".adoc", ".gz", ".mo", ".pdf"}
HAN = re.compile("[\u3400-\u9fff]")
KANA = re.compile("[\u3041-\u30ff]")
LETTER = re.compile(r"[A-Za-z0-9\u00c0-\u024f]")


def from_html(text: str) -> str:
    text = re.sub(r"(?is)<(script|style|nav|head)\b.*?</\1\s*>", " ", text)
    text = re.sub(r"(?i)</?(p|div|h[1-6]|li|tr|td|th|dt|dd|pre|br|title|item|note|section|row|entry)\b[^>]*>", "\n", text)
    return html.unescape(re.sub(r"(?s)<!--.*?-->|<[^>]*>", "", text))


def from_man(text: str) -> str:
    lines = []
    for line in text.splitlines():
        if line.startswith((".", "'")):
            words = line.split(None, 1)
            if words[0] not in (".B", ".I", ".BR", ".IR", ".RB", ".RI", ".BI", ".IB", ".SH", ".SS", ".Nm", ".It", ".Fl", ".Ar", ".Dq"):
                lines.append("")
                continue
            line = words[1].replace('"', "") if len(words) > 1 else ""
        lines.append(line)
    text = "\n".join(lines)
    text = re.sub(r"\\f(\(..|\[[^]]*\]|.)", "", text)
    text = re.sub(r"\\\((..)|\\\*(\[[^]]*\]|\(..|.)", " ", text)
    return re.sub(r"\\[&/,|^]", "", text).replace("\\-", "-").replace("\\e", "\\")


def from_messages(raw: bytes) -> str:
    """The translations in a .mo file, little-endian, in the order of their originals."""
    if raw[:4] != b"\xde\x12\x04\x95":
        return ""
    count, _, table = struct.unpack_from("<III", raw, 8)
    places = (struct.unpack_from("<II", raw, table + 8 * i) for i in range(1, count))
    return b"\n".join(raw[at : at + size].replace(b"\0", b"\n") for size, at in places).decode("utf-8", "replace")


def text_of(path: Path) -> str:
    raw = path.read_bytes()
    name = path.name
    if name.endswith(".mo"):
        return from_messages(raw) if "zh_CN" in str(path) else ""
    if name.endswith(".pdf"):
        if "zh" not in str(path):
            return ""
        return subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=False).stdout.decode("utf-8", "replace")
    if name.endswith(".gz"):
        raw, name = gzip.decompress(raw), name[:-3]
    if b"\0" in raw[:4096]:
        return ""
    text = raw.decode("utf-8", "replace")
    if "\ufffd" in text[:20000]:
        return ""
    if re.search(r"\.(x?html?|page|xml)$", name):
        return from_html(text)
    if re.search(r"\.[1-8][a-z]*$", name) and "/man/" in str(path):
        return from_man(text)
    if name.endswith((".txt", ".md", ".rst", ".adoc")) or "common-licenses" in str(path) or "/games/fortunes/" in str(path):
        return text
    return ""


def language_of(text: str) -> str:
    han, latin = len(HAN.findall(text)), len(LETTER.findall(text))
    if len(KANA.findall(text)) * 20 > han + 1:
        return "" if han > 20 else "latin"
    if han * 2 > latin:
        return "chinese"
    return "latin" if han * 20 < latin and latin * 2 > len(re.sub(r"\s", "", text)) else ""


def documents_of(text: str, language: str):
    most, least = SIZE[language]
    letter = LETTER if language == "latin" else HAN
    part, count = [], 0
    for line in text.replace("\f", "\n").splitlines():
        line = re.sub(r"[ \t\u00a0]+", " ", line).strip()
        if not line and (not part or not part[-1]):
            continue
        part.append(line)
        count += len(letter.findall(line))
        if count >= most:
            yield "\n".join(part)
            part, count = [], 0
    if count >= least:
        yield "\n".join(part)


def source_of(path: str, package: str):
    for part, source, role in SOURCES:
        if part in path:
            return source, role
    return package, REPORT_PER_PACKAGE


def main() -> None:
    folder, chosen = Path(sys.argv[1]), sys.argv[2:] or PACKAGES
    for name in ("deb", "tree"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for package in chosen:
        if not list((folder / "deb").glob(package + "_*.deb")):
            subprocess.run(["apt-get", "download", "-q", package], cwd=folder / "deb", check=False)
        found = list((folder / "deb").glob(package + "_*.deb"))
        if found and not (folder / "tree" / package).exists():
            subprocess.run(["dpkg", "-x", str(found[0]), str(folder / "tree" / package)], check=True)
    trees = [(package, folder / "tree" / package) for package in chosen] + [("licences", Path("/usr/share/common-licenses"))]
    seen: set[str] = set()
    out: dict[tuple[str, str, str], list[str]] = {}
    for package, tree in trees:
        print(f"reading {package}", file=sys.stderr, flush=True)
        for path in sorted(tree.rglob("*")) if tree.is_dir() else []:
            if path.suffix not in READ and package != "licences" and "fortunes" not in package:
                continue
            source, role = source_of(str(path), package)
            if not source or path.is_symlink() or not path.is_file() or path.stat().st_size > 20_000_000:
                continue
            text = text_of(path)
            language = language_of(text) if text else ""
            for document in documents_of(text, language) if language else []:
                digest = hashlib.sha256(re.sub(r"\W", "", document).encode()).hexdigest()
                if digest not in seen:  # a copy of a document is no document
                    seen.add(digest)
                    out.setdefault((role, language, source), []).append(document)
    for (role, language, source), documents in sorted(out.items()):
        path = folder / "text" / role / f"{language}-{source}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\f".join(documents), "utf-8")
        print(f"{role:10} {language} {source:24} {len(documents):6} documents")


if __name__ == "__main__":
    main()
