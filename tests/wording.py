"""packs/approach/wording.txt is what tools/wording learns from the dialogues in tests/approach."""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / "corpus"))
import program  # noqa: E402

sys.exit(subprocess.run([sys.executable, program.ROOT / "tools/wording", program.BUILD, "--check"]).returncode)
