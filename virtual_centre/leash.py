"""Runs a program so that it cannot outlive the process that started it, whatever happens to that one.

    python leash.py PARENT_PID PROGRAM [ARGUMENT...]

The kernel kills the program when the parent dies, even by `kill -9`, when nobody is left to clean up. Rules: no import
from this package (it runs as a plain file, before anything else); it becomes the program and costs nothing afterwards.
The kernel means the parent's *thread*: start programs from a thread that lives as long as the parent.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main(argv: list[str]) -> None:
    """Tie this process to its parent, then become the program. Raises OSError when either fails."""
    parent, command = int(argv[1]), argv[2:]
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
    if os.getppid() != parent:  # it died before the leash was on
        sys.exit(1)
    os.execvp(command[0], command)  # noqa: S606  # because the command is our own, and no shell is wanted


if __name__ == "__main__":
    main(sys.argv)
