"""The gauntlet: one picture in many wrappings, each of which hides a canary or another picture where cleaners have left them.

`make(SEEDS)` gives cases; gauntlet_leaks.py says what of the hidden is in a file that came out. All is made here from the pictures that
build/…/gauntlet_seeds writes; the hiding places are those that were found in the field.
"""
import base64
import pathlib
import re
import struct
import subprocess
import tempfile
import zlib

CANARY = b"Canary-4711 Kestrel Lane"
EXTENSIONS = ("jpg", "png", "gif", "webp", "tif", "bmp", "heic", "avif", "jxl", "rgb", "exif.jxl", "brob.jxl", "mp4")


class Case:
    """A file that hides something: `canary` as text, or `window`, bytes of a hidden picture, or `rows`, decoded samples of one."""

    def __init__(self, group, name, extension, data, window=b"", pixels=False, refusable=False):
        self.group, self.name, self.extension, self.data, self.window, self.pixels = group, name, extension, data, window, pixels
        self.refusable = refusable


def seeds(build):
    """Bytes by name ("seen.jpg")."""
    with tempfile.TemporaryDirectory(prefix="keepmum-seeds-") as folder:
        # Exif goes as an argument, which holds no zero byte: the shortest that libjxl takes is text.
        subprocess.run([str(pathlib.Path(build) / "bin/gauntlet_seeds"), folder, CANARY.decode()], check=True)
        return {path.name: path.read_bytes() for path in pathlib.Path(folder).iterdir()}


def middle(data, size=32):
    return data[len(data) // 2:len(data) // 2 + size]


# ---- JPEG


def segment(marker, body):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def exif(text=CANARY, thumbnail=b""):
    """A TIFF structure with ImageDescription, and a second directory with a thumbnail."""
    text += b"\0"
    data_at = 8 + 2 + 12 + 4
    link = data_at + len(text) + len(text) % 2 if thumbnail else 0
    out = b"II*\0\x08\0\0\0" + struct.pack("<HHHIII", 1, 0x10E, 2, len(text), data_at, link) + text + b"\0" * (len(text) % 2)
    if thumbnail:
        out += struct.pack("<HHHIIHHIII", 2, 0x201, 4, 1, link + 30, 0x202, 4, 1, len(thumbnail), 0) + thumbnail
    return out


def gps():
    """A position: 39 degrees, 54 minutes, 15.1200 seconds, as three rationals."""
    place = struct.pack("<6I", 39, 1, 54, 1, 151234, 10000)
    directory = struct.pack("<HHHI4sHHIII", 2, 1, 2, 2, b"N\0\0\0", 2, 5, 3, 26 + 30, 0)
    return b"II*\0\x08\0\0\0" + struct.pack("<HHHIII", 1, 0x8825, 4, 1, 26, 0) + directory + place, place


def jpeg_cases(seed):
    seen, hidden = seed["seen.jpg"], seed["hidden.jpg"]
    inside = lambda part: seen[:2] + part + seen[2:]
    case = lambda name, data, **more: Case("JPEG", name, "jpg", data, **more)
    yield case("APP1 Exif", inside(segment(0xE1, b"Exif\0\0" + exif())))
    yield case("APP1 Exif thumbnail", inside(segment(0xE1, b"Exif\0\0" + exif(b"", hidden))), window=middle(hidden))
    block, place = gps()
    yield case("APP1 Exif position", inside(segment(0xE1, b"Exif\0\0" + block)), window=place)
    yield case("APP1 XMP", inside(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + CANARY + b"</x:xmpmeta>")))
    guid = b"0123456789ABCDEF0123456789ABCDEF"
    extended = b"http://ns.adobe.com/xmp/extension/\0" + guid + struct.pack(">II", len(CANARY), 0) + CANARY
    yield case("APP1 extended XMP", inside(segment(0xE1, extended)))
    yield case("APP2 ICC description", inside(segment(0xE2, b"ICC_PROFILE\0\1\1" + b"\0" * 100 + CANARY)))
    yield case("APP2 MPF", inside(segment(0xE2, b"MPF\0" + exif())) + hidden, window=middle(hidden))
    yield case("APP11 JUMBF", inside(segment(0xEB, b"JP\0\1\0\0\0\1" + struct.pack(">I4s", 40, b"jumb") + CANARY)))
    yield case("APP12 Ducky", inside(segment(0xEC, b"Ducky" + CANARY)))
    yield case("APP13 Photoshop", inside(segment(0xED, b"Photoshop 3.0\0" + b"8BIM\4\4\0\0" + struct.pack(">I", len(CANARY) + 5) + b"\x1c\2\x78" + struct.pack(">H", len(CANARY)) + CANARY + b"\0")))
    yield case("APP9 of no known kind", inside(segment(0xE9, CANARY)))
    yield case("comment", inside(segment(0xFE, CANARY)))
    yield case("JFIF thumbnail", seen[:2] + segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\4\4" + CANARY + CANARY[:24]) + seen[20:])
    yield case("JFXX thumbnail", seen[:20] + segment(0xE0, b"JFXX\0\x10" + hidden[:4000]) + seen[20:], window=middle(hidden[:4000]))
    yield case("trailer", seen + CANARY)
    yield case("second picture behind the end", seen + hidden, window=middle(hidden))
    yield case("bytes between segments", seen[:20] + CANARY + seen[20:])
    frame = re.search(rb"\xff[\xc0\xc2]\0\x11", seen).start()
    yield case("rows hidden by a lowered height", seen[:frame + 5] + struct.pack(">H", 16) + seen[frame + 7:], window=seen[-40:-8])
    yield case("private quantisation table", inside(segment(0xDB, b"\3" + CANARY.ljust(64, b"x"))))


# ---- PNG


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, kind, rows, parts=b"", slack=b"", bits=8):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + parts + chunk(b"IDAT", zlib.compress(rows) + slack) + chunk(b"IEND", b"")


