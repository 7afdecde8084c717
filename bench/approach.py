#!/usr/bin/env python3
"""How often `keepmum approach` warns in vain, how often it warns in time, and what two dumb judges reach on the same dialogues.

    python3 bench/approach.py [build/release] [--blind]

Benign sets: hard negatives (the half by hash that no pattern was tuned on, and the other one), and where KEEPMUM_DATA lies
(else ../shared/data): mails, text messages, telephone talks, friendly talk, seeds. Two sets by an author who had seen no sign hold approaches and innocent
dialogues made to resemble them. Approaches: those, the set for tuning, the seeds, and with --blind the set that nobody who wrote a pattern has read. Intervals are 95 %, Clopper and Pearson. The dumb judges are a list of key words, and
naive Bayes over pairs of characters, trained on the set for tuning and the tuned half of the hard negatives.
"""
import collections
import email
import email.policy
import hashlib
import json
import math
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = pathlib.Path(os.environ.get("KEEPMUM_DATA", ROOT.parent / "shared/data")) / "approach"
BUILD = pathlib.Path(next((a for a in sys.argv[1:] if not a.startswith("-")), ROOT / "build/release"))
KEYWORDS = ("internal classified secret confidential clearance cash crypto whatsapp telegram delete colleagues base warship parameters budget paid 内部 "
            "机密 涉密 密级 现金 虚拟币 电报 微信 删 同事 军舰 基地 参数 经费 报酬 稿费").split()


HARDER = (("other author, limits chosen on", "dialogues_limits"), ("other author, fresh", "dialogues_fresh"))


def judge(dialogues):
    lines = "".join(json.dumps(d, ensure_ascii=False) + "\n" for d in dialogues)
    done = subprocess.run([BUILD / "bin/approach_dialogues"], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def at_most(k, n, p):
    """Chance of k or fewer in n, each with chance p."""
    if p <= 0 or p >= 1:
        return float(p <= 0 or k >= n)
    return min(1.0, sum(math.exp(math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1) + i * math.log(p) + (n - i) * math.log1p(-p))
                        for i in range(k + 1)))


def bisect(too_low):
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if too_low(middle) else (low, middle)
    return low


def interval(k, n):
    low = 0.0 if k == 0 else bisect(lambda p: 1 - at_most(k - 1, n, p) < 0.025)
    high = 1.0 if k == n else bisect(lambda p: at_most(k, n, p) > 0.025)
    return low, high


def rate(k, n, per=100):
    if n == 0:
        return "none"
    low, high = interval(k, n)
    sign = " %" if per == 100 else f" per {per}"
    return f"{k} of {n} = {per * k / n:.1f}{sign}  [{per * low:.1f}, {per * high:.1f}]"


def read_lines(path):
    return [json.loads(line) for line in open(path, encoding="utf-8")]


def tuned(dialogue):
    return int(hashlib.sha256(dialogue["id"].encode()).hexdigest(), 16) % 2 == 0


def mail_text(path):
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.compat32)
    text = str(message.get("subject", "")) + "\n"
    for part in message.walk():
        if part.get_content_maintype() == "text":
            body = (part.get_payload(decode=True) or b"").decode("utf-8", "replace")
            text += (re.sub(r"<[^>]+>", " ", body) if part.get_content_subtype() == "html" else body) + "\n"
    return text


def one(name, *texts):
    return {"id": name, "lang": "", "turns": [{"who": "them", "text": text} for text in texts]}


def friendly(path):
    """A script of somebody who wants to be liked ("我", here the other side) and the one who answers."""
    turns = [line.split("：", 1) for line in path.read_text(encoding="utf-8").splitlines() if "：" in line]
    return {"id": path.name, "lang": "zh", "turns": [{"who": "them" if who == "我" else "me", "text": text} for who, text in turns]}


def benign_sets():
    hard = read_lines(ROOT / "tests/approach/hard_negatives.jsonl")
    yield "hard negatives, half not tuned on", [d for d in hard if not tuned(d)], 100
    yield "hard negatives, tuned half", [d for d in hard if tuned(d)], 100
    for name, file in HARDER:
        yield name + ", innocent", [d for d in read_lines(ROOT / f"tests/approach/{file}.jsonl") if d["label"] == "benign"], 100
    if not DATA.exists():
        print(f"(no {DATA}: the other benign sets are left out)")
        return
    mails = [p for folder in sorted((DATA / "spamassassin").glob("*ham*")) for p in sorted(folder.iterdir())]
    yield "SpamAssassin ham", [one(p.name, mail_text(p)) for p in mails], 1000
    rows = [line.rstrip("\n").split("\t", 1) for line in open(DATA / "sms/sms.tsv", encoding="utf-8", errors="replace")]
    yield "SMS ham", [one(f"sms{i}", r[1]) for i, r in enumerate(rows) if r[0] == "ham"], 1000
    yield "telephone talks", [one(f"tele{i}", *r["caller"]) for i, r in enumerate(read_lines(DATA / "teleantifraud/normal.jsonl"))], 1000
    yield "friendly talk (SEAR)", [friendly(p) for p in sorted((DATA / "sear-rapport").glob("*.txt"))], 1000
    yield "seeds, benign", [d for d in read_lines(DATA / "seeds/seeds.jsonl") if d["label"] == "benign"], 100


