# SPDX-License-Identifier: GPL-3.0-or-later
"""What a command and all that it starts takes, also what outlives it, as worker programs do."""
import ctypes
import os
import subprocess
import time

SUBREAPER = 36  # prctl: children of children that lose their parent become this process's


def taken(command, allowed=(0, 1)):
    """Seconds by the clock until the command ends, and of processor. Ends this program where it ends with another status."""
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    clock = used = 0
    while True:
        try:
            number, status, usage = os.wait4(-1, 0)
        except ChildProcessError:
            return clock, used
        used += usage.ru_utime + usage.ru_stime
        if number == process.pid:
            clock = time.monotonic() - begun
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode not in allowed:
                raise SystemExit(f"{' '.join(command[:2])}: {process.returncode}")
