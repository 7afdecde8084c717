"""PDF files: text by Helvetica and by an unembedded Song face, boxes, attachments, revisions."""
import zlib


def literal(text):
    return b"(" + text.encode("latin-1").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def show(text, x, y, size=11, colour="0 0 0", font=""):
    """One line of text at x, y (points from the lower left); Chinese in the Song face."""
    if font == "bytes":  # GB18030 bytes in a font that claims Latin letters and has no ToUnicode
        name, shown = "F3", b"<" + text.encode("gb18030").hex().encode() + b">"
    elif text.isascii():
        name, shown = "F1", literal(text)
    else:
        name, shown = "F2", b"<" + text.encode("utf-16-be").hex().encode() + b">"
    return f"BT {colour} rg /{name} {size} Tf 1 0 0 1 {x} {y} Tm ".encode() + shown + b" Tj ET\n"


def box(x, y, width, height, colour="0 0 0"):
    return f"q {colour} rg {x} {y} {width} {height} re f Q\n".encode()


def lines(texts, top=780, size=11, step=18, **more):
    return b"".join(show(text, 60, top - step * index, size, **more) for index, text in enumerate(texts))


class Pdf:
    """Objects by number; `render` writes them, `update` appends a later revision."""

    def __init__(self, pages, title="", author="", attachments=(), packed=True):
        self.objects, self.packed = {}, packed
        kids = []
        self.objects[3] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
        self.objects[4] = (b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [ << /Type /Font "
                           b"/Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> "
                           b"/FontDescriptor 5 0 R /DW 1000 >> ] >>")
        self.objects[5] = (b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [ -25 -254 1000 880 ] /ItalicAngle 0 "
                           b"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>")
        self.objects[6] = (b"<< /Type /Font /Subtype /TrueType /BaseFont /FZXBSJW--GB1-0 /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 255 "
                           b"/Widths [ " + b"500 " * 224 + b"] /FontDescriptor 7 0 R >>")
        self.objects[7] = (b"<< /Type /FontDescriptor /FontName /FZXBSJW--GB1-0 /Flags 4 /FontBBox [ 0 -200 1000 880 ] /ItalicAngle 0 "
                           b"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>")
        self.objects[8] = b"<< /Title " + self.string(title) + b" /Author " + self.string(author) + b" /Producer (Chengyue Writer 1.0) >>"
        number = 10
        for content in pages:
            self.objects[number] = self.stream(content)
            self.objects[number + 1] = (b"<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents %d 0 R /Resources << /Font << /F1 3 0 R "
                                        b"/F2 4 0 R /F3 6 0 R >> >> >>" % number)
            kids.append(b"%d 0 R" % (number + 1))
            number += 2
        names = b""
        for name, content in attachments:
            self.objects[number] = self.stream(content, b"/Type /EmbeddedFile ")
            self.objects[number + 1] = b"<< /Type /Filespec /F " + self.string(name) + b" /UF " + self.string(name) + b" /EF << /F %d 0 R >> >>" % number
            names += self.string(name) + b" %d 0 R " % (number + 1)
            number += 2
        extra = b" /Names << /EmbeddedFiles << /Names [ " + names + b"] >> >>" if names else b""
        self.objects[1] = b"<< /Type /Catalog /Pages 2 0 R" + extra + b" >>"
        self.objects[2] = b"<< /Type /Pages /Count %d /Kids [ %s ] >>" % (len(kids), b" ".join(kids))

    @staticmethod
    def string(text):
        return literal(text) if text.isascii() else b"<feff" + text.encode("utf-16-be").hex().encode() + b">"

    def stream(self, content, extra=b""):
        if self.packed:
            content, extra = zlib.compress(content, 6), extra + b"/Filter /FlateDecode "
        return b"<< " + extra + b"/Length %d >>\nstream\n" % len(content) + content + b"\nendstream"

    @staticmethod
    def _write(objects, start, previous=None, size=0):
        out, places = b"", {}
        for number in sorted(objects):
            places[number] = start + len(out)
            out += b"%d 0 obj\n" % number + objects[number] + b"\nendobj\n"
        table = b"xref\n0 1\n0000000000 65535 f \n" + b"".join(b"%d 1\n%010d 00000 n \n" % item for item in sorted(places.items()))
        before = b" /Prev %d" % previous if previous is not None else b""
        return out + table + b"trailer\n<< /Size %d /Root 1 0 R /Info 8 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (size, before, start + len(out))

    def render(self):
        head = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"
        return head + self._write(self.objects, len(head), size=max(self.objects) + 1)

    def update(self, base, changed):
        previous = int(base.rsplit(b"startxref\n", 1)[1].split(b"\n", 1)[0])
        return base + self._write(changed, len(base), previous, max(self.objects) + 1)