def png_cases(seed):
    seen, rgb = seed["seen.png"], seed["seen.rgb"]
    at = 33  # behind IHDR
    inside = lambda part: seen[:at] + part + seen[at:]
    case = lambda name, data, **more: Case("PNG", name, "png", data, **more)
    yield case("tEXt", inside(chunk(b"tEXt", b"Comment\0" + CANARY)))
    yield case("zTXt", inside(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(CANARY))))
    yield case("iTXt", inside(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + CANARY)))
    yield case("eXIf", inside(chunk(b"eXIf", exif())))
    yield case("caBX", inside(chunk(b"caBX", CANARY)))
    yield case("private chunk", inside(chunk(b"prVt", CANARY)))
    yield case("iCCP name", inside(chunk(b"iCCP", CANARY + b"\0\0" + zlib.compress(b"\0" * 200))))
    yield case("trailer", seen + CANARY)
    yield case("second picture behind the end", seen + seed["hidden.png"], window=middle(seed["hidden.png"]))
    rows = lambda width, height, pixel: b"".join(b"\0" + pixel * width for _ in range(height))
    yield case("packed data goes on", png(8, 8, 2, rows(8, 8, b"\1\2\3"), slack=CANARY))
    yield case("extra rows", png(8, 4, 2, rows(8, 4, b"\1\2\3") + b"\0" + CANARY), pixels=True)
    palette = b"\1\2\3\4\5\6" + CANARY
    yield case("colours that no pixel has", png(8, 2, 3, b"\0" + b"\0\1" * 4 + b"\0" + b"\1\0" * 4, chunk(b"PLTE", palette)), pixels=True)
    clear = b"".join(CANARY[i:i + 3] + b"\0" for i in range(0, 24, 3))
    yield case("colours under transparency", png(8, 2, 6, b"\0" + b"\1\2\3\xff" * 8 + b"\0" + clear), pixels=True)


# ---- GIF, WebP, BMP, PNM, TIFF


def gif_cases(seed):
    seen = seed["seen.gif"]
    blocks = bytes([len(CANARY)]) + CANARY + b"\0"
    at = 13 + 768
    case = lambda name, data, **more: Case("GIF", name, "gif", data, **more)
    with_version = lambda data: b"GIF89a" + data[6:]
    yield case("comment", with_version(seen[:at] + b"\x21\xfe" + blocks + seen[at:]))
    yield case("application extension", with_version(seen[:at] + b"\x21\xff\x0bKESTREL0123" + blocks + seen[at:]))
    yield case("plain text", with_version(seen[:at] + b"\x21\x01\x0c" + b"\0" * 12 + blocks + seen[at:]))
    yield case("trailer", seen + CANARY)
    yield case("rest of a cropped picture", seen + seed["hidden.gif"][400:], window=middle(seed["hidden.gif"][400:]))


