"""Linux input events: bytes in, keys out.

`struct input_event` of a 64-bit kernel (linux/input.h): two 64-bit numbers (seconds, microseconds), type and code of 16
bits, value of 32 bits: 24 bytes, in the machine's byte order. Rules: pure; a piece may come in any slices; after the
kernel says that its buffer ran over (SYN_DROPPED) everything up to the next SYN_REPORT is unreliable and dropped.
"""

import struct
from dataclasses import dataclass
from enum import IntEnum

EVENT = struct.Struct("=qqHHi")
EV_SYN, EV_KEY, EV_SW = 0, 1, 5
SWITCH = 0x1000
"""Added to the number of a switch, such as the one in a headphone socket: on is down, off is up."""
SYN_REPORT, SYN_DROPPED = 0, 3


class Motion(IntEnum):
    """What a key did; the kernel's own numbers."""

    UP = 0
    DOWN = 1
    REPEAT = 2


@dataclass(frozen=True)
class KeyMoved:
    """A key of the device moved; `code` is the kernel's (`codes.py` has names)."""

    code: int
    motion: Motion


class Decoder:
    """Turns what a device sends into keys, slice by slice."""

    def __init__(self) -> None:
        self._rest = b""
        self._dropping = False

    def feed(self, data: bytes) -> list[KeyMoved]:
        """The keys that moved in `data`, oldest first."""
        data = self._rest + data
        whole = len(data) - len(data) % EVENT.size
        self._rest = data[whole:]
        moved = []
        for _, _, kind, code, value in EVENT.iter_unpack(data[:whole]):
            if kind == EV_SYN:
                self._dropping = code == SYN_DROPPED or (self._dropping and code != SYN_REPORT)
            elif kind == EV_KEY and not self._dropping and value in (Motion.UP, Motion.DOWN, Motion.REPEAT):
                moved.append(KeyMoved(code, Motion(value)))
            elif kind == EV_SW and not self._dropping and value in (Motion.UP, Motion.DOWN):
                moved.append(KeyMoved(SWITCH + code, Motion(value)))
        return moved
