"""docx, xlsx, pptx: as small as they may be, with every place where things are overlooked."""
from xml.sax.saxutils import escape, quoteattr

from archives import zip_of

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SLIDE = "http://schemas.openxmlformats.org/presentationml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
TYPES = "application/vnd.openxmlformats-officedocument."


class Parts:
    """A package under construction: parts, their content types and what they refer to."""

    def __init__(self):
        self.parts, self.types, self.links = {}, {}, {}

    def add(self, name, content, kind=""):
        self.parts[name] = content if isinstance(content, bytes) else (HEAD + content).encode()
        if kind:
            self.types[name] = kind

    def link(self, source, kind, target, external=False):
        links = self.links.setdefault(source, [])
        links.append((f"rId{len(links) + 1}", kind if "/" in kind[:5] or kind.startswith("http") else f"{RELATIONS}/{kind}", target, external))
        return links[-1][0]

    def properties(self, title, author, company="", custom=()):
        self.add("docProps/core.xml", f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
                 f'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{escape(title)}</dc:title>'
                 f'<dc:creator>{escape(author)}</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">2024-03-04T01:30:00Z</dcterms:created>'
                 '</cp:coreProperties>', "application/vnd.openxmlformats-package.core-properties+xml")
        self.link("", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")
        self.add("docProps/app.xml", '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
                 f'<Application>Chengyue Office</Application><Company>{escape(company)}</Company></Properties>', TYPES + "extended-properties+xml")
        self.link("", "extended-properties", "docProps/app.xml")
        if custom:
            items = "".join(f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{2 + i}" name={quoteattr(name)}><vt:lpwstr>{escape(value)}'
                            '</vt:lpwstr></property>' for i, (name, value) in enumerate(custom))
            self.add("docProps/custom.xml", '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
                     f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{items}</Properties>',
                     TYPES + "custom-properties+xml")
            self.link("", "custom-properties", "docProps/custom.xml")

    def render(self):
        for source, links in self.links.items():
            folder, _, name = source.rpartition("/")
            body = "".join(f'<Relationship Id="{i}" Type="{kind}" Target={quoteattr(target)}{" TargetMode=" + chr(34) + "External" + chr(34) if out else ""}/>'
                           for i, kind, target, out in links)
            self.parts[f"{folder}/_rels/{name}.rels".lstrip("/")] = (HEAD + f'<Relationships xmlns="{PACKAGE}/relationships">{body}</Relationships>').encode()
        overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in self.types.items())
        types = (HEAD + f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                 '<Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="application/octet-stream"/>'
                 f'<Default Extension="xlsx" ContentType="{TYPES}spreadsheetml.sheet"/>{overrides}</Types>').encode()
        return zip_of({"[Content_Types].xml": types, **self.parts})


def _run(run):
    text, kind = (run, "") if isinstance(run, str) else run
    shown = f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    change = 'w:id="9" w:author="Lin Yue" w:date="2024-03-04T09:30:00Z"'
    if kind == "deleted":
        return f'<w:del {change}><w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'
    if kind == "inserted":
        return f'<w:ins {change}><w:r>{shown}</w:r></w:ins>'
    look = {"hidden": "<w:rPr><w:vanish/></w:rPr>", "white": '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>', "tiny": '<w:rPr><w:sz w:val="2"/></w:rPr>'}
    return f'<w:r>{look.get(kind, "")}{shown}</w:r>'


def _paragraph(paragraph):
    return "<w:p>" + "".join(map(_run, [paragraph] if isinstance(paragraph, (str, tuple)) else paragraph)) + "</w:p>"