def riff(kind, data):
    return kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def webp_cases(seed):
    body = seed["seen.webp"][12:]
    head = riff(b"VP8X", b"\x0c\0\0\0" + struct.pack("<I", 95)[:3] + struct.pack("<I", 63)[:3])
    whole = lambda chunks: b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks
    case = lambda name, data, **more: Case("WebP", name, "webp", data, **more)
    yield case("EXIF", whole(head + body + riff(b"EXIF", exif())))
    yield case("XMP", whole(head + body + riff(b"XMP ", CANARY)))
    yield case("unknown chunk", whole(head + body + riff(b"KSTR", CANARY)))
    yield case("trailer", seed["seen.webp"] + CANARY)


def plain_cases(seed):
    bmp, rgb = seed["seen.bmp"], seed["seen.rgb"]
    moved = bmp[:10] + struct.pack("<I", 54 + len(CANARY)) + bmp[14:54] + CANARY + bmp[54:]
    yield Case("BMP", "gap before the rows", "bmp", moved)
    yield Case("BMP", "trailer", "bmp", bmp + CANARY)
    words = b" ".join(b"%d" % value for value in rgb)
    yield Case("PNM", "P3 comment", "ppm", b"P3\n# " + CANARY + b"\n96 64 255\n" + words)
    yield Case("PNM", "P6 comment", "ppm", b"P6\n# " + CANARY + b"\n96 64 255\n" + rgb)
    yield Case("PNM", "P6 trailer", "ppm", b"P6\n96 64 255\n" + rgb + CANARY)
    yield Case("PNM", "P6 second picture", "ppm", b"P6\n96 64 255\n" + rgb + b"P6\n8 1 255\n" + CANARY)
    yield Case("PNM", "PAM comment", "pam", b"P7\n# " + CANARY + b"\nWIDTH 96\nHEIGHT 64\nDEPTH 3\nMAXVAL 255\nTUPLTYPE RGB\nENDHDR\n" + rgb)


def tiff_cases(seed):
    seen = seed["seen.tif"]
    at, = struct.unpack("<I", seen[4:8])
    count, = struct.unpack("<H", seen[at:at + 2])
    entries, rest = seen[at + 2:at + 2 + 12 * count], seen[:4]
    def moved(extra, tail):
        """The directory anew at the end, with more entries, and what they point at behind it."""
        start = len(seen)
        data_at = start + 2 + 12 * (count + len(extra)) + 4
        table = b"".join(sorted([entries[i:i + 12] for i in range(0, len(entries), 12)] + [struct.pack("<HHII", tag, kind, len(tail), data_at) for tag, kind in extra],
                                key=lambda entry: struct.unpack("<H", entry[:2])))
        return rest + struct.pack("<I", start) + seen[8:] + struct.pack("<H", count + len(extra)) + table + b"\0" * 4 + tail
    yield Case("TIFF", "private tag", "tif", moved([(0xC000, 2)], CANARY))
    yield Case("TIFF", "ImageDescription", "tif", moved([(0x10E, 2)], CANARY))
    yield Case("TIFF", "XMP", "tif", moved([(0x2BC, 1)], CANARY))
    yield Case("TIFF", "unreferenced bytes", "tif", seen + CANARY)
    yield Case("TIFF", "the old directory", "tif", moved([], b"") + CANARY)


# ---- ISO boxes: HEIC, AVIF, JPEG XL


def box(kind, data):
    return struct.pack(">I", len(data) + 8) + kind + data


