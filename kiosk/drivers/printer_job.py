"""One piece of paper through a printer, until the printer's own word that it is out.

Rules: CONFIRMED only on an answer to a question that stands behind the cut, and a state that makes sense after that;
nothing is asked in the middle of a ticket's bytes; a printer that stops for a person is not waited for.
"""

import time
from enum import Enum
from itertools import count
from typing import Literal

from kiosk.drivers import escpos_bytes as escpos
from kiosk.drivers.escpos_answers import Block, Sensor
from kiosk.drivers.printer_probe import Found
from kiosk.drivers.printer_talk import ANSWER_S, Talk

_ASK_S = 1.0
"""How often a printer that tells nothing by itself is asked whether it has stopped."""
_SLICE_S = 0.2
_QUIET_S = 0.2
_ROLL_CALL_S = 1.0


Confirm = Literal["barrier", "process-id"]


class Word(Enum):
    """What a printer says of a piece of paper."""

    CONFIRMED = "confirmed"
    STOPPED = "stopped before its end"
    UNCONFIRMED = "not confirmed by the printer"


class Confirmation:
    """How paper is confirmed: by `GS r`, or by `GS ( H` with a number of its own for each piece."""

    def __init__(self, way: Confirm) -> None:
        self._by_id = way == "process-id"
        self._numbers = count(int(time.monotonic() * 10))
        self._nonce = b""

    def question(self) -> bytes:
        """The bytes to stand behind a cut; each new question makes the old answer worthless."""
        self._nonce = escpos.nonce(next(self._numbers))
        return escpos.process_id(self._nonce) if self._by_id else escpos.BARRIER

    def heard(self, talk: Talk, timeout_s: float) -> bool:
        """Whether the answer comes in time. Raises LineLost."""
        if self._by_id:
            wanted = escpos.processed(self._nonce)
            return talk.listen(Block, timeout_s, lambda block: block.body + b"\x00" == wanted) is not None
        return talk.listen(Sensor, timeout_s) is not None


def put_on_paper(talk: Talk, found: Found, data: bytes, way: Confirmation, deadline_s: float) -> Word:
    """Send `data`, which ends in the question of `way`. Takes at most `deadline_s` and one answer. Raises LineLost."""
    deadline = time.monotonic() + deadline_s
    talk.forget()
    if not talk.send(data, deadline_s):
        return _why_not(talk)
    asked = time.monotonic()
    while (now := time.monotonic()) < deadline:
        if way.heard(talk, min(_SLICE_S, deadline - now)):
            return Word.CONFIRMED if talk.ask(found.requests) is not None else Word.UNCONFIRMED
        if not found.tells and now - asked >= _ASK_S:
            asked = now
            talk.ask(found.requests)
        if talk.finding is not None and talk.finding.hopeless:
            return Word.STOPPED
    return Word.UNCONFIRMED


def clear(talk: Talk) -> None:
    """Let it drop what it still has. Raises LineLost."""
    talk.send(escpos.CLEAR, ANSWER_S)
    talk.listen(Block, ANSWER_S, lambda block: block.body == escpos.CLEARED)  # without that word it has had the time


def answers_roll_call(talk: Talk, way: Confirmation) -> bool:
    """Whether it confirms when there is nothing to print, which costs no paper; no late answer is left then.

    Raises LineLost.
    """
    talk.quiet(_QUIET_S)
    talk.send(way.question(), ANSWER_S)
    answered = way.heard(talk, _ROLL_CALL_S)
    talk.quiet(_QUIET_S)
    return answered


def _why_not(talk: Talk) -> Word:
    return Word.STOPPED if talk.finding is not None and talk.finding.hopeless else Word.UNCONFIRMED
