"""No mutable globals: nothing of ours in .data or .bss but tables that relocation fills and function statics."""
import re
import pathlib
import subprocess
import sys

build = pathlib.Path(sys.argv[1])
faults = []
for archive in sorted(build.glob("libkm_*.a")):
    out = subprocess.run(["nm", "-C", "--format=sysv", str(archive)], text=True, capture_output=True).stdout
    for line in out.splitlines():
        parts = [part.strip() for part in line.split("|")]
        if len(parts) < 7 or not re.fullmatch(r"\.(data|bss|tbss|tdata)(\..*)?", parts[6]) or parts[6].startswith(".data.rel.ro"):
            continue
        name = parts[0]
        if "guard variable" in name or name.startswith(("DW.ref", "__")):
            continue
        # A static inside a function, made once and const from then on, is how tables are built late.
        if re.search(r"\)( const)?::\w+|\)::\{lambda", name) or "std::" in name.split("(")[0]:
            continue
        faults.append(f"{archive.name}: {name} in {parts[6]}")
print("\n".join(sorted(set(faults))) or "globals: none")
sys.exit(bool(faults))
