"""A printer tried out step by step: what it says of itself, and one page through it.

Rules: a step is told as a value as soon as it is known, and the first that fails is the last. Nothing is caught here:
the line may be lost at any step (LineLost).
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kiosk.drivers.escpos_status import Finding
from kiosk.drivers.printer_job import Confirmation, Word, answers_roll_call, put_on_paper
from kiosk.drivers.printer_probe import Found, get_acquainted, greet
from kiosk.drivers.printer_talk import Talk

_LAST_BYTES_S = 5.0
"""What the machine has taken for a serial line is gone after that, at any speed."""


@dataclass(frozen=True)
class Unanswered:
    """No question about its state was answered; `nonsense`: something came, but no answer."""

    nonsense: bool


@dataclass(frozen=True)
class Confirms:
    """Whether it answers behind what it has done."""

    yes: bool


@dataclass(frozen=True)
class OnPaper:
    """What it said of a page of `size` bytes, after `seconds`."""

    word: Word
    size: int
    seconds: float


Step = Unanswered | Finding | Found | Confirms | OnPaper


def try_out(talk: Talk, page: Callable[[Found], bytes], way: Confirmation, deadline_s: float) -> Iterator[Step]:
    """Each step of a trial; `page` makes the bytes, which end in the question of `way`. Raises LineLost."""
    requests = greet(talk)
    finding = talk.ask(requests)
    if finding is None:
        yield Unanswered(talk.nonsense)
        return
    yield finding
    if not finding.prints:
        return
    found = get_acquainted(talk, requests)
    yield found
    confirms = answers_roll_call(talk, way)
    yield Confirms(confirms)
    data = page(found)
    began = time.monotonic()
    if confirms:
        word = put_on_paper(talk, found, data, way, deadline_s)
    else:
        word = Word.UNCONFIRMED
        talk.send(data, deadline_s)
        talk.quiet(_LAST_BYTES_S)
    yield OnPaper(word, len(data), time.monotonic() - began)
    after = talk.ask(requests) or talk.finding  # one whose buffer is full hears no question
    if word is not Word.CONFIRMED and after is not None and not after.prints:
        yield after
