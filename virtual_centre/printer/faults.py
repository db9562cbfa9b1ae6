"""What may be wrong with a printer. Rules: pure; what it then says of itself is in `speech.py`."""

from dataclasses import dataclass
from typing import Literal, get_args

Fault = Literal[
    "paper_out",
    "near_end",
    "cover_open",
    "error",
    "hot",
    "silent",
    "slow",
    "garbage",
    "never_confirms",
    "forgets",
    "dies",
    "gone",
]
FAULTS: tuple[Fault, ...] = get_args(Fault)
"""`error`: the knife is jammed; `hot`: the head rests until it has cooled; `garbage`: wrong speed or a broken line;
`never_confirms`: prints, but answers nothing in its turn; `forgets`: starts anew in the middle of a ticket, the line
stays; `dies`: loses power in the middle of a ticket; `gone`: unplugged now."""

STOPPING: frozenset[Fault] = frozenset({"paper_out", "cover_open", "error", "hot"})
"""The head stands still."""
UNPLUGGED: frozenset[Fault] = frozenset({"dies", "gone"})
_IN_THE_MIDDLE: frozenset[Fault] = frozenset({"dies", "forgets"})
_MIDDLE = 120
"""Rows of a ticket that are out before what happens in its middle happens."""


@dataclass(frozen=True)
class Condition:
    """A fault that begins when `after_rows` rows of a ticket are printed (0: now)."""

    fault: Fault | None = None
    after_rows: int = 0

    def begun(self, rows: int) -> Fault | None:
        """The fault that stands once `rows` rows of the ticket are printed."""
        begins = self.after_rows or (_MIDDLE if self.fault in _IN_THE_MIDDLE else 0)
        return self.fault if rows >= begins else None
