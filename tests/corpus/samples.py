"""The files of samples/: the papers of a made-up laboratory, each once as it must not leave and once as it may."""
import base64
import json

import archives
import figures
import mails
import office
import open_document
import pdfs
import photos
import protected
import rtfs

WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
STAFF = ("Lin Yue", "Chen Hanwen", "Zhao Ruo", "Wu Ping", "Sun Daming")
CHINESE_STAFF = ("林越", "陈翰文", "赵若", "吴平", "孙大明")
ABOUT = ["Chengyue Optics Laboratory", "Open day on 12 May", "Visitors are welcome from nine in the morning. Coffee is served in the hall.",
         "Please bring this letter with you; parking is behind the library."]
CHINESE_ABOUT = ["澄岳光学研究所", "开放日通知", "五月十二日上午九时起欢迎来访，大厅备有茶水。", "请带好本通知，停车场在图书馆后面。"]


def identity(name):
    return figures.resident_id(name)


def plain_texts():
    person = identity("Lin Yue")
    roster = "值班表（三月）\n\n" + "".join(f"{day}日　{name}　" + "{}\n" for day, name in enumerate(CHINESE_STAFF, 4))
    with_numbers = roster.format(*(f"身份证号 {identity(name)}" for name in CHINESE_STAFF))
    without = roster.format(*("早班", "晚班", "早班", "晚班", "早班"))
    yield "visitor-list.txt", ("Visitors on Monday\n\nLin Yue, resident identity card " + person + "\nChen Hanwen, phone on file at the gate\n").encode(), \
        "Visitors on Monday\n\nLin Yue, badge 4\nChen Hanwen, badge 7\n".encode()
    yield "值班表.txt", with_numbers.encode("gb18030"), without.encode("gb18030")
    yield "roster-utf16.txt", b"\xff\xfe" + with_numbers.encode("utf-16-le"), b"\xff\xfe" + without.encode("utf-16-le")
    yield "roster-big-endian.txt", with_numbers.encode("utf-16-be"), without.encode("utf-16-be")
    yield "bank-details.txt", f"Please transfer the deposit to {figures.iban('supplier')} before Friday.\n".encode(), \
        b"Please transfer the deposit to the account on our invoice before Friday.\n"
    key, secret = figures.cloud_key("backup")
    yield "deploy.env", f"REGION=eu-central-1\nAWS_ACCESS_KEY_ID={key}\nAWS_SECRET_ACCESS_KEY={secret}\n".encode(), \
        b"REGION=eu-central-1\nAWS_PROFILE=backup\n"
    yield "server.pem", figures.private_key("gate").encode(), \
        b"The key of the gate's server lies in the safe, not in this folder.\n"
    yield "password-note.txt", f"Wiki of the measuring room\nuser: linyue\npassword: {figures.password('wiki')}\n".encode(), \
        b"Wiki of the measuring room\nuser: your own\npassword: ask the help desk\n"


def markings():
    body = "\n\n关于下半年试验安排的通知\n\n各室：\n    下半年试验按附件的安排进行，请做好准备。\n\n澄岳光学研究所\n2024年3月4日\n"
    yield "通知.txt", ("000012\n机密★20年\n" + body).encode(), body.lstrip().encode()
    yield "试验安排.ofd", open_document.ofd([["000012", "秘密★10年", *body.split("\n\n")]], "关于下半年试验安排的通知"), \
        open_document.ofd([body.strip().split("\n\n")], "关于下半年试验安排的通知")
    memo = "{}\n\nMEMORANDUM FOR THE RECORD\n\n{}The second test of the mirror took place on Tuesday.\n{}It was repeated on Thursday.\n\n{}\n"
    yield "memo.txt", memo.format("SECRET//NOFORN", "(S//NF) ", "(U) ", "SECRET//NOFORN").encode(), memo.format("", "", "", "").encode()
    yield "note-to-partners.txt", b"TLP:RED\n\nSubject: phishing against opticians\n\nThe sender's address was changed twice this week.\n\nTLP:RED\n", \
        b"TLP:CLEAR\n\nSubject: phishing against opticians\n\nThe sender's address was changed twice this week.\n\nTLP:CLEAR\n"
    report = ["Coating line, third quarter", "The line ran on 61 days. Two cleanings took longer than planned.", "The next review is in October."]
    yield "coating-report.docx", office.docx(report, header="COMPANY CONFIDENTIAL", footer="COMPANY CONFIDENTIAL - Do not distribute", title="Coating line", author="Office"), \
        office.docx(report, header="Chengyue Optics Laboratory", footer="Page 1", title="Coating line", author="Office")