def iso_cases(seed):
    for group, extension in (("HEIC", "heic"), ("AVIF", "avif")):
        seen, hidden = seed["seen." + extension], seed["hidden." + extension]
        case = lambda name, data, **more: Case(group, name, extension, data, **more)
        yield case("free", seen + box(b"free", CANARY))
        yield case("uuid", seen + box(b"uuid", b"0123456789abcdef" + CANARY))
        yield case("second mdat", seen + box(b"mdat", CANARY + hidden), window=middle(hidden))
        yield case("unknown box", seen + box(b"kstr", CANARY))
        yield case("trailer", seen + CANARY)
        yield case("cut by clap", clap(seen, 32, 32), window=tail_of_item(seen))
    seen = seed["seen.jxl"]
    case = lambda name, data: Case("JPEG XL", name, "jxl", data)
    yield case("Exif box", seed["seen.exif.jxl"])
    yield case("Exif packed by Brotli", seed["seen.brob.jxl"])
    yield case("jumb box", seen + box(b"jumb", CANARY))
    yield case("unknown box", seen + box(b"kstr", CANARY))
    yield case("xml box", seen + box(b"xml ", b"<x>" + CANARY + b"</x>"))
    yield case("trailer", seen + CANARY)


def boxes(data, at, end):
    while at + 8 <= end:
        size, = struct.unpack(">I", data[at:at + 4])
        if size < 8:
            return
        yield data[at + 4:at + 8], at, at + size
        at += size


def find(data, *path):
    """Begin and end of a box, by its path; meta and its kind have four more bytes."""
    at, end = 0, len(data)
    for kind in path:
        at, end = next((begin, stop) for name, begin, stop in boxes(data, at, end) if name == kind)
        inner = at + (12 if kind in (b"meta", b"iref") else 8)
        found, at = (at, end), inner
    return found


def tail_of_item(data):
    begin, end = find(data, b"mdat")
    return data[end - 40:end - 8]


def clap(data, width, height):
    """The file with a clap property that shows the upper left corner alone."""
    eighths = lambda value: struct.pack(">iI", value, 2)
    shift = lambda full, part: part - full  # of the centre, in halves
    prop = box(b"clap", struct.pack(">IIII", width, 1, height, 1) + eighths(shift(96, width)) + eighths(shift(64, height)))
    _, ipco_end = find(data, b"meta", b"iprp", b"ipco")
    count = len(list(boxes(data, find(data, b"meta", b"iprp", b"ipco")[0] + 8, ipco_end)))
    ipma, ipma_end = find(data, b"meta", b"iprp", b"ipma")
    # version and flags (4), entries (4), then item (2), how many (1), their numbers (1 each)
    many = data[ipma + 18]
    out = bytearray(data[:ipma + 18] + bytes([many + 1]) + data[ipma + 19:ipma_end] + bytes([0x80 | count + 1]) + data[ipma_end:])
    out[ipma:ipma + 4] = struct.pack(">I", ipma_end - ipma + 1)
    out[ipco_end:ipco_end] = prop
    grown = len(prop) + 1
    for path, more in (((b"meta",), grown), ((b"meta", b"iprp"), grown), ((b"meta", b"iprp", b"ipco"), len(prop))):
        begin, end = find(data, *path)
        moved = begin
        out[moved:moved + 4] = struct.pack(">I", end - begin + more)
    iloc, iloc_end = find(data, b"meta", b"iloc")
    mdat, _ = find(data, b"mdat")
    # One extent each: offsets into the file grow by what stands before them now.
    start, = (offset for offset in range(iloc + 8, iloc_end - 3) if data[offset:offset + 4] == struct.pack(">I", mdat + 8))
    at = start + (grown if start > ipma_end else len(prop) if start > ipco_end else 0)
    out[at:at + 4] = struct.pack(">I", mdat + 8 + grown)
    return bytes(out)


# ---- PSD, SVG, film and sound


def psd(seed):
    rgb = seed["seen.rgb"]
    planes = b"".join(rgb[c::3] for c in range(3))
    resources = b"8BIM\4\x0c\0\0" + struct.pack(">I", 28 + len(seed["hidden.jpg"])) + struct.pack(">7I", 1, 96, 64, 288, 18432, len(seed["hidden.jpg"]), 0x180001) + seed["hidden.jpg"]
    resources += b"\0" * (len(resources) % 2) + b"8BIM\4\4\0\0" + struct.pack(">I", len(CANARY)) + CANARY
    head = b"8BPS\0\1" + b"\0" * 6 + struct.pack(">HIIHH", 3, 64, 96, 8, 3)
    return head + struct.pack(">I", 0) + struct.pack(">I", len(resources)) + resources + struct.pack(">I", 0) + b"\0\0" + planes


