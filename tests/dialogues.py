"""The dialogues and posts of tests/approach are what their grammars give, and hold what is claimed of them."""
# SPDX-License-Identifier: GPL-3.0-or-later
import collections
import json
import pathlib
import subprocess
import sys

folder = pathlib.Path("tests/approach")
made = subprocess.run([sys.executable, folder / "make_dialogues.py", "--check"], text=True, capture_output=True)
faults = [made.stdout] if made.returncode else []


def rows(name):
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def want(true, what):
    if not true:
        faults.append(what)


negatives, blind, tune, posts = map(rows, ("hard_negatives", "dialogues_blind", "dialogues_tune", "posts"))
for name, dialogues in (("hard_negatives", negatives), ("dialogues_blind", blind), ("dialogues_tune", tune)):
    want(len({row["id"] for row in dialogues}) == len(dialogues), f"{name}: an id twice")
    for row in dialogues:
        turns = row["turns"]
        want(len(turns) >= 2 and all(turn["who"] in ("them", "me") and turn["text"].strip() for turn in turns), f"{row['id']}: turns")
        want(not any(mark in turn["text"] for turn in turns for mark in "{}[]|"), f"{row['id']}: a mark of the grammar is left")
        given = row.get("first_disclosure")
        want(given is None or turns[given]["who"] == "me", f"{row['id']}: what is given away is no own turn")
kinds = collections.Counter(row["kind"] for row in negatives)
want(len(negatives) >= 700 and min(kinds.values()) >= 25, "too few hard negatives")
want(len(blind) >= 120 and len(tune) >= 80, "too few approaches")
want({row["stage"] for row in blind} == set(range(1, 9)), "a stage is missing")
want(not {row["kind"] for row in blind} & {row["kind"] for row in tune}, "the two sets of approaches share scenarios")
pairs = collections.Counter(row["pair"] for row in posts)
want(len(pairs) >= 300 and set(pairs.values()) == {2}, "posts are no pairs")
want(not any(mark in row["text"] for row in posts for mark in "{}[]|"), "a mark of the grammar is left in a post")
print("\n".join(faults) or f"dialogues: {len(negatives)} benign, {len(blind)} and {len(tune)} approaches, {len(pairs)} pairs of posts")
sys.exit(bool(faults))