def approach_sets():
    for name, file in HARDER:
        yield name, [d for d in read_lines(ROOT / f"tests/approach/{file}.jsonl") if d["label"] == "approach"]
    yield "set for tuning", read_lines(ROOT / "tests/approach/dialogues_tune.jsonl")
    if DATA.exists():
        yield "seeds", [d for d in read_lines(DATA / "seeds/seeds.jsonl") if d["label"] == "approach"]
    if "--blind" in sys.argv:
        yield "blind set", read_lines(ROOT / "tests/approach/dialogues_blind.jsonl")


def theirs(dialogue):
    return " ".join(t["text"] for t in dialogue["turns"] if t["who"] != "me")


class Bayes:
    """Pairs of characters, add-one smoothing; the threshold is where one tuned negative in a hundred is beyond."""

    def __init__(self, bad, good):
        self.counts = [collections.Counter(), collections.Counter()]
        for i, dialogues in enumerate((bad, good)):
            for d in dialogues:
                self.counts[i].update(self.pairs(d))
        self.sums = [sum(c.values()) for c in self.counts]
        self.size = len(set(self.counts[0]) | set(self.counts[1]))
        scores = sorted((self.score(d) for d in good), reverse=True)
        self.limit = scores[len(scores) // 100]

    @staticmethod
    def pairs(dialogue):
        text = theirs(dialogue).lower()
        return [text[i:i + 2] for i in range(len(text) - 1)]

    def score(self, dialogue):
        pairs = self.pairs(dialogue)
        return sum(math.log((self.counts[0][p] + 1) / (self.sums[0] + self.size)) - math.log((self.counts[1][p] + 1) / (self.sums[1] + self.size))
                   for p in pairs) / max(len(pairs), 1)

    def warns(self, dialogue):
        return self.score(dialogue) > self.limit


def count_keywords(dialogue):
    text = theirs(dialogue).lower()
    return sum(word in text for word in KEYWORDS) >= 2


def tell_recall(name, dialogues, results, bayes):
    warned = [r["light"] != "green" for r in results]
    print(f"\n{name}: {len(dialogues)} approaches")
    print(f"  amber or red          {rate(sum(warned), len(warned))}")
    print(f"  red                   {rate(sum(r['light'] == 'red' for r in results), len(results))}")
    by = collections.defaultdict(list)
    for d, w in zip(dialogues, warned):
        by["language " + ("zh" if d["lang"].startswith("zh") else d["lang"])].append(w)
        by[f"stage {d['stage']}"].append(w)
    for key in sorted(by):
        print(f"  {key:<21} {rate(sum(by[key]), len(by[key]))}")
    gave = [(d, r) for d, r in zip(dialogues, results) if d.get("first_disclosure") is not None]
    if gave:
        early = sum(0 <= r["turned"] < d["first_disclosure"] for d, r in gave)
        print(f"  warned before the first disclosure  {rate(early, len(gave))}")
    at = sorted(sum(t["who"] != "me" for t in d["turns"][:r["turned"] + 1]) for d, r in zip(dialogues, results) if r["turned"] >= 0)
    if at:
        print(f"  first warned at their turn          median {at[len(at) // 2]}, of nine in ten by {at[min(len(at) - 1, len(at) * 9 // 10)]}")
    print(f"  dumb: two key words                 {rate(sum(map(count_keywords, dialogues)), len(dialogues))}")
    print(f"  dumb: pairs of characters           {rate(sum(map(bayes.warns, dialogues)), len(dialogues))}")


def main():
    hard = [d for d in read_lines(ROOT / "tests/approach/hard_negatives.jsonl") if tuned(d)]
    bayes = Bayes(read_lines(ROOT / "tests/approach/dialogues_tune.jsonl"), hard)
    print("False alarms (amber or red), with 95 % intervals")
    all_warned = all_count = 0
    for name, dialogues, per in benign_sets():
        warned = sum(r["light"] != "green" for r in judge(dialogues))
        print(f"  {name:<36} {rate(warned, len(dialogues), per)}")
        print(f"    {'dumb: two key words':<34} {rate(sum(map(count_keywords, dialogues)), len(dialogues), per)}")
        print(f"    {'dumb: pairs of characters':<34} {rate(sum(map(bayes.warns, dialogues)), len(dialogues), per)}")
        if per == 1000:
            all_warned, all_count = all_warned + warned, all_count + len(dialogues)
    if all_count:
        print(f"  {'all benign but hard negatives':<36} {rate(all_warned, all_count, 1000)}")
    for name, dialogues in approach_sets():
        tell_recall(name, dialogues, judge(dialogues), bayes)


if __name__ == "__main__":
    main()
