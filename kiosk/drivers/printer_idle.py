"""Work that a printer does while nobody wants a ticket.

Rules: a piece is short, since a citizen may touch the screen while it lasts; it leaves the printer as it found it.
"""

from typing import Protocol

from kiosk.drivers.printer_probe import Found
from kiosk.drivers.printer_talk import Talk


class Idle(Protocol):
    """Such work. It is called on the printer's thread only."""

    def step(self, talk: Talk, found: Found) -> bool:
        """Do one piece with a printer that is well; whether there is more. Raises LineLost."""


class Nothing:
    """No such work."""

    def step(self, talk: Talk, found: Found) -> bool:  # noqa: ARG002  # because it is the contract of Idle
        """There is never more."""
        return False
