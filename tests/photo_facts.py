#!/usr/bin/env python3
"""Scores the facts found in photos against golden dumps of other readers, by format and by class of fact; Exiv2 alone beside it.

The dumps (metadata-extractor, exiftool) lie in data/photos (KEEPMUM_DATA, default ../shared/data); without them: skipped. A golden line
counts as found where a fact of its class has its value. Usage: photo_facts.py BUILD [--missing] lists what was not found.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import collections
import datetime
import os
import pathlib
import re
import subprocess
import sys

build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build/release")
root = pathlib.Path(__file__).resolve().parent.parent
data = pathlib.Path(os.environ.get("KEEPMUM_DATA", root.parent / "shared" / "data")) / "photos"
if not data.is_dir():
    print(f"photo_facts: no data at {data}, skipped")
    sys.exit(77)

# What a golden line's name must be to state a fact of the class; the first that fits counts.
CLASSES = [
    ("none", r"offset|sub-?sec|File |profile|flag|format|type of|color|white|digest|ICC|FlashSerial|Picture Mode|since|self timer|self-timer|Zoom|AF |burst|"
             r"shutter|exposure|release|daylight|date display|date format|distortion|distance|depth|Lens F|Lens Data|lens aperture|Lens Min|Lens Max|lens spec|"
             r"Lens ID Number|Lens Properties|Lens Feature|Lens Mount|Lens Kind|Timescale|time scale|duration|Frame Time|Preview Time|Selection Time|Poster Time|Current Time|"
             r"Lens Firmware|Extender|Version ID|ModelRelease|Model Release|Minor Version|Serial Number Format|Color Mode|Model Age|device m|Lens Stops|Lens Stabil|"
             r"Conversion Lens|Lens Drive|Lens Adjustment|Power Up|Time Zone City|Home Time|World Time|Destination|LensFocal|GPSVersion|GPSSat|GPSMap|GPSDate|"
             r"Time Code|Source Image|Subject (Area|Location)|Timecode|NTSC|Owner ?Name ?Format|Lens Shading|Internal Flash|camera temp|Media (Create|Modify)|Track (Create|Modify)|Model Tiepoint"),
    ("time", r"^(Date/?Time|Create ?Date|Modify ?Date|Metadata ?Date|Date Created|Time Created|Date Time|DateTime|Creation Time|Modification Time|Last Modification|GPS Time|GPS Date/Time|"
             r"photoshop:DateCreated|xmp:(Create|Modify|Metadata)Date|exif:DateTime|Digital Creation|Digitization|.*stEvt:when|Date/Time Original|History When|Date Sent|Date)"),
    ("place", r"^GPS (Latitude|Longitude|Position|Altitude)$|^GPS (Latitude|Longitude)$|^(Latitude|Longitude)$|^exif:GPS(Lat|Lon)"),
    ("place-name", r"^(City|Sub-?location|Province|State$|Country|.*LocationName|photoshop:(City|State|Country))"),
    ("direction", r"GPS Img Direction$|GPSImgDirection$|GPS Image Direction$"),
    ("speed", r"^GPS Speed$"),
    ("serial", r"Serial ?(Number|No)|Internal Serial|Body Serial|^Camera ?I[dD]$"),
    ("camera", r"^(Make|Model|tiff:Make|tiff:Model|Camera Model Name|Unique Camera Model)$"),
    ("lens", r"^(Lens|Lens ?Model|Lens ID|aux:Lens)$"),
    ("owner", r"^(Owner Name|Artist|Copyright|Copyright Notice|By-line( Title)?|Credit|Source|dc:creator|dc:rights|photoshop:(Credit|Source|AuthorsPosition|CaptionWriter)|Creator|"
              r"Rights|Authors Position|Caption Writer|Caption Writer/Editor|Writer-Editor|Author|xmpRights:WebStatement|Web Statement|Windows XP Author|XP Author|Camera Owner|.*Iptc4xmpCore:Ci\w+|"
              r"Creator (City|Country|Postal|Region|Work)[ \w]*)"),
    ("software", r"^(Software|Firmware( Version)?|Camera Firmware|CreatorTool|Creator Tool|xmp:CreatorTool|.*stEvt:softwareAgent|History Software Agent|Processing Software|Originating Program|Program Version)$"),
    ("document", r"(Document|Instance) ?ID$|^Image Unique ID$|Content Identifier|History Instance ID|Derived From .*ID"),
    ("text", r"^(Image ?Description|User ?Comment|Comment|JPEG Comment|Caption/Abstract|Caption-Abstract|Headline|Object Name|Keywords|dc:(title|description|subject)|Title|Description|Subject|"
             r"photoshop:Headline|Special Instructions|Instructions|Category|Supplemental Categor|Windows XP (Title|Comment|Subject|Keywords)|XP (Title|Comment|Subject|Keywords)|photoshop:(Category|SupplementalCategories|Instructions))"),
]
NAMES = {
    "time": ("time.",), "place": ("place.position", "place.altitude"), "place-name": ("place.name", "owner"), "direction": ("place.direction",),
    "speed": ("place.speed",), "serial": ("camera.serial", "lens.serial"), "camera": ("camera.",), "lens": ("lens.",), "owner": ("owner", "place.name"),
    "software": ("software",), "document": ("document.id", "image.id"), "text": ("caption", "history", "owner"),
}
FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "jps": "JPEG", "png": "PNG", "webp": "WebP", "heic": "HEIC", "heif": "HEIC", "avif": "HEIC", "tif": "TIFF", "tiff": "TIFF",
           "dng": "raw", "nef": "raw", "rw2": "raw", "cr2": "raw", "cr3": "raw", "raf": "raw", "gif": "GIF", "bmp": "BMP", "psd": "PSD", "mov": "film", "mp4": "film",
           "3gp": "film", "mkv": "film", "avi": "film", "mp3": "sound", "wav": "sound", "flac": "sound", "ppm": "PNM", "jxl": "JXL"}


def class_of(name):
    for label, pattern in CLASSES:
        if re.search(pattern, name, re.I if label == "none" else 0):
            return None if label == "none" else label
    return None


def golden():
    """Yields (file, [(class, name, value)])."""
    for dump in sorted([*data.glob("metadata-extractor/*/metadata/java/*.txt"), *data.glob("pngsuite/dumps/*.txt")]):
        file = dump.parents[2] / dump.stem if "java" in str(dump) else dump.parents[1] / dump.stem
        if not file.exists():
            continue
        facts = []
        for line in dump.read_text(errors="replace").split("\nFILE TYPE")[0].splitlines():
            found = re.match(r"\[(?!ERROR)([^\]]*?)(?: - (?:0x[0-9a-f]+|[^\]]*))?\] (.+?) = (.*)", line)
            if not found or found[1].startswith(("ICC", "File", "Exif Thumbnail", "JPEG", "XMPMeta - http://www.w3.org")) and found[1] != "JpegComment":
                continue
            name = re.sub(r"\[\d+\]", "", found[2])
            if name.endswith("xml:lang") or found[1] == "MP3":
                continue
            if found[1].startswith("MP4 ") or found[1].startswith("QuickTime ") and found[1] != "QuickTime Metadata":
                continue
            if found[1] in ("PNG-tEXt", "PNG-iTXt", "PNG-zTXt"):
                key, _, value = found[3].partition(": ")
                facts.append((class_of(key), key, value))
            else:
                facts.append((class_of(name), name, found[3]))
        yield file, facts
    for dump in sorted(data.glob("exiftool/out/*.out")):
        lines = dump.read_text(errors="replace").splitlines()
        if any("####" in line for line in lines):  # made with a filter that hides digits
            continue
        file, facts = None, []
        for line in lines:
            found = re.match(r"\[([^\]]*)\] \S+ - (.*?): (.*)", line)
            if not found:
                continue
            if found[2] == "File Name":
                file = data / "exiftool" / "images" / found[3]
            if found[1].startswith(("ExifTool", "File, System", "Composite", "ICC")):
                continue
            facts.append((class_of(found[2]), found[2], found[3]))
        if file and file.exists():
            yield file, facts


def numbers(text):
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", text)]


def letters(text):
    return re.sub(r"\W+", "", text, flags=re.UNICODE).lower()


def says_nothing(kind, value):
    plain = value.strip().strip(".")
    if kind in ("serial", "camera", "lens", "owner", "software", "text", "document", "place-name"):
        return letters(plain).strip("0") == "" or re.match(r"^(unknown|n/?a|none|\(?\d+ values?\)?|\[.*(values|bytes).*\]|\(Binary.*|0)$", plain, re.I)
    if kind == "time":
        return not re.search(r"[1-9]", plain) or re.match(r"\d{4}:\d\d:00", plain) or plain.startswith(("0000", "1904", "Fri Jan 01 00:00:00"))
    return kind in ("place", "direction", "speed") and not re.search(r"\d", plain)


MONTHS = {m: f"{i:02}" for i, m in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}


def is_found(kind, value, facts):
    mine = [v for n, v in facts if n.startswith(NAMES[kind])]
    if kind == "time":
        long = re.match(r"\w{3} (\w{3}) (\d\d) (\d\d:\d\d:\d\d) (\S+) (\d{4})", value)
        if long:  # in the zone of whoever made the dump
            shift = {"AEST": 10, "AEDT": 11, "+11:00": 11, "+10:00": 10, "GMT": 0, "BST": 1}.get(long[4], 0)
            there = datetime.datetime.strptime(f"{long[5]} {MONTHS[long[1]]} {long[2]} {long[3]}", "%Y %m %d %H:%M:%S")
            value = (there - datetime.timedelta(hours=shift)).strftime("%Y-%m-%d %H:%M:%S")
        value = re.sub(r"\.\d+", "", re.sub(r"\s*(UTC|GMT)$", "", value))
        if re.match(r"^\d\d?:\d\d:\d\d", value):
            hms = ":".join(f"{int(float(x)):02}" for x in value[:8].split(":"))
            return any(hms in v for v in mine)
        value = re.sub(r"[+-]\d\d:?\d\d$|Z$", "", value)
        want = re.sub(r"\D", "", value)[:14]
        return any(re.sub(r"\D", "", v)[:14].startswith(want[:14]) or want.startswith(re.sub(r"\D", "", v)[:14]) and len(re.sub(r"\D", "", v)) >= 8 for v in mine)
    if kind in ("place", "direction", "speed"):
        given = [abs(n) for n in numbers(value)]
        if not given:
            return True
        degrees = given[0] + (given[1] / 60 if len(given) > 1 else 0) + (given[2] / 3600 if len(given) > 2 else 0)
        candidates = {degrees, given[0], given[0] + (given[1] / 60 if len(given) > 1 else 0)}
        ours = [abs(n) for v in mine for n in numbers(v)]
        return any(abs(o - c) <= max(0.002, abs(c) * 0.01 if kind != "place" else 0.51 if "met" in value or " m" in value else 0.002) for o in ours for c in candidates)
    by_parts = re.match(r"\((\w+)\) \d\d(\d\d):(\d\d):(\d\d) no\. (\d+)", value)  # Panasonic's, as exiftool prints it
    if by_parts:
        value = "".join(by_parts.groups())
    want = letters(value)
    have = [letters(v) for v in mine]
    return any(want == h or want[:60] in h or (len(h) > 3 and h in want) for h in have) or want in letters("".join(mine))


def read(files, *options):
    facts = {}
    for at in range(0, len(files), 40):
        out = subprocess.run([build / "bin" / "photo_facts", *options, *map(str, files[at:at + 40])], capture_output=True).stdout.decode(errors="replace")
        current = None
        for line in out.split("\n"):
            if line.startswith("== "):
                current = facts.setdefault(line[3:], [])
            elif current is not None and ": " in line:
                name, _, value = line.partition(": ")
                current.append((name, value))
    return facts


def main():
    all_golden = [(file, facts) for file, facts in golden() if file.suffix[1:].lower() in FORMATS]
    files = sorted({file for file, _ in all_golden})
    ours, alone = read(files), read(files, "--exiv2")
    table = collections.defaultdict(lambda: [0, 0, 0])
    missing = []
    for file, facts in all_golden:
        kind_of_file = FORMATS[file.suffix[1:].lower()]
        for kind, name, value in set(facts):
            if not kind or says_nothing(kind, value):
                continue
            found = is_found(kind, value, ours.get(str(file), []))
            by_exiv2 = is_found(kind, value, alone.get(str(file), []))
            for key in ((kind_of_file, kind), (kind_of_file, "all"), ("all", kind), ("all", "all")):
                table[key][0] += 1
                table[key][1] += found
                table[key][2] += by_exiv2
            if not found:
                missing.append(f"{file.relative_to(data)}: {kind}: {name} = {value[:90]}")
    if "--missing" in sys.argv:
        print("\n".join(missing))
    print(f"{'format':8} {'class':11} {'golden':>6} {'found':>6} {'%':>6}  {'Exiv2 alone':>11} {'%':>6}")
    for (form, kind), (total, found, by_exiv2) in sorted(table.items()):
        print(f"{form:8} {kind:11} {total:6} {found:6} {100 * found / total:6.1f}  {by_exiv2:11} {100 * by_exiv2 / total:6.1f}")
    faults = []
    for form, least in (("JPEG", 99), ("PNG", 99), ("WebP", 99), ("HEIC", 99), ("all", 95)):
        total, found, _ = table.get((form, "all"), (0, 0, 0))
        if total and 100 * found / total < least:
            faults.append(f"{form}: {100 * found / total:.1f} % of the golden facts, at least {least} are due")
    print("\n".join(faults) or "photo_facts: enough of the golden facts")
    sys.exit(bool(faults))


main()