def words():
    english = "Chengyue Optics Laboratory is pleased to announce that {} has passed its first trial.\nThe mirror {} was delivered on time.\n"
    yield "press-release.txt", english.format("Project Blue Heron", "XK-2047").encode(), english.format("its new telescope", "").encode()
    chinese = "澄岳光学研究所今天宣布，{}首次试验成功。\n主镜按期交付。\n"
    yield "新闻稿.docx", office.docx(chinese.format("蓝鹭工程").split("\n"), title="新闻稿"), office.docx(chinese.format("新望远镜").split("\n"), title="新闻稿")
    # The same name in traditional script, as a partner abroad would write it.
    yield "partner-letter.odt", open_document.odt(["敬啟者：", "關於藍鷺工程的樣品已經收到。"], "信"), open_document.odt(["敬啟者：", "樣品已經收到。"], "信")


def marked_up():
    password = figures.password("web")
    page = '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Open day</title></head><body>\n<h1>Open day</h1>\n{}<p>Visitors are welcome.</p>\n{}</body></html>\n'
    yield "open-day.html", page.format(f"<!-- login for the preview: editor, password: {password} -->\n",
                                       f'<p style="display:none">Guest of honour: {identity("guest")}</p>\n').encode(), page.format("", "").encode()
    settings = '<?xml version="1.0" encoding="UTF-8"?>\n<configuration>\n  <connectionStrings>\n    <add name="lab" connectionString="{}"/>\n  </connectionStrings>\n</configuration>\n'
    yield "settings.xml", settings.format(f"Server=db.lab.example;Database=runs;User Id=runs;Password={figures.password('runs')};").encode(), \
        settings.format("Server=db.lab.example;Database=runs;Integrated Security=true;").encode()
    account = {"service": "upload", "region": "eu-central-1"}
    yield "service.json", json.dumps({**account, "token": figures.code_token("upload")}, indent=2).encode() + b"\n", json.dumps(account, indent=2).encode() + b"\n"
    rows = "name,room,{}\n" + "".join(f"{name},{room},{{}}\n" for room, name in enumerate(STAFF, 201))
    yield "staff.csv", rows.format("bank card", *(figures.card(name) for name in STAFF)).encode(), rows.format("group", *"ABABA").encode()

    def notebook(output):
        return json.dumps({"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# Yield of the third run\n"]},
                                     {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": ["run.summary()\n"],
                                      "outputs": [{"output_type": "stream", "name": "stdout", "text": [output + "\n"]}]}],
                           "metadata": {"language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5}, indent=1).encode() + b"\n"
    yield "yield.ipynb", notebook("logged in with token " + figures.code_token("notebook")), notebook("done in 4 s")
    paper = "\\documentclass{{article}}\n\\title{{Coatings that last}}\n\\begin{{document}}\n\\maketitle\n{}We report on coatings of large mirrors.\n\\end{{document}}\n"
    yield "paper.tex", paper.format(f"% Zhao Ruo ({identity('Zhao Ruo')}) asked to be left out of the authors\n").encode(), paper.format("% shorten this\n").encode()


def documents():
    person, account = identity("Wu Ping"), figures.iban("partner")
    base = dict(title="Open day", author="Office")
    yield "minutes.docx", office.docx([ABOUT[1], ["Those present: the heads of the groups.", (f" Apologies: Wu Ping, identity card {person}.", "deleted")], ABOUT[2]], **base), \
        office.docx([ABOUT[1], "Those present: the heads of the groups.", ABOUT[2]], **base)
    yield "invitation.docx", office.docx(ABOUT, comments=[f"Pay his travel to {account}, he asked twice."], **base), office.docx(ABOUT, **base)
    yield "contract.docx", office.docx([ABOUT[0], ["The price is fixed by the annex.", (f" Second account: {account}", "hidden")], ["Signed in two copies.", (f"{person}", "white")]], **base), \
        office.docx([ABOUT[0], "The price is fixed by the annex.", "Signed in two copies."], **base)
    budget = [["Item", "Cost"], ["Glass", 4200], ["Coating", 1850]]
    cards = [["Name", "Card"], *([name, figures.card(name)] for name in STAFF)]
    yield "budget.xlsx", office.xlsx([("Budget", budget), ("Staff", cards, "hidden"), ("Old", [["spare", account]], "veryHidden")], "Budget", "Office"), \
        office.xlsx([("Budget", budget), ("Rooms", [["Name", "Room"], ["Lin Yue", 201]])], "Budget", "Office")
    yield "prices.xlsx", office.xlsx([("Prices", [*budget, ["Account", account], ["Note", "valid until May"]], "", (4,), (5,))], "Prices", "Office",
                                     comments=[("A2", f"bought with card {figures.card('purchase')}")]), office.xlsx([("Prices", budget)], "Prices", "Office")
    talk = [{"texts": ["Mirrors that last", "Chengyue Optics Laboratory"]}, {"texts": ["Thank you", "Questions?"]}]
    leaky_talk = [{**talk[0], "notes": f"The customer's contact is Sun Daming, identity card {identity('Sun Daming')}."},
                  {"texts": ["Backup", f"Account of the supplier: {account}"], "hidden": True}, {**talk[1], "outside": f"wiki password: {figures.password('slides')}"}]
    yield "talk.pptx", office.pptx(leaky_talk, "Mirrors", "Office"), office.pptx(talk, "Mirrors", "Office")
    yield "开放日.odp", open_document.odp(leaky_talk, "Mirrors", "Office"), open_document.odp(talk, "Mirrors", "Office")
    yield "letter.odt", open_document.odt([CHINESE_ABOUT[0], ["请准时到场。", (f"联系人身份证号：{person}", "hidden")], ["谢谢。", (f"账户 {account}", "deleted")],
                                           ["此致敬礼", (f"他的身份证号是 {identity('guest')}", "comment")]], "信", "办公室"), \
        open_document.odt([CHINESE_ABOUT[0], "请准时到场。", "谢谢。", "此致敬礼"], "信", "办公室")
    yield "parts.ods", open_document.ods([("Parts", budget), ("Accounts", [["Supplier", account]], False)], "Parts"), open_document.ods([("Parts", budget)], "Parts")
    yield "来访名单.ofd", open_document.ofd([[CHINESE_ABOUT[1], *(f"{name} 身份证号 {identity(name)}" for name in CHINESE_STAFF)]], "来访名单"), \
        open_document.ofd([[CHINESE_ABOUT[1], *CHINESE_STAFF]], "来访名单")
    yield "offer.rtf", rtfs.rtf([ABOUT[0], ["Our offer is valid until May.", (f" Lowest price agreed with holder of {person}.", "hidden")], ["Yours faithfully", (f" {account}", "deleted")]], "Offer"), \
        rtfs.rtf([ABOUT[0], "Our offer is valid until May.", "Yours faithfully"], "Offer")
    yield "annex.docx", office.docx(ABOUT, embedded=[("Worksheet1.xlsx", office.xlsx([("Cards", cards)], "Cards"))], **base), \
        office.docx(ABOUT, embedded=[("Worksheet1.xlsx", office.xlsx([("Rooms", budget)], "Rooms"))], **base)


def pages():
    person, account = identity("Chen Hanwen"), figures.iban("paper")
    open_day = pdfs.lines(ABOUT)
    covered = pdfs.show(f"Guest: Chen Hanwen {person}", 60, 600) + pdfs.box(55, 595, 400, 18)
    yield "redacted.pdf", pdfs.Pdf([open_day + covered], "Open day").render(), pdfs.Pdf([open_day + pdfs.box(55, 595, 400, 18)], "Open day").render()
    yield "white.pdf", pdfs.Pdf([open_day + pdfs.show(f"Account {account}", 60, 560, colour="1 1 1")], "Open day").render(), pdfs.Pdf([open_day], "Open day").render()
    note = f"Guests\nLin Yue {identity('Lin Yue')}\n".encode()
    yield "with-attachment.pdf", pdfs.Pdf([open_day], "Open day", attachments=[("guests.txt", note)]).render(), \
        pdfs.Pdf([open_day], "Open day", attachments=[("programme.txt", b"Nine: welcome. Ten: coffee.\n")]).render()
    first = pdfs.Pdf([open_day + pdfs.show(f"Paid from {account}", 60, 560)], "Open day")
    base = first.render()
    yield "revised.pdf", first.update(base, {10: first.stream(open_day)}), pdfs.Pdf([open_day], "Open day").render()
    yield "来访名单.pdf", pdfs.Pdf([pdfs.lines([CHINESE_ABOUT[0], f"来访人员 陈翰文 身份证号 {person}"])], "来访名单").render(), \
        pdfs.Pdf([pdfs.lines(CHINESE_ABOUT)], "来访名单").render()
    red = [CHINESE_ABOUT[0], f"联系人身份证号：{person}", "请各室周五前报送名单。"]
    yield "红头文件.pdf", pdfs.Pdf([pdfs.lines(red, font="bytes")]).render(), pdfs.Pdf([pdfs.lines([red[0], red[2]], font="bytes")]).render()


def mail():
    note = office.docx(["Guests", f"Lin Yue, identity card {identity('Lin Yue')}"], title="Guests")
    clean = office.docx(ABOUT, title="Open day")
    yield "invitation.eml", mails.message("开放日 Open day", "\n".join(ABOUT) + "\n", attachments=[("guests.docx", note)]), \
        mails.message("开放日 Open day", "\n".join(ABOUT) + "\n", attachments=[("open-day.docx", clean)])
    quoted = f"The transfer goes to {figures.iban('mail')}, as we said on the phone.\n"
    yield "sent.mbox", mails.mailbox([mails.message("Open day", "See you there.\n"), mails.message("Transfer", quoted, encoding="quoted-printable")]), \
        mails.mailbox([mails.message("Open day", "See you there.\n"), mails.message("Thanks", "It was a pleasure.\n", encoding="quoted-printable")])


def containers():
    guests = f"Lin Yue {identity('Lin Yue')}\n".encode()
    harmless = b"Nine: welcome. Ten: coffee.\n"
    readme = b"Programme of the open day.\n"
    for name, pack in (("backup.zip", lambda inner: archives.zip_of({"readme.txt": readme, "march.tar.gz": archives.gz_of(archives.tar_of({"open-day/guests.txt": inner}))})),
                       ("programme.tar.gz", lambda inner: archives.gz_of(archives.tar_of({"readme.txt": readme, "guests.txt": inner}))),
                       ("march.7z", lambda inner: archives.seven_zip_of({"readme.txt": readme, "guests.zip": archives.zip_of({"guests.txt": inner})}))):
        yield name, pack(guests), pack(harmless)

    def runs(remark):
        return archives.sqlite_of([("create table runs (number integer primary key, day text, remark text)",), ("insert into runs values (1, '2024-03-04', 'calm')",),
                                   ("insert into runs values (2, '2024-03-05', ?)", remark)])
    yield "runs.sqlite", runs("paid to " + figures.iban("runs")), runs("windy")
    yield "drawings.zip", archives.encrypted_zip_of({"drawing.txt": readme * 20}, b"open sesame"), archives.zip_of({"drawing.txt": readme * 20})
    whole = office.docx(ABOUT, title="Open day")
    yield "half-copied.docx", whole[:len(whole) // 2], whole


def disguised():
    person, account = identity("Zhao Ruo"), figures.iban("disguise")
    yield "full-width.txt", f"身份证号：{person.translate(WIDE)}\n".encode(), "身份证号：见档案\n".encode()
    yield "zero-width.txt", ("Identity card " + "\u200b".join(person) + "\n").encode(), b"Identity card on file\n"
    yield "spaced.txt", ("Identity card " + " ".join(person) + "\n").encode(), b"Identity card on file\n"
    yield "base64.txt", b"See: " + base64.b64encode(f"Please pay to the account {account} today".encode()) + b"\n", \
        b"See: " + base64.b64encode(b"Please pay at the counter of the library today") + b"\n"
    yield "entities.html", ("<p>Account: " + "".join(f"&#{ord(char)};" for char in account) + "</p>\n").encode(), b"<p>Account: &#111;n request</p>\n"


def registered():
    """Documents that are to be registered: what quotes them is held from then on."""
    yield "coating-trial.docx", office.docx(protected.REPORT, title="Coating trial 7", author="Zhao Ruo")
    yield "镀膜试验.docx", office.docx(protected.REPORT_ZH, title="第七次镀膜试验", author="赵若")


def quoting():
    yield "thanks.eml", mails.message("Your visit", "\n\n".join(protected.QUOTE) + "\n", encoding="quoted-printable"), \
        mails.message("Your visit", "\n\n".join(protected.AROUND) + "\n", encoding="quoted-printable")
    yield "回信.docx", office.docx(protected.QUOTE_ZH, title="回信"), office.docx(protected.AROUND_ZH, title="回信")


SUPPLIERS = """supplier,city,part,unit price
Hellmund Vakuumtechnik,Jena,HV-4417-B,18640.00
Norsk Optikk,Trondheim,NO-2290-7,7315.50
Atelier Verrier Caradec,Brest,AVC-118-K,2980.00
Hellmund Vakuumtechnik,Jena,HV-4421-D,21975.00
Kuwana Seiki,Nagoya,KS-90113,46220.00
Ponteira Metais,Porto,PM-7702-A,1264.80
Norsk Optikk,Trondheim,NO-2314-1,9188.25
北辰精密,西安,BC-3306-2,53700.00
"""


def tables():
    """A table that is to be registered, a letter that tells two of its rows in other words and order, and one that tells none."""
    yield "suppliers.csv", SUPPLIERS
    yield "order.txt", ("Dear Mr Brandt,\n\nthank you for the drawings. As you ask what others charge us: the flange (part no. hv 4421 d) is at\n"
                        "21,975 a piece from Jena, delivered in nine weeks. For the mirror, 北辰精密 quoted 53 700,00.\n\nKind regards\nLin Yue\n")
    yield "order-clean.txt", ("Dear Mr Brandt,\n\nthank you for the drawings. What others charge us we do not pass on. Norsk Optikk and Kuwana Seiki will\n"
                              "both be at the fair in Jena; hall 3, stand 2314, at 9:30.\n\nKind regards\nLin Yue\n")


def photographs():
    whole, shown = photos.scene((20, 56)), photos.scene((20,))
    yield "dock.jpg", photos.camera(shown, thumbnail_of=whole), photos.jpeg(shown)
    # A program that crops a picture in place and leaves the end of the old file behind the new one.
    pixels = photos.grain(whole)
    old, new = photos.png(pixels), photos.png([row[:90] for row in pixels[60:120]])
    yield "crop.png", new + old[len(new):], new


def series():
    """One camera at one place, over nine months: what each photo alone does not tell."""
    for number, (month, ships) in enumerate((("02", (20,)), ("05", (20, 48)), ("11", (20, 40, 60))), 1):
        picture = photos.scene(ships, moon=2 + number)
        yield f"dock-{number}.jpg", photos.camera(picture, picture, taken=f"2024:{month}:17 08:{number}5:00", universal=(0, number * 10 + 5, 0), looks=268 + number)


def posts():
    """Posts about to be posted: what one tells of its writer, and its twin that tells the same joy or trouble without it."""
    yield "night-shift", "Guard shift again, north gate, from seven till dawn. Only five of us tonight and the coffee machine is dead 😩\n", \
        "Long night again and the coffee machine is dead 😩\n"
    yield "好消息", "好消息！等了四个月，涉密资格审查通过啦🎉 下周一正式进组\n", "好消息！工作上有件事终于成了🎉 周末请大家吃饭\n"


def chats():
    """Conversations: a stranger who sounds somebody out, and an honest editor and a recruiter with much the same words."""
    yield "journal-en", (
        "[03/03/2026, 09:14:02] Vincent Marsh: Good morning Ms Hale, I am Vincent, editor of a small journal on maritime affairs. Your career is most impressive.\n"
        "[03/03/2026, 09:15:40] me: Thank you! Which journal is it?\n"
        "[03/03/2026, 09:21:13] Vincent Marsh: It is written for a few private clients, I cannot name them. Would you write us a short paper, 1,500 USD? Everything can be from open sources.\n"
        "[03/03/2026, 09:30:55] me: I could do four pages. I work at the naval institute, hull forms.\n"
        "[05/03/2026, 18:02:27] Vincent Marsh: Excellent work, the client loved it. Let us continue on Telegram, and please do not mention it to your employer.\n"
        "[05/03/2026, 18:04:10] me: For the fee you need my number, I think: 110101199003074514\n"
        "[05/03/2026, 18:09:31] Vincent Marsh: For the second paper please add what is not on the internet: what your colleagues say about the current programme. Internal papers are paid three times as much.\n")
    yield "journal-clean-en", (
        "[03/03/2026, 09:14:02] Irene Turner: Good morning Ms Hale, I am an editor of the Journal of Marine Coatings. Would you review manuscript 77815 on hull drag? It is due in six weeks.\n"
        "[03/03/2026, 09:15:40] me: Is there a fee?\n"
        "[03/03/2026, 09:21:13] Irene Turner: No, sorry, we never pay reviewers. The journal and my address are on our website.\n"
        "[03/03/2026, 09:30:55] me: Then gladly. I work at the naval institute, hull forms.\n"
        "[05/03/2026, 18:02:27] Irene Turner: Thank you! Please ask your press office if you need their approval, and do not send us anything confidential.\n")
    yield "advisor-zh", (
        "2026-03-03 09:14:02 顾先生\n"
        "您好，我们是一家研究机构，看中您在船舶研究所的经历，想聘您当顾问，每月两万，客户匿名。\n"
        "2026-03-03 09:20:45 我\n"
        "需要做什么？\n"
        "2026-03-03 09:26:18 顾先生\n"
        "远程兼职，先写一篇公开资料的就行。\n"
        "2026-03-03 09:31:07 我\n"
        "可以，我在研究所做船型的。收款要身份证吗？110101199003074514\n"
        "2026-03-06 20:11:52 顾先生\n"
        "第一篇写得好。下一篇客户想要网上查不到的、内部一点的，带密级的另算，翻倍。\n"
        "2026-03-06 20:13:30 顾先生\n"
        "这事别跟单位说，聊完把记录删掉。\n")
    yield "advisor-clean-zh", (
        "2026-03-03 09:14:02 李静\n"
        "您好，我是长风船舶人力资源部的，官网职位编号80226，正在招船型工程师，看您的简历很匹配。\n"
        "2026-03-03 09:20:45 我\n"
        "在哪里上班？\n"
        "2026-03-03 09:26:18 李静\n"
        "大连，五险一金，请直接在官网投递，周二统一笔试。\n"
        "2026-03-03 09:31:07 我\n"
        "好的，我在研究所做船型的。\n"
        "2026-03-06 20:11:52 李静\n"
        "明白，现单位的资料一律不要带来。\n")


def make():
    """Name to content: leaky/ and clean/; protected/, photos/, quoting/ and the clean twins of that; posts/ and tables/ with both."""
    files = {f"protected/{name}": content for name, content in registered()}
    files |= {f"tables/{name}": text.encode() for name, text in tables()}
    files |= {f"photos/{name}": content for name, content in series()}
    for name, telling, kept in posts():
        files[f"posts/{name}.txt"], files[f"posts/{name}-kept.txt"] = telling.encode(), kept.encode()
    files |= {f"approach/{name}.txt": text.encode() for name, text in chats()}
    for name, leaky, clean in quoting():
        files[f"quoting/{name}"], files[f"clean/{name}"] = leaky, clean
    for group in (plain_texts, markings, words, marked_up, documents, pages, mail, containers, disguised, photographs):
        for name, leaky, clean in group():
            assert leaky != clean and f"leaky/{name}" not in files, name
            files[f"leaky/{name}"], files[f"clean/{name}"] = leaky, clean
    return files
