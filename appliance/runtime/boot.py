"""Which run of the machine this is: seconds since its start mean something within one run only."""

import uuid
from pathlib import Path

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def boot_id() -> str:
    """The name of this run; where the kernel hides it, a new one each time, so that nothing old seems to be of it."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return str(uuid.uuid4())
