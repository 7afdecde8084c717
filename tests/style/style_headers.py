"""Every header compiles alone, and stays light: at most 60 000 lines once preprocessed.

What was checked before and has not changed since is remembered in the build folder.
"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

build = pathlib.Path(sys.argv[1]).resolve()
limit = 60_000  # docs/decisions/0065
entry = next(entry for entry in json.loads((build / "compile_commands.json").read_text()) if entry["file"].endswith("src/cli/main.cpp"))
flags = [word for word in shlex.split(entry["command"]) if word.startswith(("-I", "-D", "-std", "-isystem", "-W"))]
compiler = subprocess.run(["g++", "--version"], text=True, capture_output=True).stdout
remembered_at = build / "style_headers.json"
remembered = json.loads(remembered_at.read_text()) if remembered_at.exists() else {}
known = {}


def read(path):
    """The text of one of our own headers, and the paths of those that it includes."""
    if path not in known:
        text = path.read_text()
        named = re.findall(r'^\s*#\s*include "([^"]+)"', text, re.M)
        inner = [folder / name for name in named for folder in (pathlib.Path("src"), build / "generated") if (folder / name).is_file()]
        known[path] = text, inner
    return known[path]


def key_of(path):
    """What decides about a header: its own text, all of ours that it includes, the flags and the compiler."""
    reached, ahead = {path}, [path]
    while ahead:
        for inner in read(ahead.pop())[1]:
            if inner not in reached:
                reached.add(inner)
                ahead.append(inner)
    return hashlib.sha256("\0".join([compiler, *flags, *(read(one)[0] for one in sorted(reached))]).encode()).hexdigest()


def look(path):
    """Its path, the key under which it is remembered, and its fault, or none."""
    key = key_of(path)
    if remembered.get(str(path)) == key:
        return path, key, None
    whole = subprocess.run(["g++", *flags, "-E", "-P", "-x", "c++", str(path)], capture_output=True)
    lines = whole.stdout.count(b"\n")
    if lines > limit:
        return path, "", f"{path}: {lines} lines once preprocessed, at most {limit}"
    alone = subprocess.run(["g++", *flags, "-fsyntax-only", "-x", "c++", str(path)], text=True, capture_output=True)
    if alone.returncode != 0:
        return path, "", f"{path} does not compile alone: {alone.stderr.strip()[:300]}"
    return path, key, None


headers = sorted(pathlib.Path("src").rglob("*.h"))
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    done = list(pool.map(look, headers))
remembered_at.write_text(json.dumps({str(path): key for path, key, fault in done if not fault}))
faults = [fault for _, _, fault in done if fault]
print("\n".join(faults) or f"headers: {len(headers)}, each compiles alone")
sys.exit(bool(faults))
