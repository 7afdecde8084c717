"""samples/: made as tools/make_samples makes them; what leaks is held or at least pointed out, and its clean twin passes."""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / "corpus"))
import program  # noqa: E402

made = subprocess.run([sys.executable, program.ROOT / "tools/make_samples", "--check"], capture_output=True, text=True)
faults = made.stdout.splitlines() if made.returncode else []
answers, _ = program.check([program.ROOT / "samples/leaky", program.ROOT / "samples/clean"])
for source, answer in sorted(answers.items()):
    folder, name = source.split("/")[-2:]
    if folder == "leaky" and answer.outcome != "hold":
        faults.append(f"leaky/{name}: {answer.outcome}: {answer.why()}")
    if folder == "clean" and answer.outcome != "pass":
        faults.append(f"clean/{name}: {answer.outcome}: {answer.why()}")
print(f"samples: {len(answers)} files, {len(faults)} not as they should be")
print("\n".join(faults))
sys.exit(bool(faults))
