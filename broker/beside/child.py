"""The other end of `jobs`: what a process does that works beside the hub.

Rules: a file appears whole or not at all; how far it is, is one line `done/all` on standard output.
"""

import contextlib
import os
import sys
from pathlib import Path

NICE = 10


def give_way() -> None:
    """Let the hub go first, and be the one to go without memory; where that is forbidden, work all the same."""
    with contextlib.suppress(OSError):
        os.nice(NICE)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500", "utf-8")


def tell(done: int, steps: int) -> None:
    """Say how far it is."""
    sys.stdout.write(f"{done}/{steps}\n")
    sys.stdout.flush()


def put(path: Path, content: bytes) -> None:
    """Write the file."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
