"""Of 10^6 random strings of 18 digits, and as many of 16, at most 2 in 100,000 are called an identity or bank number for certain."""
import pathlib
import random
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent / "corpus"))
import program  # noqa: E402

COUNT = 1_000_000
MOST = 2e-5
fault = False
with tempfile.TemporaryDirectory(prefix="keepmum-digits-") as folder:
    paths = []
    for length in (18, 16):
        source = random.Random(length)
        for part in range(10):
            paths.append(pathlib.Path(folder) / f"{length}-{part}.txt")
            paths[-1].write_text("".join(f"no. {source.randrange(10 ** length):0{length}} of the list\n" for _ in range(COUNT // 10)))
    answers, _ = program.check(paths)
for length in (18, 16):
    own = [answer for name, answer in answers.items() if pathlib.Path(name).name.startswith(f"{length}-")]
    certain = sum(finding["certainty"] == "certain" for answer in own for finding in answer.findings)
    others = sum(len(answer.findings) for answer in own) - certain
    print(f"random strings of {length} digits: {certain} certain of {COUNT} ({certain / COUNT:.1e}), {others} less than certain, {sum(len(a.gaps) for a in own)} gaps")
    fault |= certain > MOST * COUNT or any(answer.gaps for answer in own)
sys.exit(fault)
