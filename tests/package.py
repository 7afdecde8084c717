"""The .deb is built, and what it holds runs from a root of its own; with KEEPMUM_LONG, installed on a bare Debian."""
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pathlib
import re
import subprocess
import sys
import tempfile

build = pathlib.Path(sys.argv[1]).resolve()
faults = []


def call(*words, **options):
    return subprocess.run(words, text=True, capture_output=True, **options)


def expect(text, holds):
    if not holds:
        faults.append(text)


def install_on_bare_debian(package, folder):
    """The package's dependencies must suffice: debootstrap, apt install, check."""
    if os.getuid() != 0:
        print("package: installing on a bare Debian needs root, skipped")
        return
    root = folder / "root"
    sources = "".join(path.read_text() for path in [pathlib.Path("/etc/apt/sources.list"), *pathlib.Path("/etc/apt/sources.list.d").glob("*")] if path.is_file())
    mirror = re.search(r"https?://\S*debian/?(?=[\s])", sources)[0]
    made = call("debootstrap", "--variant=minbase", "bookworm", str(root), mirror)
    expect(f"debootstrap: {made.stdout[-500:]}", made.returncode == 0)
    (root / "package.deb").write_bytes(package.read_bytes())
    done = call("chroot", str(root), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-q", "--no-install-recommends", "/package.deb")
    expect(f"apt-get install: {(done.stdout + done.stderr)[-2000:]}", done.returncode == 0)
    samples = "/usr/share/keepmum/samples/"
    for paper, code in (("clean/contract.docx", 0), ("clean/redacted.pdf", 0), ("leaky/contract.docx", 1), ("leaky/redacted.pdf", 1)):
        checked = call("chroot", str(root), "keepmum", "check", samples + paper)
        expect(f"on a bare Debian: {paper}: exit {checked.returncode}\n{checked.stdout[-800:]}{checked.stderr}", checked.returncode == code)


with tempfile.TemporaryDirectory(prefix="keepmum-package-") as name:
    folder = pathlib.Path(name)
    packed = call("cpack", "--config", str(build / "CPackConfig.cmake"), "-G", "DEB", "-B", str(folder))
    packages = list(folder.glob("*.deb"))
    if packed.returncode != 0 or len(packages) != 1:
        sys.exit(f"package: cpack made {len(packages)} packages\n{packed.stdout}{packed.stderr}")
    root = folder / "unpacked"
    call("dpkg-deb", "-x", str(packages[0]), str(root), check=True)

    depends = call("dpkg-deb", "-f", str(packages[0]), "Depends").stdout
    for needed in ("poppler-data", "libhyperscan", "libpoppler", "libseccomp", "libicu"):
        expect(f"the package does not depend on {needed}: {depends}", needed in depends)
    expect("the package depends on development files", "-dev" not in depends)

    # Nothing of the build tree may be needed: the program finds its own files beside itself.
    program = str(root / "usr/bin/keepmum")
    clean = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "LANG": "C.UTF-8"}
    home = ("--home", str(folder / "home"))
    shipped = root / "usr/share/keepmum"
    ours, theirs = (call(path, "check", "--format", "jsonl", *home, "samples", env=clean, cwd=shipped)
                    for path in (program, str(build / "bin/keepmum")))
    expect(f"unpacked, it says something else than in the build folder:\n{ours.stdout[-800:]}{ours.stderr}",
           ours.returncode == theirs.returncode == 1 and ours.stdout == theirs.stdout)
    good = call(program, "check", *home, "samples/clean/memo.txt", "samples/clean/contract.docx", env=clean, cwd=shipped)
    expect(f"clean papers: exit {good.returncode}\n{good.stdout}{good.stderr}", good.returncode == 0)
    doctor = call(program, "doctor", *home, env=clean, cwd="/")
    expect(f"doctor: exit {doctor.returncode}\n{doctor.stdout}", doctor.returncode == 0 and str(shipped) in doctor.stdout)
    for path in ("share/man/man1/keepmum.1.gz", "share/bash-completion/completions/keepmum", "share/doc/keepmum/copyright"):
        expect(f"the package lacks {path}", (root / "usr" / path).stat().st_size > 300)
    for path in root.rglob("*"):
        expect(f"{path.relative_to(root)} may be written by others", path.is_symlink() or not path.stat().st_mode & 0o022)
    if os.environ.get("KEEPMUM_LONG"):
        install_on_bare_debian(packages[0], folder)
    size = packages[0].stat().st_size
    print("\n".join(faults) or f"package: {packages[0].name}, {size / 1e6:.1f} MB, runs from a root of its own")
sys.exit(bool(faults))
