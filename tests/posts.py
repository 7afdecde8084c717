#!/usr/bin/env python3
"""keepmum check --as post on samples/posts: what tells something of its writer is pointed out, gently; its twin passes.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import pathlib
import subprocess
import sys
import tempfile

program = pathlib.Path(sys.argv[1]).resolve() / "bin/keepmum"
faults = []


def run(*arguments, given=None):
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run([program, "check", "--home", home, *arguments], capture_output=True, text=True, input=given)
    return done.returncode, done.stdout, done.stderr


posts = sorted(pathlib.Path("samples/posts").glob("*.txt"))
if len(posts) < 4:
    faults.append("samples/posts is not there")
for post in posts:
    code, out, _ = run("--as", "post", "--format", "jsonl", str(post))
    lines = [json.loads(line) for line in out.splitlines()]
    rules = [line["rule"] for line in lines if line["type"] == "finding"]
    outcome = next(line["outcome"] for line in lines if line["type"] == "verdict")
    told = any(rule.startswith("post.") for rule in rules)
    if post.stem.endswith("-kept") != (not told) or outcome != ("warn" if told else "pass") or code != 0:
        faults.append(f"{post}: {outcome} {rules}")
    _, out, _ = run("--format", "jsonl", str(post))
    if '"post.' in out:
        faults.append(f"{post}: read as a post without --as post")
_, out, _ = run("--as", "post", "--lang", "zh", "-", given="好消息！四个月的涉密资格审查通过啦")
if "涉密身份" not in out or "工作上有好消息" not in out:
    faults.append("not told in Chinese, or without a way to say it")
code, _, error = run("--as", "letter", "samples/posts")
if code != 2 or "--as" not in error:
    faults.append("--as takes any word")
print("\n".join(faults) or f"posts: {len(posts)} samples as told")
sys.exit(bool(faults))
