"""Mail messages and mailboxes."""
import base64
import quopri


def message(subject, text, sender="Lin Yue <lin.yue@chengyue.example>", to="Office <office@partner.example>", attachments=(), html="",
            encoding="base64", headers=()):
    """`attachments`: pairs of name and bytes. `encoding`: base64, quoted-printable or 8bit, for the text."""
    head = [f"From: {sender}", f"To: {to}", "Subject: =?UTF-8?B?" + base64.b64encode(subject.encode()).decode() + "?=",
            "Date: Mon, 04 Mar 2024 09:30:00 +0800", "Message-ID: <20240304093000.1@chengyue.example>", "MIME-Version: 1.0", *headers]

    def part(kind, content, extra=()):
        if encoding == "base64" or kind.startswith("application"):
            way, body = "base64", base64.encodebytes(content)
        elif encoding == "quoted-printable":
            way, body = encoding, quopri.encodestring(content)
        else:
            way, body = "8bit", content
        return "\r\n".join([f"Content-Type: {kind}", f"Content-Transfer-Encoding: {way}", *extra]).encode() + b"\r\n\r\n" + \
            body.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")

    parts = [part("text/plain; charset=utf-8", text.encode())]
    if html:
        parts.append(part("text/html; charset=utf-8", html.encode()))
    for name, content in attachments:
        label = "=?UTF-8?B?" + base64.b64encode(name.encode()).decode() + "?=" if not name.isascii() else name
        parts.append(part("application/octet-stream", content, [f'Content-Disposition: attachment; filename="{label}"']))
    if len(parts) == 1:
        return ("\r\n".join(head) + "\r\n").encode() + parts[0]
    border = "=_chengyue_0001"
    head.append(f'Content-Type: multipart/mixed; boundary="{border}"')
    body = b"".join(f"\r\n--{border}\r\n".encode() + p for p in parts)
    return ("\r\n".join(head) + "\r\n").encode() + body + f"\r\n--{border}--\r\n".encode()


def mailbox(messages):
    return b"".join(b"From lin.yue@chengyue.example Mon Mar  4 09:30:00 2024\n" + m.replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ") + b"\n"
                    for m in messages)
