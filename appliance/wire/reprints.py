"""A paper once more, on the wire: the hub asks a kiosk for it, the kiosk says what became of it.

Rules: those of `messages`. `reprint` names the request for ever: a kiosk begins to print it at most once, however often
it hears of it.
"""

from typing import Literal

from appliance.wire.choices import Reason
from appliance.wire.ids import Instant, Language, RequestId
from appliance.wire.messages import Down, TicketView, Up

PaperOutcome = Literal["printed", "uncertain", "unsent"]
BUSY, NO_PRINTER, NO_JOURNAL = "busy", "printer", "journal"
"""Why a paper was not sent to the printer: somebody used the kiosk all the while; it cannot print; its disk is full."""


class Reprint(Down, frozen=True):
    """To a kiosk: print the paper of `ticket` within `valid_s` seconds, as soon as nobody uses the screen.

    `ticket` is told as of the moment `at`. `again`: a paper of it may be about, so this one says that it is another.
    """

    reprint: RequestId
    ticket: TicketView
    lang: Language
    at: Instant
    again: bool = True
    valid_s: int = 60


class ReprintFate(Up, frozen=True):
    """What became of the paper `reprint`: `unsent` when not one byte of it reached the printer, and why."""

    reprint: RequestId
    outcome: PaperOutcome
    reason: Reason = ""
