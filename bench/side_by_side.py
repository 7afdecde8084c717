"""What the end-to-end benches share: running both sides in turn, and the best of several rounds.

Rounds of the sides are interleaved, so that a busy machine slows both alike.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import time

root = pathlib.Path(__file__).resolve().parent.parent
build = pathlib.Path(os.environ.get("KEEPMUM_BUILD", root / "build/release"))
keepmum = build / "bin/keepmum"
data = pathlib.Path(os.environ.get("KEEPMUM_DATA", root.parent / "shared/data"))


def stop(why):
    """Ends a bench that cannot be measured here, as a skipped test."""
    print(why)
    sys.exit(77)


def need(path, why):
    """`path`, which must be there."""
    if not pathlib.Path(path).exists():
        stop(f"{path} is not there: {why}")
    return path


def find(name, variable):
    """A peer's program: the one the environment names, else the one on PATH, else None."""
    return os.environ.get(variable) or shutil.which(name)


def run(command, codes=(0, 1)):
    """Seconds that `command` takes; its output is thrown away but for errors."""
    start = time.perf_counter()
    done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE)
    seconds = time.perf_counter() - start
    if done.returncode not in codes:
        sys.exit(f"{command[0]} ended with {done.returncode}: {done.stderr.decode(errors='replace')[-400:]}")
    return seconds


def best(sides, rounds):
    """The fastest of `rounds` of each side. `sides`: name to command or to a function that returns seconds."""
    times = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            times[name].append(side() if callable(side) else run(side))
    return {name: min(list_of) for name, list_of in times.items()}


def cost(command):
    """Seconds of clock and of all processors together that `command` takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    clock = run(command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def medians(sides, rounds):
    """Of each side, by name: the medians of clock and processor seconds. The clock is what people wait for; what
    the processors spent is steadier where others use the machine."""
    costs = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            costs[name].append(cost(side))
    return {name: tuple(map(statistics.median, zip(*each))) for name, each in costs.items()}
