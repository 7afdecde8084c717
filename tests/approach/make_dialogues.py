#!/usr/bin/env python3
"""Expands the grammars beside it into the dialogues and posts that the approach tests stand on.

Writes hard_negatives.jsonl, dialogues_blind.jsonl, dialogues_tune.jsonl and posts.jsonl; `--check` writes nothing and
fails where the committed files differ. A scenario's text depends on its name and number alone, so adding one changes no
other. README.md tells the form of a grammar.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import pathlib
import random
import re
import sys

here = pathlib.Path(__file__).resolve().parent

POOLS = {
    "en": {
        "first": "Anna|Ben|Carla|David|Ellen|Frank|Grace|Hugo|Irene|Jack|Kate|Liam|Maria|Nick|Olga|Peter|Ruth|Sam|Tina|Victor",
        "last": "Abbott|Brandt|Costa|Dahl|Ellison|Farrow|Grant|Holm|Ivers|Jansen|Kerr|Lowe|Moreau|Novak|Owen|Price|Reyes|Stone|Turner|Webb",
        "me": "Alex|Chris|Dana|Jamie|Jo|Kim|Lee|Morgan|Pat|Robin|Terry|Toni",
        "city": "Leeds|Rotterdam|Porto|Denver|Gdansk|Adelaide|Bristol|Hamburg|Lyon|Halifax|Cork|Turin",
        "day": "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday",
        "month": "January|February|March|April|May|June|September|October|November",
        "time": "8:30|9:15|10:00|11:45|14:00|15:30|17:00|18:20|19:00",
        "n": "2|3|4|5|6|7|8",
        "date": "3|7|9|12|14|18|21|23|26|28",
        "number": "20417|31188|40352|48213|52790|61034|77815|80226",
    },
    "zh": {
        "first": "王磊|李静|张伟|刘洋|陈晨|杨帆|赵敏|黄海|周婷|吴强|徐丽|孙浩|朱琳|马超|胡月|郭峰",
        "last": "王|李|张|刘|陈|杨|赵|黄|周|吴|徐|孙|朱|马|胡|郭",
        "me": "小林|小何|阿宁|老郑|小谢|小唐|阿杰|小叶",
        "city": "青岛|宁波|成都|武汉|西安|厦门|长沙|沈阳|合肥|昆明|南京|大连",
        "day": "周一|周二|周三|周四|周五|周六|周日",
        "month": "一月|三月|四月|五月|六月|九月|十月|十一月",
        "time": "上午八点半|九点|十点一刻|中午十二点|下午两点|三点半|傍晚六点|晚上七点",
        "n": "两|三|四|五|六|七|八",
        "date": "3|7|9|12|14|18|21|23|26|28",
        "number": "20417|31188|40352|48213|52790|61034|77815|80226",
    },
    "zh-Hant": {
        "first": "王志明|李佳玲|張家豪|陳怡君|林俊傑|黃雅婷|吳建宏|劉淑芬|蔡承翰|楊欣怡",
        "last": "王|李|張|陳|林|黃|吳|劉|蔡|楊",
        "me": "小宏|阿翔|怡安|小莉|家銘|阿凱",
        "city": "台北|高雄|台中|新竹|花蓮|基隆|台南|嘉義",
        "day": "週一|週二|週三|週四|週五|週六|週日",
        "month": "一月|三月|四月|五月|六月|九月|十月|十一月",
        "time": "早上九點|十點半|中午|下午兩點|三點半|傍晚六點|晚上七點半",
        "n": "兩|三|四|五|六|七|八",
        "date": "3|7|9|12|14|18|21|23|26|28",
        "number": "20417|31188|40352|48213|52790|61034|77815|80226",
    },
}
# What people say before and after, whatever the matter is. Only benign dialogues get it, and approaches too, alike.
HEADS = {
    "en": [("Hi {me}!", "Hey"), ("Good morning", "Morning! What's up?"), ("Hello, do you have a minute?", "Sure, go on"),
           ("hi :)", "hi"), ("Sorry for the late reply", "No worries at all")],
    "zh": [("在吗？", "在的"), ("{me}，早", "早啊"), ("您好", "您好，请讲"), ("忙不忙？", "还行，你说"), ("哈喽😄", "哈喽")],
    "zh-Hant": [("在嗎？", "在"), ("{me}早安", "早安～"), ("您好", "您好，請說"), ("打擾一下", "不會，請說")],
}
TAILS = {
    "en": [("Thanks a lot", "You're welcome"), ("Talk soon", "Bye"), ("Great, have a nice evening", "You too"), ("👍", "👍"),
           ("Let me know if anything changes", "Will do"), ("Cheers", "Cheers")],
    "zh": [("好的，辛苦", "不客气"), ("那先这样", "好，回头聊"), ("收到👌", "嗯嗯"), ("谢谢啦", "客气"), ("周末愉快", "你也是")],
    "zh-Hant": [("好喔，謝謝", "不會"), ("那先這樣", "好，掰掰"), ("收到～", "嗯嗯"), ("辛苦了", "哪裡")],
}


def divide(text, mark="|"):
    """`text` at the `mark`s that stand in no bracket."""
    parts, depth, last = [], 0, 0
    for at, letter in enumerate(text):
        depth += (letter == "[") - (letter == "]")
        if letter == mark and depth == 0:
            parts.append(text[last:at])
            last = at + 1
    return parts + [text[last:]]


class Words:
    """The choices of one dialogue: a slot keeps its word throughout."""

    def __init__(self, key, lang, slots):
        self.dice, self.lang, self.slots, self.chosen = random.Random(key), lang, slots, {}

    def slot(self, name):
        if name not in self.chosen:
            pool = self.slots.get(name) or POOLS[self.lang].get(name.rstrip("2"))
            if pool is None:
                raise SystemExit(f"no slot {name}")
            taken = set(self.chosen.values())
            words = [word.strip() for word in divide(pool)]
            self.chosen[name] = self.expand(self.dice.choice([word for word in words if word not in taken] or words))
        return self.chosen[name]

    def expand(self, text):
        while "[" in text:
            begin = text.index("[")
            depth, end = 0, begin
            for end in range(begin, len(text)):
                depth += (text[end] == "[") - (text[end] == "]")
                if depth == 0:
                    break
            text = text[:begin] + self.dice.choice(divide(text[begin + 1:end])) + text[end + 1:]
        text = re.sub(r"\{(\w+)\}", lambda found: self.slot(found[1]), text)
        return re.sub(r"  +", " ", text).strip()


class Scenario:
    def __init__(self, header, source):
        self.fields = dict(part.split("=", 1) for part in header.split())
        self.kind, self.lang, self.source = self.fields["kind"], self.fields["lang"], source
        self.slots, self.lines = {}, []


def read_scenarios(path):
    scenarios = []
    for line in path.read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("= "):
            scenarios.append(Scenario(line[2:], path.stem))
        elif re.match(r"^\w+: ", line):
            name, pool = line.split(": ", 1)
            scenarios[-1].slots[name] = pool
        else:
            scenarios[-1].lines.append(line)
    return scenarios


def order(lines, dice):
    """The lines of one dialogue: blocks between < and > in any order, `?` lines half of the time."""
    result, blocks = [], None
    for line in lines:
        if line == "<":
            blocks = [[]]
        elif line == "-":
            blocks.append([])
        elif line == ">":
            dice.shuffle(blocks)
            result += [line for block in blocks for line in block]
            blocks = None
        else:
            (result if blocks is None else blocks[-1]).append(line)
    return [line.lstrip("?") for line in result if not line.startswith("?") or dice.random() < 0.5]


def turns_of(scenario, key):
    words = Words(key, scenario.lang, scenario.slots)
    lines = order(scenario.lines, words.dice)
    turns, disclosure = [], None
    for line in lines:
        who, text = line.split(" ", 1)
        text = words.expand(words.dice.choice(text.split(" || ")))
        if who.endswith("!") and disclosure is None:
            disclosure = len(turns)
        turns.append({"who": "them" if who[0] == "T" else "me", "text": text})
    if scenario.fields.get("talk", "yes") == "yes":
        if words.dice.random() < 0.3:
            pair = words.dice.choice(HEADS[scenario.lang])
            turns[:0] = [{"who": "them", "text": words.expand(pair[0])}, {"who": "me", "text": pair[1]}]
            disclosure = None if disclosure is None else disclosure + 2
        for chance in (0.35, 0.2):
            if words.dice.random() < chance:
                pair = words.dice.choice(TAILS[scenario.lang])
                turns += [{"who": "them", "text": pair[0]}, {"who": "me", "text": pair[1]}]
    return turns, disclosure


def dialogues(name, label):
    numbers, rows, seen = {}, [], set()
    for index, scenario in enumerate(read_scenarios(here / "grammar" / f"{name}.txt")):
        made = tries = 0
        while made < int(scenario.fields["n"]):
            if (tries := tries + 1) > 400:
                raise SystemExit(f"{name}: {scenario.kind} {scenario.lang} has not {scenario.fields['n']} different dialogues")
            turns, disclosure = turns_of(scenario, f"{name} {index} {tries}")
            text = "\n".join(turn["text"] for turn in turns)
            if text in seen:
                continue
            if label == "benign" and tries % 9 == 0:  # some conversations just stop
                turns = turns[:2 + tries // 9 % 3]
            seen.add(text)
            made += 1
            number = numbers[scenario.kind, scenario.lang] = numbers.get((scenario.kind, scenario.lang), 0) + 1
            row = {"id": f"{scenario.kind}-{scenario.lang}-{number:02}", "lang": scenario.lang, "label": label,
                   "kind": scenario.kind}
            if label == "approach":
                row |= {"stage": int(scenario.fields["stage"]), "first_disclosure": disclosure}
            rows.append(row | {"turns": turns})
    return rows


def posts(name):
    rows, number = [], 0
    for index, scenario in enumerate(read_scenarios(here / "grammar" / f"{name}.txt")):
        seen, tries = set(), 0
        while len(seen) < int(scenario.fields["n"]):
            if (tries := tries + 1) > 400:
                raise SystemExit(f"{name}: {scenario.kind} {scenario.lang} has not {scenario.fields['n']} different pairs")
            pair = {}
            for label, mark in (("leaky", "+"), ("clean", "-")):
                # Both twins throw the same dice, so they share what they can.
                words = Words(f"{name} {index} {tries}", scenario.lang, scenario.slots)
                line = next(line for line in scenario.lines if line.startswith(mark + " "))
                pair[label] = words.expand(line[2:])
            if pair["leaky"] in seen:
                continue
            seen.add(pair["leaky"])
            number += 1
            for label, text in pair.items():
                rows.append({"id": f"p{number:03}{label[0]}", "pair": number, "lang": scenario.lang, "label": label,
                             "kind": scenario.kind, "part": scenario.fields["part"], "text": text})
    return rows


def main():
    faults = 0
    for name, make in (("hard_negatives", lambda name: dialogues(name, "benign")),
                       ("dialogues_blind", lambda name: dialogues(name, "approach")),
                       ("dialogues_tune", lambda name: dialogues(name, "approach")), ("posts", posts)):
        if not (here / "grammar" / f"{name}.txt").exists():
            continue
        rows = make(name)
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        path = here / f"{name}.jsonl"
        if "--check" in sys.argv:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                print(f"{path.name} is not what its grammar gives")
                faults += 1
        else:
            path.write_text(text, encoding="utf-8")
        counts = {}
        for row in rows:
            counts[row["lang"], row["label"]] = counts.get((row["lang"], row["label"]), 0) + 1
        print(f"{path.name}: {len(rows)}", ", ".join(f"{lang} {label} {count}" for (lang, label), count in sorted(counts.items())))
    return faults


if __name__ == "__main__":
    sys.exit(main())
