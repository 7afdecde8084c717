"""No report, error text or file of keepmum's own holds a secret of the samples, in whatever form it writes it."""
# SPDX-License-Identifier: GPL-3.0-or-later
import base64
import pathlib
import subprocess
import sys
import tempfile
import urllib.parse

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent / "corpus"))
import figures  # noqa: E402

secrets = set()


def remembering(make):
    def remember(*words, **options):
        made = make(*words, **options)
        for value in made if isinstance(made, tuple) else (made,):
            secrets.update(line.strip() for line in value.splitlines() if not line.startswith("-----"))
        return made
    return remember


for name in ("resident_id", "card", "iban", "mobile", "cloud_key", "code_token", "password", "private_key"):
    setattr(figures, name, remembering(getattr(figures, name)))
import samples  # noqa: E402

samples.make()
secrets = {secret for secret in secrets if len(secret) >= 8}
forms = {}  # bytes to look for, and what they are
for secret in secrets:
    compact = secret.replace(" ", "").replace("-", "")
    for text in (secret, compact, " ".join(compact[at:at + 4] for at in range(0, len(compact), 4)), urllib.parse.quote(secret, safe="")):
        forms[text.encode()] = secret
    forms[secret.encode("utf-16-le")] = forms[base64.b64encode(secret.encode())] = forms[secret.encode().hex().encode()] = secret

build, root = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path.cwd()
faults, looked_at = [], 0


def look(where, content):
    global looked_at
    looked_at += 1
    faults.extend(f"{where} holds {secret[:3]}…{secret[-2:]} ({len(secret)} letters)" for form, secret in forms.items() if form in content)


with tempfile.TemporaryDirectory(prefix="keepmum-canary-") as name:
    home = pathlib.Path(name) / "home"
    for language in ("en", "zh"):
        for options in (["--format", "text"], ["--format", "text", "-v"], ["--format", "jsonl"], ["--format", "sarif"], ["--format", "html"]):
            done = subprocess.run([str(build / "bin/keepmum"), "check", "--home", str(home), "--lang", language, *options, "samples/leaky"],
                                  capture_output=True, cwd=root)
            if done.returncode != 1:
                faults.append(f"{' '.join(options)}: exit {done.returncode}: {done.stderr.decode()[-300:]}")
            look(f"check {' '.join(options)} --lang {language}", done.stdout + done.stderr)
    for path in home.rglob("*"):
        if path.is_file():
            look(path.relative_to(home), path.read_bytes())
    # The search itself must see what is there.
    before = len(faults)
    look("the samples", (root / "samples/leaky/bank-details.txt").read_bytes())
    if len(faults) == before:
        sys.exit("canary: the search finds nothing where a secret stands")
    del faults[before:]
print("\n".join(sorted(set(faults))) or f"canary: {len(secrets)} secrets, in none of {looked_at - 1} outputs and files")
sys.exit(bool(faults))
