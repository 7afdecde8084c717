#!/usr/bin/env python3
"""How many receivers of wireless mice and keyboards `keepmum host` knows again, and how often it takes a cable for radio.

Usage: bench/receivers.py    Takes /usr/share/misc/usb.ids (Debian's package usb.ids, for this bench alone).

Devices are the names of usb.ids. Wireless: a word for radio and a word for mouse, keyboard, presenter or receiver, and none
that says it is something else. Wired: mouse or keyboard, and no word for radio; each is shown with one interface, and
keyboards again as those that offer a mouse too, as some for players do. Told apart is what the list alone knows (the device
names nothing) from what it knows when the device tells the name that usb.ids gives.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parent.parent
program = pathlib.Path(os.environ.get("KEEPMUM_BUILD", root / "build/release")) / "bin/bench_receivers"
ids = pathlib.Path("/usr/share/misc/usb.ids")

radio = re.compile(r"wireless|cordless|receiver|transceiver|unifying|lightspeed|bolt|2[.,]4 ?g|27 ?mhz|\brf\b|nano rec|dongle", re.I)
hand = re.compile(r"mouse|keyboard|kbd|desktop|trackball|presenter|receiver|transceiver|combo|intellimouse|unifying|touchpad", re.I)
other = re.compile(
    r"infrared|\bir\b|\bmce\b|bluetooth|802\.|wlan|wi-?fi|network|\blan\b|dvb|tv|gps|tuner|audio|headset|speaker|fm |radio data|"
    r"modem|gamepad|joystick|xbox|playstation|buzz|wii|controller|rumble|webcam|camera|video|hdmi|hdbaset|hd base|satellite|"
    r"wwvb|ais |dab |xsens|storage|flash|hub|bootloader|jtag|programmer|wired mode|cabled|barcode|scanner|microphone|zone|"
    r"heart|weather|x10|touch ?screen|irda|telephone|remote receiver|samson|rxd1|go mic|remote control|uirt|dac|midi|nano[kp]|nanokontrol", re.I)


def devices():
    vendor, maker = None, ""
    for line in ids.read_text(encoding="latin-1").splitlines():
        if line.startswith("# List of known device classes"):
            return
        if found := re.match(r"([0-9a-f]{4})  (.*)", line):
            vendor, maker = found[1], found[2]
        elif vendor and (found := re.match(r"\t([0-9a-f]{4})  (.*)", line)):
            yield vendor, found[1], maker, found[2]


def share(part, whole):
    """Part of the whole in percent, and Wilson's interval of 95 %."""
    if not whole:
        return "none"
    z, p = 1.96, part / whole
    middle, half = p + z * z / (2 * whole), z * (p * (1 - p) / whole + z * z / (4 * whole * whole)) ** 0.5
    low, high = (max(0, (middle - half) / (1 + z * z / whole)), (middle + half) / (1 + z * z / whole))
    return f"{part} of {whole} = {100 * p:.1f} % ({100 * low:.1f} to {100 * high:.1f})"


def judge(rows):
    """Rows of (vendor, product, maker, name, protocols) → sign of each: id, name, offer, none."""
    text = "".join("\t".join(row) + "\n" for row in rows)
    out = subprocess.run([program], input=text, text=True, capture_output=True, check=True).stdout.split()
    assert len(out) == len(rows)
    return out


if not ids.exists() or not program.exists():
    sys.exit(f"needs {ids} (apt-get install usb.ids) and {program} (cmake --preset release -DKEEPMUM_BENCH=ON)")
wireless, wired = [], []
for vendor, product, maker, name in devices():
    if other.search(name):
        continue
    if radio.search(name) and hand.search(name):
        wireless.append((vendor, product, maker, name))
    elif re.search(r"keyboard|mouse", name, re.I) and not re.search(r"hub|adapter|adaptor|converter|kvm|switch|optical wireless", name, re.I):
        wired.append((vendor, product, maker, name))
silent = judge([(v, p, "", "", "12") for v, p, m, n in wireless])
named = judge([(v, p, m, n, "12") for v, p, m, n in wireless])
print("wireless, the device names nothing: known by the list", share(sum(sign == "id" for sign in silent), len(silent)))
print("wireless, the device tells its name: known by list or name", share(sum(sign in ("id", "name") for sign in named), len(named)))
plain = judge([(v, p, m, n, "1" if "key" in n.lower() else "2") for v, p, m, n in wired])
print("wired mice and keyboards taken for radio:", share(sum(sign in ("id", "name") for sign in plain), len(plain)))
double = judge([(v, p, m, n, "12") for v, p, m, n in wired])
print("wired that offer both, to be looked at by eye:", share(sum(sign == "offer" for sign in double), len(double)))
if "-v" in sys.argv:
    for (v, p, m, n), sign in zip(wireless, named):
        if sign not in ("id", "name"):
            print("missed", v + ":" + p, m, "|", n)
    for (v, p, m, n), sign in zip(wired, plain):
        if sign in ("id", "name"):
            print("false", sign, v + ":" + p, m, "|", n)
