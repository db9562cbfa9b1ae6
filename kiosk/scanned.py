"""Bytes of a scanner to codes: where one ends and the next begins.

Rules: pure; a code ends at CR or LF, or with a pause that the caller tells; what is longer than any code is cut there,
so that nothing grows without bound, and `codes.read` knows it for what it is.
"""

from kiosk.codes import LONGEST


class Gatherer:
    """Gathers one code after the other."""

    def __init__(self) -> None:
        self._begun = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """The codes that `data` ends, oldest first."""
        *ended, rest = data.replace(b"\r", b"\n").split(b"\n")
        found = []
        for piece in ended:
            self._add(piece)
            found += self.pause()
        self._add(rest)
        return found

    def pause(self) -> list[bytes]:
        """Nothing more came: what was begun is a code."""
        code = bytes(self._begun)
        self._begun.clear()
        return [code] if code else []

    def forget(self) -> None:
        """The scanner is gone: half a code is none."""
        self._begun.clear()

    @property
    def begun(self) -> bool:
        """Whether part of a code is here."""
        return bool(self._begun)

    def _add(self, piece: bytes) -> None:
        self._begun += piece[: LONGEST - len(self._begun)]
