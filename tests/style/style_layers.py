"""The include rule of src/LAYERS, and third-party headers in their own folder."""
import subprocess
import sys

sys.exit(subprocess.run(["tools/layers"]).returncode)