def other_cases(seed):
    whole = psd(seed)
    yield Case("PSD", "resources", "psd", whole)
    yield Case("PSD", "preview", "psd", whole.replace(CANARY, b"x" * len(CANARY)), window=middle(seed["hidden.jpg"]))
    yield from raw_cases(seed)
    yield from drawing_cases(seed)
    block = lambda kind, body: bytes([kind]) + struct.pack(">I", len(body))[1:] + body  # noqa: E731
    information, sound = flac_sound(12)
    tags = struct.pack("<I", 4) + b"some" + struct.pack("<II", 1, len(CANARY) + 7) + b"ARTIST=" + CANARY
    cover = struct.pack(">II", 3, 10) + b"image/jpeg" + b"\0" * 20 + struct.pack(">I", len(seed["hidden.jpg"])) + seed["hidden.jpg"]
    for name, blocks, behind, window in (("application block", block(0x82, b"KSTR" + CANARY), b"", b""), ("comment", block(0x84, tags), b"", b""),
                                         ("cover", block(0x86, cover), b"", middle(seed["hidden.jpg"])), ("padding", block(0x81, CANARY), b"", b""),
                                         ("trailer", block(0x81, b"\0" * 9), CANARY, b"")):
        yield Case("FLAC", name, "flac", b"fLaC" + block(0, information) + blocks + sound + behind, window=window)
    yield Case("FLAC", "checksum", "flac", b"fLaC" + block(0x80, information[:18] + CANARY[:16]) + sound, window=CANARY[:16])

    form = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
    for name, more in (("LIST", riff(b"LIST", b"INFOIART" + struct.pack("<I", len(CANARY)) + CANARY)), ("broadcast", riff(b"bext", CANARY + b"\0" * 600)), ("JUNK", riff(b"JUNK", CANARY)),
                       ("format's end", b"")):
        first = form if more else b"fmt " + struct.pack("<IHHIIHHH", 18 + len(CANARY), 1, 1, 8000, 8000, 1, 8, len(CANARY)) + CANARY
        first += b"\0" * (len(first) % 2)
        wave = b"WAVE" + first + riff(b"data", b"\x80\x81" * 200) + more
        yield Case("WAV", name, "wav", b"RIFF" + struct.pack("<I", len(wave)) + wave)
    wave = b"WAVE" + form + riff(b"data", b"\x80" * 400)
    yield Case("WAV", "trailer", "wav", b"RIFF" + struct.pack("<I", len(wave)) + wave + CANARY)

    frame = b"\xff\xfb\x90\0" + b"\0" * 413
    tag = b"ID3\3\0\0\0\0\0" + bytes([len(CANARY) + 11]) + b"TPE1" + struct.pack(">I", len(CANARY) + 1) + b"\0\0\0" + CANARY
    inside = b"\xff\xfb\x90\0" + b"\0" * 32 + CANARY.ljust(381, b"\0")
    note = b"\xff\xfb\x90\0" + b"\0" * 32 + (b"Info" + b"\0" * 4 + CANARY).ljust(381, b"\0")
    for name, data in (("ID3", tag + frame * 4), ("ID3v1", frame * 4 + b"TAG" + CANARY.ljust(125, b"\0")), ("bits that are not played", frame + inside + frame * 3),
                       ("the encoder's note", note + frame * 4), ("between frames", frame * 3 + CANARY + frame * 3), ("trailer", frame * 4 + CANARY)):
        yield Case("MP3", name, "mp3", data)


