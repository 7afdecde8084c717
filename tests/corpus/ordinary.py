"""Ordinary papers of an ordinary firm, in every format: prices, dates, order numbers, versions, hashes, and nothing to hide."""
import json

import archives
import figures
import mails
import office
import open_document
import pdfs
import rtfs

ENGLISH = ["The delivery of order {order} is planned for {date}.", "Version {version} fixes two errors in the import of tables.",
           "Please send your questions to the reception; it is open from 8:30 to 17:00.", "The price is {price} EUR a piece, {price2} EUR for ten and more.",
           "The meeting room on floor {small} was booked for {date}.", "Our catalogue lists {number} articles, among them {small} new ones.",
           "Lens {part} has a focal length of {small}.{small2} mm and fits every mount.", "The build {hash} passed all {number} tests in {small} minutes.",
           "ISBN {isbn}, second edition, {number} pages.", "Temperature {small}.{small2} °C, humidity {small} %, pressure 1013 hPa.",
           "Top secret recipes were the subject of a joke at lunch.", "Passwords must have twelve characters; never write them down.",
           "See section {small}.{small2} of the manual, and table {small} on page {number}.", "The invoice {invoice} was paid on {date}."]
CHINESE = ["订单{order}预计于{date}发货。", "本次更新（{version}）修正了两处错误。", "请于{date}前把意见发给办公室。", "单价{price}元，十件以上每件{price2}元。",
           "会议室在{small}楼，请提前预订。", "样机在{small}.{small2}摄氏度下运行了{number}小时。", "本手册共{number}页，第{small}章介绍安装方法。",
           "请妥善保管密码，不要告诉他人。", "保密工作的宣传材料放在一楼大厅。", "型号{part}的镜头适用于所有接口。", "参观时间为上午九时至下午五时。"]


def fill(source, sentence):
    digits = lambda count: "".join(source.choice("0123456789") for _ in range(count))  # noqa: E731
    body = "978" + digits(9)
    isbn = body + str(-sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(body)) % 10)
    return sentence.format(order="A-" + digits(6), date=f"20{source.randrange(18, 26)}-{source.randrange(1, 13):02}-{source.randrange(1, 29):02}",
                           version=f"{source.randrange(1, 9)}.{source.randrange(20)}.{source.randrange(9)}", price=f"{source.randrange(5, 900)}.{digits(2)}",
                           price2=f"{source.randrange(5, 900)}.{digits(2)}", small=source.randrange(2, 40), small2=source.randrange(10), number=source.randrange(60, 900),
                           part=source.choice("ABKMX") + digits(3), hash="".join(source.choice("0123456789abcdef") for _ in range(40)), isbn=isbn, invoice="R" + digits(8))


def sentences(source, count, language):
    return [fill(source, source.choice(ENGLISH if language == "en" else CHINESE)) for _ in range(count)]


def table(source):
    return [["Article", "Pieces", "Price"]] + [[fill(source, "{part}"), source.randrange(1, 500), round(source.random() * 400, 2)] for _ in range(source.randrange(3, 20))]


def make(each=9):
    """Pairs of name and content, `each` of every format."""
    for index in range(each):
        source = figures.rng(f"ordinary {index}")
        language = "en" if index % 2 else "zh"
        lines = sentences(source, 4 + 7 * (index % 4), language)
        text, rows = "\n\n".join(lines) + "\n", table(source)
        texts = [[str(cell) for cell in row] for row in rows]
        title = lines[0][:20]
        facts = dict(title=title, author="Office")
        yield f"{index}.txt", text.encode()
        yield f"{index}-utf16.txt", b"\xff\xfe" + text.encode("utf-16-le")
        yield f"{index}-gb.txt", text.encode("gb18030")
        yield f"{index}.md", ("# " + title + "\n\n" + "\n".join("- " + line for line in lines) + "\n\n```\nmake install PREFIX=/usr\n```\n").encode()
        yield f"{index}.docx", office.docx(lines, header=title, footer=f"Page {index}", footnotes=lines[:1], table=texts, company="Glass & Co", **facts)
        yield f"{index}.xlsx", office.xlsx([("Prices", rows), ("Notes", [[line] for line in lines])], title, "Office")
        slides = [{"texts": [lines[i], lines[i + 1]]} for i in range(0, 4, 2)]
        yield f"{index}.pptx", office.pptx(slides, title, "Office")
        yield f"{index}.odt", open_document.odt(lines, title, "Office", header=title)
        yield f"{index}.ods", open_document.ods([("Prices", rows)], title, "Office")
        yield f"{index}.odp", open_document.odp(slides, title, "Office")
        yield f"{index}.ofd", open_document.ofd([lines[:3], lines[3:9]], title, "Office")
        yield f"{index}.rtf", rtfs.rtf(lines, title, "Office")
        yield f"{index}.pdf", pdfs.Pdf([pdfs.lines(lines[:20]), pdfs.lines([" ".join(row) for row in texts])], title, "Office", packed=index % 3 != 0).render()
        yield f"{index}.html", ('<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>' + title + "</title><style>body { color: #222 }</style></head><body>"
                                + "".join(f"<p>{line}</p>" for line in lines) + "<table>" + "".join("<tr><td>" + "</td><td>".join(row) + "</td></tr>" for row in texts)
                                + '</table><a href="https://www.example.org/catalogue?page=2">Catalogue</a></body></html>\n').encode()
        yield f"{index}.xml", ('<?xml version="1.0" encoding="UTF-8"?>\n<catalogue>' + "".join(f'<article id="{i}">{line}</article>' for i, line in enumerate(lines))
                               + "</catalogue>\n").encode()
        yield f"{index}.json", json.dumps({"title": title, "lines": lines, "rows": rows}, ensure_ascii=index % 3 == 0, indent=1).encode()
        yield f"{index}.csv", "".join(",".join(row) + "\r\n" for row in texts).encode()
        yield f"{index}.ipynb", json.dumps({"cells": [{"cell_type": "markdown", "metadata": {}, "source": lines}, {"cell_type": "code", "execution_count": 1, "metadata": {},
                                            "source": ["total = sum(prices)\n"], "outputs": [{"output_type": "stream", "name": "stdout", "text": [f"{source.random() * 999}\n"]}]}],
                                            "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
        yield f"{index}.tex", ("\\documentclass{article}\n\\begin{document}\n\\section{Prices}\n" + "\n\n".join(line.replace("%", "\\%") for line in lines)
                               + "\n\\end{document}\n").encode()
        letter = mails.message(title, text, html=f"<p>{lines[0]}</p>" if index % 2 else "", attachments=[("prices.csv", b"a,b\r\n1,2\r\n")] if index % 3 else [],
                               encoding=("base64", "quoted-printable", "8bit")[index % 3])
        yield f"{index}.eml", letter
        yield f"{index}.mbox", mails.mailbox([letter, mails.message("Re: " + title, lines[1] + "\n")])
        members = {"readme.txt": text.encode(), "prices/list.csv": b"a,b\r\n1,2\r\n"}
        yield f"{index}.zip", archives.zip_of(members)
        yield f"{index}.tar.gz", archives.gz_of(archives.tar_of(members))
        yield f"{index}.7z", archives.seven_zip_of(members)
        yield f"{index}.sqlite", archives.sqlite_of([("create table articles (name text, pieces integer, price real)",),
                                                     *(("insert into articles values (?, ?, ?)", *row) for row in rows[1:])])
