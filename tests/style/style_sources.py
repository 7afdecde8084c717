"""Every source under src/ is compiled, and nothing else lies there."""
import json
import pathlib
import subprocess
import sys

build = pathlib.Path(sys.argv[1])
names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "src"], text=True, capture_output=True, check=True).stdout.split()
compiled = {str(pathlib.Path(entry["file"]).resolve()) for entry in json.loads((build / "compile_commands.json").read_text())}
faults = []
for name in names:
    path = pathlib.Path(name)
    if not path.is_file():
        continue
    if path.suffix == ".cpp" and str(path.resolve()) not in compiled:
        faults.append(f"{name}: not compiled")
    if path.suffix not in (".cpp", ".h", ".inc", ".cases", ".in", ".out") and path.name != "LAYERS":
        faults.append(f"{name}: does not belong under src/")
print("\n".join(faults) or f"sources: {len(names)} files, all compiled")
sys.exit(bool(faults))