def dng(tags=(), preview=b"", behind=b""):
    """A raw photo of 64 by 48: light on the left, dark on the right, behind a filter of red, green, green, blue."""
    light = b"".join(struct.pack("<H", 12000 if x < 32 else 300) for y in range(48) for x in range(64))
    words = b"Kestrel\0"
    one = struct.pack("<II", 1, 1)
    rows = [(0xFE, 4, 1, b"\0" * 4), (0x100, 4, 1, b"\x40\0\0\0"), (0x101, 4, 1, b"\x30\0\0\0"), (0x102, 3, 1, b"\x10\0"), (0x103, 3, 1, b"\1\0"), (0x106, 3, 1, struct.pack("<H", 32803)), (0x10F, 2, 8, words),
            (0x110, 2, 8, words), (0x111, 4, 1, b"LIGH"), (0x115, 3, 1, b"\1\0"), (0x116, 4, 1, b"\x30\0\0\0"), (0x117, 4, 1, struct.pack("<I", len(light))), (0x828D, 3, 2, b"\2\0\2\0"),
            (0x828E, 1, 4, b"\0\1\1\2"), (0xC612, 1, 4, b"\1\4\0\0"), (0xC614, 2, 8, words), (0xC61D, 4, 1, struct.pack("<I", 16000)), (0xC621, 10, 9, b"".join(struct.pack("<ii", i % 4 == 0, 1) for i in range(9))),
            (0xC628, 5, 3, one * 3), *((tag, 2, len(text) + 1, text + b"\0") for tag, text in tags)]
    rows.sort()
    data_at = 8 + 2 + 12 * len(rows) + 4
    values = b""
    places = []
    for tag, kind, count, value in rows:
        places.append(None if len(value) <= 4 else data_at + len(values))
        values += b"" if len(value) <= 4 else value + b"\0" * (len(value) % 2)
    second = data_at + len(values)
    directory = struct.pack("<HHHIIHHIIHHIII", 3, 0xFE, 4, 1, 1, 0x201, 4, 1, second + 42, 0x202, 4, 1, len(preview), 0) if preview else b""
    values += directory + preview + b"\0" * ((len(directory) + len(preview)) % 2)
    out = b"II*\0\x08\0\0\0" + struct.pack("<H", len(rows))
    for (tag, kind, count, value), place in zip(rows, places):
        held = struct.pack("<I", data_at + len(values)) if value == b"LIGH" else struct.pack("<I", place) if place else value.ljust(4, b"\0")
        out += struct.pack("<HHI", tag, kind, count) + held
    return out + struct.pack("<I", second if preview else 0) + values + light + behind


def raw_cases(seed):
    yield Case("raw", "description", "dng", dng([(0x10E, CANARY)]))
    yield Case("raw", "owner", "dng", dng([(0x13B, CANARY)]))
    yield Case("raw", "serial number", "dng", dng([(0xC62F, CANARY)]))
    yield Case("raw", "private tag", "dng", dng([(0xFDE8, CANARY)]))
    yield Case("raw", "preview", "dng", dng(preview=seed["hidden.jpg"]), window=middle(seed["hidden.jpg"]))
    yield Case("raw", "trailer", "dng", dng(behind=CANARY))


def drawing_cases(seed):
    def drawing(inside=b"", attributes=b"", front=b""):
        return (front + b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 90 60" ' + attributes + b">"
                + inside + b'<rect x="9" y="9" width="30" height="20" fill="#36a"/></svg>')
    photo = b"data:image/jpeg;base64," + base64.b64encode(seed["seen.jpg"][:2] + segment(0xE1, b"Exif\0\0" + exif()) + seed["seen.jpg"][2:])
    for name, data in (("metadata", drawing(b"<metadata>" + CANARY + b"</metadata>")), ("title", drawing(b"<title>" + CANARY + b"</title>")), ("comment", drawing(b"<!-- " + CANARY + b" -->")),
                       ("comment in front", drawing(front=b"<!-- " + CANARY + b" -->")), ("an editor's attribute", drawing(attributes=b'inkscape:export-filename="' + CANARY + b'"')),
                       ("an editor's element", drawing(b"<inkscape:note>" + CANARY + b"</inkscape:note>")), ("layer that is not shown", drawing(b'<g style="display:none"><text y="20">' + CANARY + b"</text></g>")),
                       ("beside the page", drawing(b'<text x="900" y="20">' + CANARY + b"</text>")), ("painted over", drawing(b'<text x="2" y="20" font-size="2">' + CANARY + b'</text><rect width="90" height="60" fill="#fff"/>')),
                       ("program", drawing(b"<script>var a = '" + CANARY + b"'</script>")), ("what a click does", drawing(b'<rect width="3" height="3" onclick="' + CANARY + b'"/>')),
                       ("name of an element", drawing(b'<g id="' + CANARY + b'"><rect width="3" height="3"/></g>')), ("entity", drawing(front=b'<!DOCTYPE svg [<!ENTITY a "' + CANARY + b'">]>')),
                       ("Exif of a photo in it", drawing(b'<image width="30" height="30" href="' + photo + b'"/>')), ("style of nothing", drawing(b"<style>.a { content: '" + CANARY + b"' }</style>")),
                       ("trailer", drawing() + b"<!-- " + CANARY + b" -->")):
        yield Case("SVG", name, "svg", data)


