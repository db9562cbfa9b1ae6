"""Whether the machine's clock follows a time server.

Rules: two witnesses, each enough: the mark that systemd-timesyncd leaves, and the kernel's own flag, which chrony and
ntpd clear. A sandbox that forbids the system call (`@clock` in a unit's filter) leaves only the first.
"""

import ctypes
import os
from pathlib import Path

_TIMESYNCD_MARK = Path("/run/systemd/timesync/synchronized")
_TIME_ERROR = 5  # adjtimex(2): the clock is not synchronized
_TIMEX_BYTES = 256  # struct timex takes 208; modes = 0 (all zero) only reads


def is_synchronized() -> bool:
    """Ask the mark, then the kernel."""
    return _TIMESYNCD_MARK.exists() or _kernel_says_so()


def _kernel_says_so() -> bool:
    if os.name != "posix":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    state: int = libc.adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES))
    return 0 <= state < _TIME_ERROR
