"""Rich text."""


def escape(text):
    out = ""
    for char in text:
        if char in "\\{}":
            out += "\\" + char
        elif char.isascii():
            out += char
        else:
            units = char.encode("utf-16-le")
            for at in range(0, len(units), 2):
                value = int.from_bytes(units[at:at + 2], "little", signed=True)
                out += f"\\u{value}?"
    return out


def rtf(paragraphs, title="", author="", annotations=()):
    """A paragraph is a text, or a list of texts and of pairs of text and how it is kept: hidden, deleted, inserted."""
    words = {"hidden": "\\v", "deleted": "\\deleted", "inserted": "\\revised"}
    out = "{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0 SimSun;}}{\\colortbl;\\red0\\green0\\blue0;}"
    out += "{\\info{\\title " + escape(title) + "}{\\author " + escape(author) + "}}\n"
    for paragraph in paragraphs:
        for run in [paragraph] if isinstance(paragraph, str) else paragraph:
            out += escape(run) if isinstance(run, str) else "{" + words[run[1]] + " " + escape(run[0]) + "}"
        out += "\\par\n"
    for text in annotations:
        out += "{\\*\\annotation " + escape(text) + "}\n"
    return (out + "}").encode("ascii")
