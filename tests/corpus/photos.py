"""Photos for samples/: drawn by us in cells of 8 × 8 pixels, written as JPEG (ITU-T T.81) with what cameras write beside them.

A cell of one colour needs no frequencies but the lowest, so the encoder is a screenful: each block is three numbers, coded as the difference
to the one before.
"""
import struct
import zlib

# The usual table of codes for the lowest frequency: how many codes there are of 1 to 16 bits, and their values (T.81, K.3).
LENGTHS = (0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0)
CODES = {0: "00", 1: "010", 2: "011", 3: "100", 4: "101", 5: "110", 6: "1110", 7: "11110", 8: "111110", 9: "1111110", 10: "11111110", 11: "111111110"}


def scene(ships, moon=6, width=80, height=60):
    """Cells as (red, green, blue), row by row: sky, sea, a crane, and a ship at each of the columns `ships`."""
    rows = []
    for y in range(height):
        row = []
        for x in range(width):
            colour = (150 + y, 180 + y // 2, 220) if y < height // 2 else (30, 70 + y // 3, 110 + (x * 7 + y * 13) % 9)
            if (x - 4 * moon) ** 2 + (y - 8) ** 2 < 20:
                colour = (250, 245, 210)
            if 60 <= x <= 62 and 8 < y < height // 2 or y == 10 and 48 < x < 74:
                colour = (190, 60, 40)
            for ship in ships:
                hull = height // 2 - 3 <= y <= height // 2 + 2 and abs(x - ship) < 14 - (y - height // 2 + 3)
                bridge = height // 2 - 9 <= y < height // 2 - 3 and abs(x - ship - 3) < 4
                if hull or bridge:
                    colour = (70, 78, 84) if hull else (120, 126, 130)
            row.append(colour)
        rows.append(row)
    return rows


def shrink(rows, by):
    return [[rows[y][x] for x in range(0, len(rows[0]), by)] for y in range(0, len(rows), by)]


def segment(marker, body):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(rows, *segments):
    """Each cell becomes a block of 8 × 8 pixels; `segments` stand right behind the beginning."""
    bits = []
    last = [0, 0, 0]
    for row in rows:
        for red, green, blue in row:
            luminance = 0.299 * red + 0.587 * green + 0.114 * blue
            for i, value in enumerate((luminance - 128, 0.564 * (blue - luminance), 0.713 * (red - luminance))):
                level = round(value)  # the table of quantisation has 8 for it: 8 × 8 pixels of 1 give 8
                difference, last[i] = level - last[i], level
                size = abs(difference).bit_length()
                bits.append(CODES[size])
                if size:
                    bits.append(format(difference if difference > 0 else difference + (1 << size) - 1, f"0{size}b"))
                bits.append("0")  # no higher frequencies: the only code of the other table
    text = "".join(bits)
    text += "1" * (-len(text) % 8)
    data = bytes(int(text[at:at + 8], 2) for at in range(0, len(text), 8)).replace(b"\xff", b"\xff\x00")
    height, width = len(rows) * 8, len(rows[0]) * 8
    frame = struct.pack(">BHHB", 8, height, width, 3) + bytes([1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0])
    return b"".join((b"\xff\xd8", *segments, segment(0xDB, b"\x00" + bytes([8] + [16] * 63)), segment(0xC0, frame),
                     segment(0xC4, b"\x00" + bytes(LENGTHS) + bytes(range(12))), segment(0xC4, b"\x10" + bytes([1] + [0] * 15) + b"\x00"),
                     segment(0xDA, bytes([3, 1, 0, 2, 0, 3, 0, 0, 63, 0])), data, b"\xff\xd9"))


def fractions(*values):
    return b"".join(struct.pack("<II", round(value * 1000), 1000) for value in values)


def degrees(value):
    return fractions(int(value), int(value * 60) % 60, value * 3600 % 60)


def directory(entries, at, following=0):
    """A TIFF directory at offset `at`: rows of (tag, type, count, bytes), their values behind it."""
    table, values = struct.pack("<H", len(entries)), b""
    behind = at + 2 + 12 * len(entries) + 4
    for tag, kind, count, value in sorted(entries):
        if len(value) > 4:
            table += struct.pack("<HHII", tag, kind, count, behind + len(values))
            values += value + b"\x00" * (len(value) % 2)
        else:
            table += struct.pack("<HHI", tag, kind, count) + value.ljust(4, b"\x00")
    return table + struct.pack("<I", following) + values


def text(tag, value):
    value = value.encode() + b"\x00"
    return tag, 2, len(value), value


def exif(taken, north, east, looks, owner, serial, thumbnail, universal):
    """APP1 as a camera writes it: who, when, where, with which camera, and a small picture of it all."""
    photo = [text(0x9003, taken), text(0x9004, taken), (0x829A, 5, 1, struct.pack("<II", 1, 250)), (0x829D, 5, 1, fractions(8)), (0x8827, 3, 1, struct.pack("<H", 100)),
             (0x920A, 5, 1, fractions(24)), (0xA405, 3, 1, struct.pack("<H", 36)), text(0xA431, serial), text(0xA430, owner)]
    gps = [text(1, "N"), (2, 5, 3, degrees(north)), text(3, "E"), (4, 5, 3, degrees(east)), (5, 1, 1, b"\x00"), (6, 5, 1, fractions(12.5)),
           (7, 5, 3, fractions(*universal)), text(16, "T"), (17, 5, 1, fractions(looks)), text(29, taken[:10])]
    image = [text(0x010F, "Chengyue"), text(0x0110, "Chengyue K2"), text(0x0131, "K2 firmware 1.4"), text(0x0132, taken)]
    at = 8
    photo_at, blob = at, directory(photo, at)
    gps_at = at + len(blob)
    blob += directory(gps, gps_at)
    small_at = at + len(blob)
    blob += thumbnail + b"\x00" * (len(thumbnail) % 2)
    second_at = at + len(blob)
    blob += directory([(0x0103, 3, 1, struct.pack("<H", 6)), (0x0201, 4, 1, struct.pack("<I", small_at)), (0x0202, 4, 1, struct.pack("<I", len(thumbnail)))], second_at)
    first_at = at + len(blob)
    blob += directory(image + [(0x8769, 4, 1, struct.pack("<I", photo_at)), (0x8825, 4, 1, struct.pack("<I", gps_at))], first_at, second_at)
    return segment(0xE1, b"Exif\x00\x00II*\x00" + struct.pack("<I", first_at) + blob)


def camera(rows, thumbnail_of, taken="2024:05:03 14:22:07", universal=(6, 22, 5), looks=271.3):
    small = jpeg(shrink(thumbnail_of, 4))
    return jpeg(rows, exif(taken, 36.070833, 120.375, looks, "Lin Yue", "CK2-0048813", small, universal))


def grain(rows):
    """Pixels out of cells, four a side, with a grain as cameras give it: a plain surface has nothing to compress."""
    state, out = 1, []
    for y in range(len(rows) * 4):
        line = []
        for x in range(len(rows[0]) * 4):
            state = (state * 1103515245 + 12345) % 2**31
            line.append(tuple(min(255, part + state // 65536 % 24) for part in rows[y // 4][x // 4]))
        out.append(line)
    return out


def png(pixels):
    """A screenshot: the colour space is said, nothing else."""
    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    lines = b"".join(b"\x00" + b"".join(bytes(pixel) for pixel in row) for row in pixels)
    size = struct.pack(">IIBBBBB", len(pixels[0]), len(pixels), 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"sRGB", b"\x00") + chunk(b"gAMA", struct.pack(">I", 45455)) + \
        chunk(b"IDAT", zlib.compress(lines, 6)) + chunk(b"IEND", b"")
