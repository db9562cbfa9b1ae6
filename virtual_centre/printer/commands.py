"""ESC/POS bytes cut into commands, however the network cut them.

Rules: pure; what is incomplete waits; what is unknown becomes a command with an empty name and never stops the rest.
Real-time requests (`DLE EOT`...) are also looked for in the raw stream by the printer itself, as real printers do.
"""

from typing import NamedTuple


class Command(NamedTuple):
    """One command: its name (`ESC a`; "text" for characters, "" for what nobody knows), its arguments, its length."""

    name: str
    args: bytes = b""
    size: int = 0


_LEADS = {0x1B: "ESC", 0x1D: "GS", 0x1C: "FS", 0x10: "DLE"}
_FIXED: dict[str, int] = {
    **dict.fromkeys(("ESC @", "ESC 2", "FS .", "FS &", "ESC L", "ESC S"), 0),
    **dict.fromkeys(("ESC a", "ESC !", "ESC E", "ESC -", "ESC M", "ESC 3", "ESC J", "ESC d", "ESC t", "ESC R"), 1),
    **dict.fromkeys(("ESC {", "ESC G", "ESC =", "ESC V", "ESC r", "ESC SP", "GS !", "GS B", "GS r", "GS a", "GS I"), 1),
    **dict.fromkeys(("GS h", "GS w", "GS H", "GS f", "GS b", "DLE EOT", "DLE ENQ", "FS !", "FS C"), 1),
    **dict.fromkeys(("ESC $", "ESC \\", "GS L", "GS W", "GS P", "ESC c"), 2),
    "ESC p": 3,
    "DLE DC4": 8,
}
"""Commands whose arguments have a fixed length in bytes."""
_SECOND = {0x04: "EOT", 0x05: "ENQ", 0x14: "DC4", 0x20: "SP"}
_ALONE = {0x0A: "LF", 0x0D: "CR", 0x09: "HT", 0x0C: "FF", 0x18: "CAN"}
_CUT_WITH_FEED = frozenset((65, 66, 97, 98, 103, 104))


class Parser:
    """Takes bytes in any pieces and gives whole commands."""

    def __init__(self) -> None:
        self._left = b""

    def feed(self, data: bytes) -> list[Command]:
        """The commands that are complete now."""
        self._left += data
        commands: list[Command] = []
        at = 0
        while at < len(self._left):
            found = _next(self._left, at)
            if found is None:
                break
            command, end = found
            commands.append(command._replace(size=end - at))
            at = end
        self._left = self._left[at:]
        return commands

    def forget(self) -> None:
        """Drop what is incomplete."""
        self._left = b""


Found = tuple[Command, int] | None


def _next(data: bytes, at: int) -> Found:
    """The command at `at` and where the next begins, or None while bytes are missing."""
    first = data[at]
    if first in _ALONE:
        return Command(_ALONE[first]), at + 1
    if first not in _LEADS:
        end = at
        while end < len(data) and data[end] >= 0x20:
            end += 1
        return (Command("text", data[at:end]), end) if end > at else (Command("", data[at : at + 1]), at + 1)
    if at + 1 >= len(data):
        return None
    second = data[at + 1]
    name = f"{_LEADS[first]} {_SECOND.get(second, chr(second))}"
    if name in _FIXED:
        return _of_length(name, data, at + 2, _FIXED[name])
    return _of_variable_length(name, data, at + 2)


def _of_length(name: str, data: bytes, at: int, length: int) -> Found:
    return (Command(name, data[at : at + length]), at + length) if at + length <= len(data) else None


def _of_variable_length(name: str, data: bytes, at: int) -> Found:
    if name == "GS V":
        longer = at < len(data) and data[at] in _CUT_WITH_FEED
        return _of_length(name, data, at, 2 if longer else 1)
    if name in ("GS (", "FS ("):
        size = 3 + _word(data, at + 1) if at + 3 <= len(data) else 3
        return _of_length(name, data, at, size)
    if name == "GS 8":
        size = 5 + int.from_bytes(data[at + 1 : at + 5], "little") if at + 5 <= len(data) else 5
        return _of_length(name, data, at, size)
    if name == "GS v":
        size = 6 + _word(data, at + 2) * _word(data, at + 4) if at + 6 <= len(data) else 6
        return _of_length(name, data, at, size)
    if name == "ESC *":
        tall = at < len(data) and data[at] in (32, 33)
        size = 3 + _word(data, at + 1) * (3 if tall else 1) if at + 3 <= len(data) else 3
        return _of_length(name, data, at, size)
    return Command("", data[at - 2 : at]), at


def _word(data: bytes, at: int) -> int:
    return data[at] + 256 * data[at + 1]
