"""`GS ( L` and `GS 8 L`: what the printer does with pictures in its memory, and what it answers.

Source: Epson's ESC/POS reference, functions 51, 64, 65, 66, 67 and 69. Rules: what is out of its range is ignored, as
the reference says; a list of keys comes in blocks of 40, each of which wants an answer of the host.
"""

from collections.abc import Callable

from virtual_centre.printer.nv_memory import Kept, NvMemory

BLOCK = 40
"""Keys in one block of the list."""
ACK, NAK, CANCEL = 0x06, 0x15, 0x18
RESPONSES = frozenset((ACK, NAK, CANCEL))
_HEADER, _NUL = b"\x37", b"\x00"


class Graphics:
    """`show` is called with the rows of a picture and their width; `reply` with each answer."""

    def __init__(
        self, memory: NvMemory | None, show: Callable[[list[int], int], None], reply: Callable[[bytes], None]
    ) -> None:
        self._memory = memory
        self._show = show
        self._reply = reply
        self._blocks: list[bytes] = []

    @property
    def listing(self) -> bool:
        """Whether a block of the list waits for the host's response."""
        return bool(self._blocks)

    def carry_out(self, args: bytes) -> None:
        """Do what `m fn ...` asks for."""
        if self._memory is not None and len(args) >= 2 and args[0] == 48:
            self._do(self._memory, args[1], args[2:])

    def _do(self, memory: NvMemory, function: int, rest: bytes) -> None:
        if function in (3, 51):
            self._reply(_HEADER + b"1" + str(memory.free).encode("ascii") + _NUL)
        elif function == 64 and rest == b"KC":
            self._list(memory.keys)
        elif function == 65 and rest == b"CLR":
            memory.clear()
        elif function == 66 and _is_key(rest):
            memory.delete(rest)
        elif function == 67:
            _define(memory, rest)
        elif function == 69 and len(rest) == 4 and _is_key(rest[:2]):
            self._print(memory.find(rest[:2]), *rest[2:])

    def respond(self, response: int) -> None:
        """The host's response to a block."""
        if response == CANCEL:
            self._blocks = []
        elif response == ACK and self._blocks:
            del self._blocks[0]
        if self._blocks:
            self._reply(self._blocks[0])

    def forget(self) -> None:
        """Nobody waits for a block any more."""
        self._blocks = []

    def _list(self, keys: list[bytes]) -> None:
        blocks = [keys[at : at + BLOCK] for at in range(0, len(keys), BLOCK)] or [[]]
        self._blocks = [
            _HEADER + b"r" + (b"\x40" if block is blocks[-1] else b"\x41") + b"".join(block) + _NUL for block in blocks
        ]
        self._reply(self._blocks[0])

    def _print(self, kept: Kept | None, wide: int, tall: int) -> None:
        if kept is None or wide not in (1, 2) or tall not in (1, 2):
            return
        size = -(-kept.width // 8)
        rows = [int.from_bytes(kept.data[at : at + size], "big") for at in range(0, len(kept.data), size)]
        width = size * 8
        if wide == 2:
            rows, width = [_doubled(row) for row in rows], 2 * width
        self._show([row for row in rows for _ in range(tall)], width)


def _define(memory: NvMemory, rest: bytes) -> None:
    if len(rest) < 9 or rest[0] != 48 or not _is_key(rest[1:3]) or rest[3] != 1 or rest[8] != 49:
        return
    width, height = rest[4] + 256 * rest[5], rest[6] + 256 * rest[7]
    data = rest[9:]
    if 1 <= width <= 8192 and 1 <= height <= 2304 and len(data) == -(-width // 8) * height:
        memory.define(rest[1:3], Kept(width, height, data))


def _is_key(key: bytes) -> bool:
    return len(key) == 2 and all(32 <= code <= 126 for code in key)


def _doubled(row: int) -> int:
    return int("".join(digit * 2 for digit in f"{row:b}"), 2)
