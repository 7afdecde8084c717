"""Containers, byte for byte the same each time they are made."""
import gzip
import io
import os
import sqlite3
import struct
import tarfile
import tempfile
import zipfile
import zlib


def zip_of(members, stored=(), comment=b""):
    """`members`: name to bytes. Those named in `stored` are not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.comment = comment
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (2024, 3, 4, 9, 30, 0))
            info.create_system = 3
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, content, compresslevel=6)
    return out.getvalue()


def encrypted_zip_of(members, key):
    """The old zip encryption (APPNOTE 6.1), which zip programs still use when asked for a password."""
    table = []
    for i in range(256):
        value = i
        for _ in range(8):
            value = (value >> 1) ^ (0xEDB88320 if value & 1 else 0)
        table.append(value)

    def crc(value, byte):
        return (value >> 8) ^ table[(value ^ byte) & 0xFF]

    def encrypt(data):
        keys = [0x12345678, 0x23456789, 0x34567890]

        def update(byte):
            keys[0] = crc(keys[0], byte)
            keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
            keys[2] = crc(keys[2], keys[1] >> 24)

        for byte in key:
            update(byte)
        out = bytearray()
        for byte in data:
            value = keys[2] | 2
            out.append(byte ^ ((value * (value ^ 1) >> 8) & 0xFF))
            update(byte)
        return bytes(out)

    body, directory = b"", b""
    for name, content in members.items():
        raw = zlib.compressobj(6, zlib.DEFLATED, -15)
        packed = raw.compress(content) + raw.flush()
        check = zlib.crc32(content)
        sealed = encrypt(bytes(range(11)) + bytes([check >> 24]) + packed)
        encoded = name.encode()
        common = struct.pack("<HHHHHIIIHH", 20, 0x801, 8, 0x4BC0, 0x5864, check, len(sealed), len(content), len(encoded), 0)
        directory += b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + encoded
        body += b"PK\3\4" + common + encoded + sealed
    return body + directory + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(directory), len(body), 0)


def tar_of(members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.mode = len(content), 1709544600, 0o644
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def gz_of(content, name=""):
    out = io.BytesIO()
    with gzip.GzipFile(name, "wb", 6, out, 1709544600) as stream:
        stream.write(content)
    return out.getvalue()


def _number(value):  # 7z's own variable length, up to four bytes
    for extra in range(4):
        if value < 1 << (7 * (extra + 1)):
            first = (0xFF00 >> extra & 0xFF) | value >> (8 * extra)
            return bytes([first]) + (value & ((1 << 8 * extra) - 1)).to_bytes(extra, "little")
    raise ValueError(value)


def seven_zip_of(members):
    """7z with one folder a member, stored without compression (7zFormat.txt)."""
    count = len(members)
    packed = b"".join(members.values())
    header = b"\x01\x04\x06" + _number(0) + _number(count) + b"\x09" + b"".join(_number(len(c)) for c in members.values()) + b"\0"
    header += b"\x07\x0b" + _number(count) + b"\0" + b"\x01\x01\x00" * count
    header += b"\x0c" + b"".join(_number(len(c)) for c in members.values())
    header += b"\0\x08\x0a\x01" + b"".join(struct.pack("<I", zlib.crc32(c)) for c in members.values()) + b"\0\0"
    names = b"\0" + b"".join(name.encode("utf-16-le") + b"\0\0" for name in members)
    header += b"\x05" + _number(count) + b"\x11" + _number(len(names)) + names + b"\0\0"
    start = struct.pack("<QQI", len(packed), len(header), zlib.crc32(header))
    return b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<I", zlib.crc32(start)) + start + packed + header


def sqlite_of(statements):
    """A database file; the number of the SQLite that wrote it is set to a fixed one."""
    handle, path = tempfile.mkstemp()
    os.close(handle)
    try:
        database = sqlite3.connect(path)
        database.execute("pragma page_size=1024")
        for statement, *values in statements:
            database.execute(statement, values)
        database.commit()
        database.close()
        with open(path, "rb") as file:
            content = bytearray(file.read())
    finally:
        os.unlink(path)
    content[96:100] = struct.pack(">I", 3040001)
    return bytes(content)
