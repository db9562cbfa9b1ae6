"""What a kiosk needs of its parts, as contracts; drivers fulfil them, `__main__` chooses.

Rules: a part never blocks its caller; it tells what happened (`parts.py`) from its own thread through the `tell` it was
built with. A part that is not as it should be is a value; exceptions are for surprises.
"""

from typing import Protocol

from kiosk.ticket import Band
from kiosk.view import View


class Printer(Protocol):
    """Prints one job at a time, in order, each within its deadline."""

    def start(self) -> None:
        """Look for the printer, for ever; `PrinterIs` tells."""

    def print(self, job: str, bands: tuple[Band, ...]) -> None:
        """Print a ticket; `PrintEnded` tells, UNSENT only when not one byte of it can have reached the printer."""

    def keep(self, bands: tuple[Band, ...]) -> None:
        """These words stand on many tickets, the most used first: keep them ready if that saves anything."""

    def clear(self, bands: tuple[Band, ...]) -> None:
        """Before anything else is printed: forget what a broken job left in the printer, then print `bands`."""

    def stop(self) -> None:
        """Let go of the printer."""

    @property
    def alive(self) -> bool:
        """Whether the thread behind it does its work."""


class Screen(Protocol):
    """Shows the newest view and tells touches."""

    def start(self) -> None:
        """Open it."""

    def show(self, view: View) -> None:
        """Draw `view` as soon as possible; a newer one replaces it."""

    def stop(self) -> None:
        """Close it."""

    @property
    def fault(self) -> str:
        """Why nobody can see it, or ""."""

    @property
    def alive(self) -> bool:
        """Whether the thread behind it does its work."""


class _Reader(Protocol):
    """Something plugged in that a person uses, and that may be unplugged."""

    def stop(self) -> None:
        """Let go of it."""

    @property
    def alive(self) -> bool:
        """Whether the thread behind it does its work."""


class Scanner(_Reader, Protocol):
    """Reads codes."""

    def start(self) -> None:
        """Look for the scanner, for ever; `ScannerIs` tells, and `CodeScanned` every code."""


class Keys(_Reader, Protocol):
    """Physical keys, for people who cannot see the screen."""

    def start(self) -> None:
        """Look for them, for ever; `KeysAre` tells, and `KeyPressed` every press."""
