"""docs/reference is what the program says of itself."""
# SPDX-License-Identifier: GPL-3.0-or-later
import subprocess
import sys

sys.exit(subprocess.run(["tools/reference", "--check", sys.argv[1]]).returncode)
