"""Every header compiles alone, and stays light: at most 60 000 lines once preprocessed.

What was checked before and has not changed since is remembered in the build folder.
"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import shlex
import subprocess
import sys

build = pathlib.Path(sys.argv[1]).resolve()
limit = 60_000  # docs/decisions/0065
entry = next(entry for entry in json.loads((build / "compile_commands.json").read_text()) if entry["file"].endswith("src/cli/main.cpp"))
flags = [word for word in shlex.split(entry["command"]) if word.startswith(("-I", "-D", "-std", "-isystem", "-W"))]
remembered_at = build / "style_headers.json"
remembered = json.loads(remembered_at.read_text()) if remembered_at.exists() else {}


def look(path):
    """The header's own text and all that it includes decide; its fault, or none."""
    whole = subprocess.run(["g++", *flags, "-E", "-P", "-x", "c++", str(path)], capture_output=True)
    key = hashlib.sha256(whole.stdout).hexdigest()
    if whole.returncode == 0 and remembered.get(str(path)) == key:
        return path, key, None
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
