"""odt, ods, odp and the Chinese OFD (GB/T 33190)."""
from xml.sax.saxutils import escape, quoteattr

from archives import zip_of

SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"' for name, space in (
    ("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("style", "style"), ("presentation", "presentation"),
    ("meta", "meta"), ("svg", "svg-compatible"))) + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def _package(kind, body, styles="", title="", author="", master=""):
    media = f"application/vnd.oasis.opendocument.{kind}"
    members = {
        "mimetype": media.encode(),
        "content.xml": (XML + f'<office:document-content {SPACES} office:version="1.2"><office:automatic-styles>{styles}</office:automatic-styles>'
                        f"<office:body>{body}</office:body></office:document-content>").encode(),
        "styles.xml": (XML + f'<office:document-styles {SPACES} office:version="1.2">{master}</office:document-styles>').encode(),
        "meta.xml": (XML + f'<office:document-meta {SPACES} office:version="1.2"><office:meta><dc:title>{escape(title)}</dc:title>'
                     f"<dc:creator>{escape(author)}</dc:creator></office:meta></office:document-meta>").encode()}
    entries = "".join(f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{"text/xml" if name != "/" else media}"/>'
                      for name in ("/", "content.xml", "styles.xml", "meta.xml"))
    members["META-INF/manifest.xml"] = (XML + '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
                                        f'manifest:version="1.2">{entries}</manifest:manifest>').encode()
    return zip_of(members, stored=("mimetype",))


def odt(paragraphs, title="", author="", header=""):
    """A paragraph is a text, or a list of texts and of pairs (text, hidden | deleted | comment)."""
    styles = '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    changes, body = "", ""
    for paragraph in paragraphs:
        body += "<text:p>"
        for run in [paragraph] if isinstance(paragraph, str) else paragraph:
            text, kind = (run, "") if isinstance(run, str) else run
            if kind == "hidden":
                body += f'<text:span text:style-name="H">{escape(text)}</text:span>'
            elif kind == "deleted":
                name = f"ct{len(changes)}"
                changes += (f'<text:changed-region text:id="{name}"><text:deletion><office:change-info><dc:creator>Lin Yue</dc:creator><dc:date>2024-03-04T09:30:00'
                            f"</dc:date></office:change-info><text:p>{escape(text)}</text:p></text:deletion></text:changed-region>")
                body += f'<text:change text:change-id="{name}"/>'
            elif kind == "comment":
                body += f"<office:annotation><dc:creator>Lin Yue</dc:creator><text:p>{escape(text)}</text:p></office:annotation>"
            else:
                body += escape(text)
        body += "</text:p>"
    tracked = f"<text:tracked-changes>{changes}</text:tracked-changes>" if changes else ""
    master = ('<office:automatic-styles><style:page-layout style:name="L"/></office:automatic-styles><office:master-styles><style:master-page style:name="Standard" '
              f'style:page-layout-name="L"><style:header><text:p>{escape(header)}</text:p></style:header></style:master-page></office:master-styles>') if header else ""
    return _package("text", f"<office:text>{tracked}{body}</office:text>", styles, title, author, master)


def ods(sheets, title="", author=""):
    """`sheets`: (name, rows, shown or not, hidden rows)."""
    styles = ('<style:style style:name="T0" style:family="table"><style:table-properties table:display="false"/></style:style>'
              '<style:style style:name="T1" style:family="table"><style:table-properties table:display="true"/></style:style>')
    body = ""
    for name, rows, *more in sheets:
        shown, hidden_rows = (list(more) + [True, ()][len(more):])[:2]
        body += f'<table:table table:name={quoteattr(name)} table:style-name="{"T1" if shown else "T0"}">'
        for number, row in enumerate(rows, 1):
            body += '<table:table-row table:visibility="collapse">' if number in hidden_rows else "<table:table-row>"
            for value in row:
                kind = f'office:value-type="float" office:value="{value}"' if isinstance(value, (int, float)) else 'office:value-type="string"'
                body += f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"
            body += "</table:table-row>"
        body += "</table:table>"
    return _package("spreadsheet", f"<office:spreadsheet>{body}</office:spreadsheet>", styles, title, author)


def odp(slides, title="", author=""):
    """`slides`: dicts as for pptx, without `outside`."""
    styles = '<style:style style:name="D0" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>'
    body = ""
    for number, slide in enumerate(slides, 1):
        frames = "".join(f'<draw:frame svg:x="2cm" svg:y="{2 + 3 * i}cm" svg:width="20cm" svg:height="2cm"><draw:text-box><text:p>{escape(text)}</text:p>'
                         "</draw:text-box></draw:frame>" for i, text in enumerate(slide["texts"]))
        notes = (f'<presentation:notes><draw:frame svg:x="2cm" svg:y="2cm" svg:width="9cm" svg:height="9cm"><draw:text-box><text:p>{escape(slide["notes"])}</text:p>'
                 "</draw:text-box></draw:frame></presentation:notes>") if slide.get("notes") else ""
        look = ' draw:style-name="D0"' if slide.get("hidden") else ""
        body += f'<draw:page draw:name="page{number}"{look}>{frames}{notes}</draw:page>'
    return _package("presentation", f"<office:presentation>{body}</office:presentation>", styles, title, author)


def ofd(pages, title="", author="", annotation=""):
    """`pages`: lists of lines."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    members = {"OFD.xml": (XML + f'<ofd:OFD {space} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>0123456789abcdef0123456789abcdef</ofd:DocID>'
                           f"<ofd:Title>{escape(title)}</ofd:Title><ofd:Author>{escape(author)}</ofd:Author></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
                           "</ofd:DocBody></ofd:OFD>").encode()}
    listed = ""
    for number, texts in enumerate(pages):
        listed += f'<ofd:Page ID="{number + 10}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
        objects = "".join(f'<ofd:TextObject ID="{100 + 50 * number + i}" Boundary="20 {20 + 8 * i} 170 6" Font="3" Size="4.2"><ofd:TextCode X="0" Y="5" '
                          f'DeltaX="g {max(1, len(text) - 1)} 4.2">{escape(text)}</ofd:TextCode></ofd:TextObject>' for i, text in enumerate(texts))
        members[f"Doc_0/Pages/Page_{number}/Content.xml"] = (XML + f'<ofd:Page {space}><ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area><ofd:Content>'
                                                             f'<ofd:Layer ID="{number + 60}">{objects}</ofd:Layer></ofd:Content></ofd:Page>').encode()
    notes = ""
    if annotation:
        notes = "<ofd:Annotations>Annotations.xml</ofd:Annotations>"
        members["Doc_0/Annotations.xml"] = (XML + f'<ofd:Annotations {space}><ofd:Page PageID="10"><ofd:FileLoc>Annots/Page_0.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>').encode()
        members["Doc_0/Annots/Page_0.xml"] = (XML + f'<ofd:PageAnnot {space}><ofd:Annot ID="900" Type="Highlight" Creator="Lin Yue"><ofd:Remark>{escape(annotation)}'
                                              "</ofd:Remark></ofd:Annot></ofd:PageAnnot>").encode()
    members["Doc_0/Document.xml"] = (XML + f'<ofd:Document {space}><ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>'
                                     f"</ofd:PageArea></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{notes}</ofd:Document>").encode()
    return zip_of(members)