def docx(paragraphs, header="", footer="", comments=(), footnotes=(), table=(), title="", author="", company="", custom=(), embedded=(), template=""):
    """A paragraph is a text, or a list of texts and of pairs (text, deleted | inserted | hidden | white | tiny)."""
    parts = Parts()
    main = "word/document.xml"
    parts.link("", "officeDocument", main)
    section = ""
    for kind, text in (("header", header), ("footer", footer)):
        if text:
            tag = kind[0:1] == "h" and "hdr" or "ftr"
            parts.add(f"word/{kind}1.xml", f'<w:{tag} xmlns:w="{WORD}">{_paragraph(text)}</w:{tag}>', TYPES + f"wordprocessingml.{kind}+xml")
            section += f'<w:{kind}Reference w:type="default" r:id="{parts.link(main, kind, kind + "1.xml")}"/>'
    for kind, texts in (("comment", comments), ("footnote", footnotes)):
        if texts:
            body = "".join(f'<w:{kind} w:id="{i}" w:author="Lin Yue" w:initials="LY">{_paragraph(text)}</w:{kind}>' for i, text in enumerate(texts, 1))
            parts.add(f"word/{kind}s.xml", f'<w:{kind}s xmlns:w="{WORD}">{body}</w:{kind}s>', TYPES + f"wordprocessingml.{kind}s+xml")
            parts.link(main, f"{kind}s", f"{kind}s.xml")
    for name, content in embedded:
        parts.add(f"word/embeddings/{name}", content)
        parts.link(main, "package" if name.endswith("x") else "oleObject", f"embeddings/{name}")
    if template:
        parts.add("word/settings.xml", f'<w:settings xmlns:w="{WORD}" xmlns:r="{RELATIONS}"><w:attachedTemplate r:id="rId1"/></w:settings>',
                  TYPES + "wordprocessingml.settings+xml")
        parts.link(main, "settings", "settings.xml")
        parts.link("word/settings.xml", "attachedTemplate", template, True)
    marks = "".join(f'<w:p><w:r><w:commentReference w:id="{i}"/></w:r></w:p>' for i, _ in enumerate(comments, 1))
    marks += "".join(f'<w:p><w:r><w:footnoteReference w:id="{i}"/></w:r></w:p>' for i, _ in enumerate(footnotes, 1))
    rows = "".join("<w:tr>" + "".join(f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in table)
    parts.add(main, f'<w:document xmlns:w="{WORD}" xmlns:r="{RELATIONS}"><w:body>{"".join(map(_paragraph, paragraphs))}'
              f'{"<w:tbl>" + rows + "</w:tbl>" if rows else ""}{marks}<w:sectPr>{section}</w:sectPr></w:body></w:document>',
              TYPES + "wordprocessingml.document.main+xml")
    parts.properties(title, author, company, custom)
    return parts.render()


def xlsx(sheets, title="", author="", comments=()):
    """`sheets`: (name, rows, state, hidden rows, hidden columns); `comments`: (cell, text) on the first sheet."""
    parts = Parts()
    main = "xl/workbook.xml"
    parts.link("", "officeDocument", main)
    texts, listed = {}, ""
    for number, (name, rows, *more) in enumerate(sheets, 1):
        state, hidden_rows, hidden_columns = (list(more) + ["", (), ()][len(more):])[:3]
        columns = "".join(f'<col min="{c}" max="{c}" width="9" hidden="1"/>' for c in hidden_columns)
        body = ""
        for r, row in enumerate(rows, 1):
            body += f'<row r="{r}"{" hidden=" + chr(34) + "1" + chr(34) if r in hidden_rows else ""}>'
            for c, value in enumerate(row):
                cell = f'{chr(65 + c)}{r}'
                if isinstance(value, (int, float)):
                    body += f'<c r="{cell}"><v>{value}</v></c>'
                elif value.startswith("="):
                    body += f'<c r="{cell}"><f>{escape(value[1:])}</f></c>'
                else:
                    body += f'<c r="{cell}" t="s"><v>{texts.setdefault(value, len(texts))}</v></c>'
            body += "</row>"
        parts.add(f"xl/worksheets/sheet{number}.xml", f'<worksheet xmlns="{SHEET}">{"<cols>" + columns + "</cols>" if columns else ""}<sheetData>{body}'
                  '</sheetData></worksheet>', TYPES + "spreadsheetml.worksheet+xml")
        look = f' state="{state}"' if state else ""
        listed += f'<sheet name={quoteattr(name)} sheetId="{number}"{look} r:id="{parts.link(main, "worksheet", f"worksheets/sheet{number}.xml")}"/>'
    if comments:
        body = "".join(f'<comment ref="{cell}" authorId="0"><text><r><t>{escape(text)}</t></r></text></comment>' for cell, text in comments)
        parts.add("xl/comments1.xml", f'<comments xmlns="{SHEET}"><authors><author>Lin Yue</author></authors><commentList>{body}</commentList></comments>',
                  TYPES + "spreadsheetml.comments+xml")
        parts.link("xl/worksheets/sheet1.xml", "comments", "../comments1.xml")
    parts.add("xl/sharedStrings.xml", f'<sst xmlns="{SHEET}" count="{len(texts)}" uniqueCount="{len(texts)}">' +
              "".join(f"<si><t xml:space=\"preserve\">{escape(text)}</t></si>" for text in texts) + "</sst>", TYPES + "spreadsheetml.sharedStrings+xml")
    parts.link(main, "sharedStrings", "sharedStrings.xml")
    parts.add(main, f'<workbook xmlns="{SHEET}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>', TYPES + "spreadsheetml.sheet.main+xml")
    parts.properties(title, author)
    return parts.render()


def _shape(number, text, x=500000, y=500000):
    paragraphs = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in text.split("\n"))
    return (f'<p:sp><p:nvSpPr><p:cNvPr id="{number + 1}" name="Text {number}"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/>'
            f'<a:ext cx="8000000" cy="900000"/></a:xfrm></p:spPr><p:txBody><a:bodyPr/>{paragraphs}</p:txBody></p:sp>')


def pptx(slides, title="", author=""):
    """`slides`: dicts of texts, and perhaps hidden (bool), notes (text), outside (text off the slide)."""
    parts = Parts()
    main = "ppt/presentation.xml"
    parts.link("", "officeDocument", main)
    listed = ""
    spaces = f'xmlns:p="{SLIDE}" xmlns:a="{DRAWING}" xmlns:r="{RELATIONS}"'
    tree = '<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{}</p:spTree></p:cSld>'
    for number, slide in enumerate(slides, 1):
        shapes = "".join(_shape(i, text, y=500000 + 1000000 * i) for i, text in enumerate(slide["texts"], 1))
        if slide.get("outside"):
            shapes += _shape(90, slide["outside"], x=-20000000)
        name = f"ppt/slides/slide{number}.xml"
        parts.add(name, f'<p:sld {spaces}{" show=" + chr(34) + "0" + chr(34) if slide.get("hidden") else ""}>{tree.format(shapes)}</p:sld>',
                  TYPES + "presentationml.slide+xml")
        listed += f'<p:sldId id="{255 + number}" r:id="{parts.link(main, "slide", f"slides/slide{number}.xml")}"/>'
        if slide.get("notes"):
            parts.add(f"ppt/notesSlides/notesSlide{number}.xml", f'<p:notes {spaces}>{tree.format(_shape(1, slide["notes"]))}</p:notes>',
                      TYPES + "presentationml.notesSlide+xml")
            parts.link(name, "notesSlide", f"../notesSlides/notesSlide{number}.xml")
    parts.add(main, f'<p:presentation {spaces}><p:sldIdLst>{listed}</p:sldIdLst><p:sldSz cx="12192000" cy="6858000"/></p:presentation>',
              TYPES + "presentationml.presentation.main+xml")
    parts.properties(title, author)
    return parts.render()
