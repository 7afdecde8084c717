"""What of the hidden of a gauntlet's case is in a file: as it was, in other encodings, packed, or in the samples of a picture."""
import base64
import re
import struct
import zlib

from gauntlet import CANARY


def unfiltered(data):
    """The samples of a PNG, or nothing where it is none."""
    if not data.startswith(b"\x89PNG"):
        return b""
    at, packed, out = 8, b"", bytearray()
    width = stride = 1
    while at + 12 <= len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        if kind == b"IHDR":
            width, _, bits, form = struct.unpack(">IIBB", body[:10])
            samples = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[form]
            stride, row = max(1, samples * bits // 8), (width * samples * bits + 7) // 8
        if kind == b"IDAT":
            packed += body
        at += size + 12
    try:
        lines = zlib.decompressobj().decompress(packed)
    except zlib.error:
        return b""
    above = bytearray(row)
    for start in range(0, len(lines), row + 1):
        method, line = lines[start], bytearray(lines[start + 1:start + 1 + row])
        for i in range(len(line)):
            a, b, c = line[i - stride] if i >= stride else 0, above[i] if i < len(above) else 0, above[i - stride] if i >= stride else 0
            p = a + b - c
            guess = (0, a, b, (a + b) // 2, min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2])[method if method < 5 else 0]
            line[i] = (line[i] + guess) & 255
        out += line
        above = line
    return bytes(out)


def packed_parts(data):
    """Whatever in a file is a zlib stream."""
    for found in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        try:
            yield zlib.decompressobj().decompress(data[found.start():], 1 << 20)
        except zlib.error:
            continue


def forms(canary):
    yield canary
    yield canary.decode("latin-1").encode("utf-16-le")
    yield canary.decode("latin-1").encode("utf-16-be")
    for before in range(3):
        text = base64.b64encode(b"\0" * before + canary)
        yield text[before + 1 if before else 0:(before + len(canary)) * 8 // 6]


def leaks(case, data):
    """What of the hidden is in the file, or "" where nothing is."""
    places = [data, *packed_parts(data)]
    if case.pixels:
        samples = unfiltered(data)
        places += [samples, bytes(value for i, value in enumerate(samples) if i % 4 != 3)]
    brotli = decode_brotli(data)
    places += brotli
    for place in places:
        if any(form in place for form in forms(CANARY)):
            return "canary"
        if case.window and case.window in place:
            return "hidden picture"
    return ""


def decode_brotli(data):
    """What boxes packed by Brotli hold, where the tool for it is there."""
    out = []
    for found in re.finditer(rb"brob", data):
        size, = struct.unpack(">I", data[found.start() - 4:found.start()])
        body = data[found.start() + 8:found.start() - 4 + size]
        try:
            import brotli
            out.append(brotli.decompress(body))
        except Exception:  # noqa: BLE001 - without the library the box itself counts
            out.append(CANARY)
    return out
