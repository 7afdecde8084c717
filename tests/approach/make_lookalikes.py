#!/usr/bin/env python3
"""Writes trusted.txt (names a person may trust) and lookalikes.txt: hosts that pass for them, each kind for many names.

A line of lookalikes.txt is KIND, the name it imitates and the host, parted by tabs. Made by rule and by a fixed seed,
before the judge of look-alikes was written; nothing here is registered by us, and no such host was ever asked for.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import pathlib
import random

names = """paypal.com apple.com microsoft.com google.com amazon.com tesla.com netflix.com github.com gitlab.com linkedin.com
facebook.com instagram.com whatsapp.com telegram.org signal.org dropbox.com adobe.com oracle.com siemens.com bosch.de
airbus.com boeing.com lockheedmartin.com dassault-systemes.com deutsche-bank.de commerzbank.de santander.es barclays.co.uk
hsbc.com citibank.com jpmorgan.com mastercard.com alipay.com taobao.com tencent.com weixin.qq.com baidu.com huawei.com
xiaomi.com icbc.com.cn ccb.com bankofchina.com cmbchina.com chinamobile.com sinopec.com aliyun.com jd.com 12306.cn
tsinghua.edu.cn pku.edu.cn cas.cn nature.com elsevier.com springer.com cambridge.org nasa.gov esa.int cern.ch
reuters.com bloomberg.com protonmail.com 中国银行.com 國家電網.cn 招商银行.公司""".split()

latin_to_cyrillic = dict(zip("aceopxyisjhdqwlb", "асеорхуіѕјһԁԛԝӏЬ".lower()))
latin_to_greek = dict(zip("oavuip", "οανυιρ"))
digits = {"o": "0", "l": "1", "i": "1", "e": "3", "s": "5", "a": "4", "b": "8", "g": "9", "t": "7"}
glued = {"m": "rn", "w": "vv", "d": "cl"}
neighbours = {"a": "s", "b": "v", "c": "x", "d": "f", "e": "r", "f": "g", "g": "h", "h": "j", "i": "u", "j": "k", "k": "l", "l": "k",
              "m": "n", "n": "b", "o": "p", "p": "o", "q": "w", "r": "t", "s": "d", "t": "y", "u": "y", "v": "b", "w": "e", "x": "z",
              "y": "u", "z": "x"}
accents = {"a": "á", "e": "ė", "i": "ï", "o": "ò", "u": "ü", "c": "ç", "n": "ñ", "l": "ł", "s": "ş"}
lures = ["login", "secure", "verify", "account", "support", "update", "payment", "signin", "careers", "mail", "portal", "docs", "id"]
others = ["web-check.net", "sign-on.top", "my-files.org", "user-area.info", "secure-page.xyz", "客服.com"]
fold = dict(zip("国银电网阿里发东行业云车门", "國銀電網阿里發東行業雲車門"))
suffixes = ["com", "net", "org", "co", "cc", "top", "info", "de", "cn", "xyz"]

draw = random.Random(20261122)


def swap(label, table, most=1):
    spots = [number for number, letter in enumerate(label) if letter in table]
    if not spots:
        return None
    out = list(label)
    for number in draw.sample(spots, min(most, len(spots))):
        out[number] = table[out[number]]
    return "".join(out)


def made(name):
    """(kind, host) of every kind that the name allows."""
    parts = name.split(".")
    at = 0 if name != "weixin.qq.com" else 1
    label, suffix = parts[at], ".".join(parts[at + 1:])
    if name == "weixin.qq.com":
        yield "sub", "weixin.qq.com." + draw.choice(others)
        yield "sub-hyphen", "weixin-qq-com." + draw.choice(others)
        return
    latin = label.isascii()
    for kind, table, most in (("cyrillic", latin_to_cyrillic, 1), ("cyrillic-many", latin_to_cyrillic, 3), ("greek", latin_to_greek, 1),
                              ("accent", accents, 1), ("digit", digits, 1), ("glued", glued, 1)):
        changed = swap(label, table, most) if latin else None
        if changed:
            yield kind, changed + "." + suffix
            if not changed.isascii():
                yield kind + "-punycode", "xn--" + changed.encode("punycode").decode() + "." + suffix
    if latin and all(letter in latin_to_cyrillic for letter in label):
        whole = "".join(latin_to_cyrillic[letter] for letter in label)
        yield "whole-script", whole + "." + suffix
        yield "whole-script-punycode", "xn--" + whole.encode("punycode").decode() + "." + suffix
    if latin and len(label) >= 5 and label.isalpha():
        spot = draw.randrange(1, len(label) - 1)
        yield "omission", label[:spot] + label[spot + 1:] + "." + suffix
        yield "doubling", label[:spot] + label[spot] + label[spot:] + "." + suffix
        pairs = [number for number in range(len(label) - 1) if label[number] != label[number + 1]]
        spot = draw.choice(pairs)
        yield "transposition", label[:spot] + label[spot + 1] + label[spot] + label[spot + 2:] + "." + suffix
        spot = draw.randrange(1, len(label))
        yield "replacement", label[:spot] + neighbours[label[spot]] + label[spot + 1:] + "." + suffix
        spot = draw.randrange(1, len(label))
        yield "insertion", label[:spot] + draw.choice("aeinst") + label[spot:] + "." + suffix
        spot = draw.randrange(2, len(label) - 1)
        yield "hyphen", label[:spot] + "-" + label[spot:] + "." + suffix
        yield "digit-word", (swap(label, digits) or label) + "-" + draw.choice(lures) + "." + suffix
        yield "word-glued", (label + draw.choice(lures) if draw.random() < 0.5 else draw.choice(lures) + label) + "." + suffix
    lure = draw.choice(lures)
    yield "word", (label + "-" + lure if draw.random() < 0.5 else lure + "-" + label) + "." + draw.choice(suffixes)
    yield "sub", name + "." + draw.choice(others)
    yield "sub-hyphen", name.replace(".", "-") + "." + draw.choice(others)
    yield "sub-lure", label + "." + draw.choice(["login-page.net", "account-check.top", "secure-verify.info"])
    yield "suffix", label + "." + draw.choice([other for other in suffixes if other != suffix])
    yield "missing-dot", "www" + name
    if not latin:
        other = "".join(fold.get(letter, {value: key for key, value in fold.items()}.get(letter, letter)) for letter in label)
        if other != label:
            yield "traditional", other + "." + suffix
        yield "word", label + "-登录." + suffix
        yield "word-glued", label + "客服.com"


here = pathlib.Path(__file__).resolve().parent
rows = [(kind, name, host) for name in names for kind, host in made(name) if host != name]
(here / "trusted.txt").write_text("\n".join(names) + "\n")
(here / "lookalikes.txt").write_text("".join("\t".join(row) + "\n" for row in rows))
print(len(names), "names,", len(rows), "hosts,", len({kind for kind, _, _ in rows}), "kinds")