def film_cases(seed):
    film = seed["seen.mp4"]
    behind = {"free": box(b"free", CANARY), "uuid": box(b"uuid", b"0123456789abcdef" + CANARY), "unknown box": box(b"kstr", CANARY), "second mdat": box(b"mdat", CANARY), "trailer": CANARY}
    for name, more in behind.items():
        yield Case("MP4", name, "mp4", film + more)
    tags = box(b"udta", box(b"meta", b"\0" * 4 + box(b"hdlr", b"\0" * 8 + b"mdirappl" + b"\0" * 9) + box(b"ilst", box(b"\xa9too", box(b"data", struct.pack(">II", 1, 0) + CANARY)))))
    yield Case("MP4", "tags", "mp4", in_film(film, tags))
    yield Case("MP4", "place", "mp4", in_film(film, box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(CANARY), 0x15C7) + CANARY))))
    note = b"\x06\5" + bytes([16 + len(CANARY)]) + b"u" * 16 + CANARY + b"\x80"
    yield Case("MP4", "settings of the encoder", "mp4", in_film(film, b"", struct.pack(">I", len(note)) + note))
    yield Case("MP4", "filling", "mp4", in_film(film, b"", struct.pack(">I", len(CANARY) + 1) + b"\x0c" + CANARY))
    hidden = box(b"edts", box(b"elst", struct.pack(">IIIiI", 0, 1, 1000, 2000, 0x10000)))
    yield Case("MP4", "cut by its edit list", "mp4", in_film(film, b"", track=hidden), window=b"a" * 39, refusable=True)


def in_film(film, movie, sample=b"", track=b""):
    """The film with boxes more in its movie and its track, and units more in front of its first frame."""
    data = bytearray(film)
    moov, moov_end = find(film, b"moov")
    trak, trak_end = find(film, b"moov", b"trak")
    for kind in (b"stco", b"stsz"):
        at, _ = find(film, b"moov", b"trak", b"mdia", b"minf", b"stbl", kind)
        if kind == b"stsz":
            data[at + 20:at + 24] = struct.pack(">I", struct.unpack(">I", film[at + 20:at + 24])[0] + len(sample))
            continue
        for i in range(struct.unpack(">I", film[at + 12:at + 16])[0]):
            place = at + 16 + 4 * i
            grown = len(movie) + len(track) + (len(sample) if i else 0)
            data[place:place + 4] = struct.pack(">I", struct.unpack(">I", film[place:place + 4])[0] + grown)
    mdat, _ = find(film, b"mdat")
    for at, more in ((moov, len(movie) + len(track)), (trak, len(track)), (mdat, len(sample))):
        data[at:at + 4] = struct.pack(">I", struct.unpack(">I", film[at:at + 4])[0] + more)
    return bytes(data[:trak_end] + track + data[trak_end:moov_end] + movie + data[moov_end:mdat + 8] + sample + data[mdat + 8:])


def flac_sound(frames):
    """STREAMINFO, and frames of one value each (RFC 9639: constant sub-frames of 192 samples, mono, 16 bits)."""
    def crc(data, polynomial, bits):
        value = 0
        for byte in data:
            value ^= byte << bits - 8
            for _ in range(8):
                value = (value << 1 ^ (polynomial if value >> bits - 1 else 0)) & (1 << bits) - 1
        return value

    out = b""
    for number in range(frames):
        head = b"\xff\xf8\x19\x08" + bytes([number])
        head += bytes([crc(head, 0x07, 8)]) + b"\0" + struct.pack(">h", number * 300)
        out += head + struct.pack(">H", crc(head, 0x8005, 16))
    return struct.pack(">HH", 192, 192) + b"\0" * 6 + struct.pack(">Q", 44100 << 44 | 15 << 36 | frames * 192) + b"\0" * 16, out


def make(seed):
    cases = []
    for maker in (jpeg_cases, png_cases, gif_cases, webp_cases, plain_cases, tiff_cases, iso_cases, other_cases, film_cases):
        cases += maker(seed)
    return cases


# ---- What is left
