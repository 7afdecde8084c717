"""Every command that the documents show after a '$ ' runs, and every link within the tree leads somewhere."""
# SPDX-License-Identifier: GPL-3.0-or-later
import pathlib
import re
import subprocess
import sys
import tempfile

build, root = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path.cwd()
names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "*.md"], text=True, capture_output=True, check=True).stdout.split()
pages = [path for path in map(pathlib.Path, names) if path.is_file()]
faults, commands, links = [], 0, 0


def anchors(page):
    """The anchors that headings give, as most viewers of Markdown make them."""
    heads = re.findall(r"^#+ (.*)$", page.read_text(), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


with tempfile.TemporaryDirectory(prefix="keepmum-docs-") as name:
    folder = pathlib.Path(name)
    (folder / "samples").symlink_to(root / "samples")
    (folder / "bin").mkdir()
    (folder / "bin/keepmum").symlink_to(build / "bin/keepmum")
    clean = {"PATH": f"{folder}/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(folder / "home")}
    for page in pages:
        text = page.read_text()
        for block in re.findall(r"^```[^\n]*\n(.*?)^```", text, re.M | re.S):
            for command in re.findall(r"^\$ (.*)$", block, re.M):
                commands += 1
                done = subprocess.run(["bash", "-c", command], text=True, capture_output=True, cwd=folder, env=clean, stdin=subprocess.DEVNULL)
                if done.returncode not in (0, 1) or done.stderr:
                    faults.append(f"{page}: $ {command}: exit {done.returncode} {done.stderr.strip()[-300:]}")
        prose = re.sub(r"^```.*?^```|`[^`\n]*`", "", text, flags=re.M | re.S)
        for target in re.findall(r"\]\(([^)\s]+)\)", prose):
            if re.match(r"[a-z]+:", target):
                continue
            links += 1
            path, _, anchor = target.partition("#")
            there = (page.parent / path) if path else page
            if not there.exists():
                faults.append(f"{page}: {target} leads nowhere")
            elif anchor and there.suffix == ".md" and anchor not in anchors(there):
                faults.append(f"{page}: {target}: there is no such heading")
print("\n".join(faults) or f"docs: {len(pages)} pages, {commands} commands run, {links} links lead somewhere")
sys.exit(bool(faults))
