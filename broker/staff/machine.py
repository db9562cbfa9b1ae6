"""The machine's own time, for spans that people and attackers must not stretch.

Rules: `elapsed` counts from the machine's start, runs on through suspend and never jumps, whatever is done to the wall
clock; a span is only measured within one `boot`. The centre's scaled or simulated clock has no say here.
"""

import datetime
import secrets
import time
from pathlib import Path
from typing import Protocol

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Machine(Protocol):
    """What sessions, throttles and the audit trail need of a clock."""

    @property
    def boot(self) -> str:
        """Names the current start of the machine."""
        ...

    def elapsed(self) -> float:
        """Seconds since that start."""
        ...

    def wall(self) -> str:
        """The wall clock, RFC 3339 with offset: for people who read the audit trail, never compared."""
        ...


class ThisMachine:
    """The machine the process runs on. Where the kernel hides its boot id, every process is a boot of its own."""

    def __init__(self) -> None:
        try:
            self.boot = _BOOT_ID.read_text().strip()
        except OSError:
            self.boot = secrets.token_hex(16)

    def elapsed(self) -> float:
        """Seconds of CLOCK_BOOTTIME."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)

    def wall(self) -> str:
        """Local time with offset, to the second."""
        return datetime.datetime.now().astimezone().isoformat(timespec="seconds")
