"""A progress bar where a person watches, silence where a program does."""

import time
from typing import TextIO

WIDTH = 30
PAUSE_S = 0.1


class Progress:
    """A bar of `total` steps on `stream`, drawn only when that is a terminal."""

    def __init__(self, stream: TextIO, total: int) -> None:
        self._stream = stream
        self._total = total
        self._done = 0
        self._shown = stream.isatty()
        self._next = 0.0
        self._began = time.monotonic()

    def advance(self, words: str) -> None:
        """One step more; `words` say where we are."""
        self._done += 1
        now = time.monotonic()
        if self._shown and (now >= self._next or self._done == self._total):
            self._next = now + PAUSE_S
            filled = WIDTH * self._done // self._total
            left_s = (now - self._began) * (self._total - self._done) / self._done
            bar = "█" * filled + "░" * (WIDTH - filled)
            self._stream.write(f"\r{bar} {self._done}/{self._total} {words}, {left_s:.0f} s left \x1b[K")
            self._stream.flush()

    def close(self) -> None:
        """Leave the line."""
        if self._shown and self._done:
            self._stream.write("\n")
            self._stream.flush()
