"""What the kernel sends when a key of a USB keypad is pressed: scan code, key, report; down and up."""

import struct

from appliance.input.codes import code


def event(kind: int, number: int, value: int) -> bytes:
    return struct.pack("=qqHHi", 1_795_000_000, 250_000, kind, number, value)


REPORT = event(0, 0, 0)
OVERRUN = event(0, 3, 0)


def moved(name: str, value: int) -> bytes:
    return event(4, 4, 0x70059) + event(1, code(name), value) + REPORT


def pressed(*names: str) -> bytes:
    return b"".join(moved(name, 1) + moved(name, 0) for name in names)
