"""What the printer does with each command: it moves paper, blackens dots, cuts, and answers requests in their turn.

Rules: no time and no sockets here; commands are carried out strictly in order. Nothing is printed on the way of an
unknown command but a note of it in `unknown`.
"""

from collections.abc import Callable

import segno

from virtual_centre.printer.commands import Command
from virtual_centre.printer.glyphs import CELL, glyph
from virtual_centre.printer.graphics import RESPONSES, Graphics
from virtual_centre.printer.nv_memory import NvMemory
from virtual_centre.printer.paper import Paper, stretch
from virtual_centre.printer.tables import joined, letter
from virtual_centre.printer.typed_line import TypedLine

CUT_FEED = 32
"""Rows between head and knife that a partial cut with feed moves."""


class Mechanism:
    """Head, paper and knife; `cut` is called with each piece of paper, `reply` with each answer.

    `memory` keeps pictures without power; a model without it passes over what is said about them.
    """

    def __init__(
        self,
        width: int,
        cut: Callable[[Paper], None],
        reply: Callable[[bytes], None],
        memory: NvMemory | None = None,
    ) -> None:
        self._width = width
        self._cut = cut
        self._reply = reply
        self.paper = Paper(width)
        self.near_end = False
        self.unknown: list[bytes] = []
        self._graphics = Graphics(memory, self._picture, reply)
        self._settings()
        self._do: dict[str, Callable[[bytes], None]] = {
            "ESC @": lambda _: self._settings(),
            "ESC a": self._justify,
            "ESC $": self._position,
            "ESC !": self._mode,
            "GS !": self._size,
            "ESC E": self._bolden,
            "GS b": self._smooth,
            "ESC t": self._choose_table,
            "ESC 2": lambda _: self._spacing(30),
            "ESC 3": lambda args: self._spacing(args[0]),
            "ESC J": lambda args: self._feed(args[0]),
            "ESC d": lambda args: self._feed(args[0] * self._spaced),
            "LF": lambda _: self._print_line(),
            "text": self._text,
            "GS v": self._raster,
            "GS (": self._extended,
            "GS 8": lambda args: self._graphics.carry_out(args[5:]) if args[:1] == b"L" else None,
            "GS V": self._knife,
            "GS r": self._paper_sensor,
            "CAN": lambda _: self._graphics.respond(0x18),
            "": self._stray,
        }

    def carry_out(self, command: Command) -> int:
        """Do it; how many rows the paper moved."""
        before = self.paper.height
        piece = self.paper
        action = self._do.get(command.name)
        if action is not None:
            action(command.args)
        return max(0, piece.height - before)

    # ------------------------------------------------------------------------------------------------- settings

    def _settings(self) -> None:
        self._across = 0
        self._x = 0
        self._scale = (1, 1)
        self._graphics.forget()
        self._bold = False
        self._table = 0
        self._spaced = 30
        self._typed = TypedLine(self._width, CELL, glyph)
        self._code = b""
        self._module = 3

    def _justify(self, args: bytes) -> None:
        self._across = args[0] % 48

    def _position(self, args: bytes) -> None:
        self._typed.x = self._x = args[0] + 256 * args[1]

    def _bolden(self, args: bytes) -> None:
        self._bold = bool(args[0] & 1)

    def _smooth(self, args: bytes) -> None:
        self._typed.smooth = bool(args[0] & 1)

    def _choose_table(self, args: bytes) -> None:
        self._table = args[0]

    def _mode(self, args: bytes) -> None:
        self._bold = bool(args[0] & 8)
        self._scale = (1 + (args[0] >> 5 & 1), 1 + (args[0] >> 4 & 1))

    def _size(self, args: bytes) -> None:
        self._scale = (1 + (args[0] >> 4 & 7), 1 + (args[0] & 7))

    def _spacing(self, dots: int) -> None:
        self._spaced = dots

    # ------------------------------------------------------------------------------------------------- printing

    def _stray(self, data: bytes) -> None:
        if data and data[0] in RESPONSES and self._graphics.listing:
            self._graphics.respond(data[0])
        else:
            self.unknown.append(data)

    def _feed(self, rows: int) -> None:
        if self._typed:
            self._print_line()
        self.paper.feed(rows)

    def _text(self, args: bytes) -> None:
        for code in args:
            found = letter(code, self._table)
            if (whole := joined(self._typed.last, found)) is not None:
                self._typed.change_last(whole)
                continue
            if self._typed and not self._typed.has_room(self._scale):
                self._print_line()
            self._typed.put(found, self._scale, bold=self._bold)

    def _print_line(self) -> None:
        rows, width = self._typed.take()
        spare = max(0, self._width - width)
        x = {0: 0, 1: spare // 2, 2: spare}[self._across]
        self.paper.print_rows(x, rows, width)
        self._x = 0
        self.paper.feed(max(0, self._spaced - len(rows)))

    def _picture(self, rows: list[int], width: int) -> None:
        """A kept picture: nothing happens while a line is being written."""
        if not self._typed:
            self._put(rows, width)

    def _put(self, rows: list[int], width: int) -> None:
        spare = max(0, self._width - self._x - width)
        x = self._x + {0: 0, 1: spare // 2, 2: spare}[self._across]
        self.paper.print_rows(x, rows, width)
        self._typed.x = self._x = 0

    def _raster(self, args: bytes) -> None:
        mode, size = args[1] % 48, args[2] + 256 * args[3]
        data, width = args[6:], size * 8
        rows = [int.from_bytes(data[at : at + size], "big") for at in range(0, len(data), size)] if size else []
        if mode & 1:
            rows, width = [stretch(row, width, 2) for row in rows], width * 2
        if mode & 2:
            rows = [row for row in rows for _ in range(2)]
        self._put(rows, width)

    def _extended(self, args: bytes) -> None:
        kind, function, rest = args[:1], args[4:5], args[5:]
        if kind == b"k" and args[3:4] == b"1":
            self._two_dimensional(function, rest)
        elif kind == b"L":
            self._graphics.carry_out(args[3:])
        elif kind == b"H" and args[3:5] == b"00":
            self._reply(b"\x37\x22" + rest + b"\x00")

    def _two_dimensional(self, function: bytes, rest: bytes) -> None:
        if function == b"C" and rest:
            self._module = max(1, rest[0] % 17)
        elif function == b"P":
            self._code = rest[1:]
        elif function == b"Q" and self._code:
            self._print_code(self._code)

    def _print_code(self, content: bytes) -> None:
        try:
            matrix = segno.make(content, error="m", boost_error=False, micro=False).matrix
        except segno.DataOverflowError:
            self.unknown.append(content)
            return
        rows = [int("".join(str(dot) * self._module for dot in line), 2) for line in matrix]
        self._put([row for row in rows for _ in range(self._module)], len(matrix) * self._module)

    def _knife(self, args: bytes) -> None:
        if len(args) == 2:
            self.paper.feed(CUT_FEED + args[1])
        piece, self.paper = self.paper, Paper(self._width)
        self._cut(piece)

    def _paper_sensor(self, args: bytes) -> None:
        if args[0] % 48 == 1:
            self._reply(bytes([0x03 if self.near_end else 0x00]))
