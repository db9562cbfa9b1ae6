"""What a printer can tell, found out when it is met: which questions it answers, and who made it.

Rules: nothing is tried that could mark paper: a real-time question is answered or ignored, and letters that an unknown
`GS I` may leave in the line buffer are cleared by the reset that follows. `GS ( H` is never tried.
"""

from typing import NamedTuple

from kiosk.drivers import escpos_bytes as escpos
from kiosk.drivers.escpos_answers import Block, StatusBack
from kiosk.drivers.printer_talk import ANSWER_S, Talk

_FIRST = (4, 1)
"""A printer that answers neither of these `DLE EOT` answers none."""
_THEN = (2, 3)
_IDENTITY = b"\x5f"


class Found(NamedTuple):
    """What is known of a printer."""

    requests: tuple[int, ...] = ()
    """The `DLE EOT` that it answers."""
    tells: bool = False
    """Whether it says by itself what changes (automatic status back)."""
    maker: str = ""
    model: str = ""
    firmware: str = ""

    @property
    def name(self) -> str:
        """Maker, model and firmware, as far as it told them."""
        return " ".join(part for part in (self.maker, self.model, self.firmware) if part)

    def __str__(self) -> str:
        asked = ", ".join(map(str, self.requests)) or "none"
        tells = "tells changes by itself" if self.tells else "tells nothing unasked"
        return f"{self.name or 'does not say who made it'}; answers DLE EOT {asked}; {tells}"


def greet(talk: Talk) -> tuple[int, ...]:
    """The `DLE EOT` that are answered, in ascending order; also by a printer that is out of paper. Raises LineLost."""
    first = [request for request in _FIRST if talk.status(request) is not None]
    then = [request for request in _THEN if talk.status(request) is not None] if first else []
    return tuple(sorted(first + then))


def get_acquainted(talk: Talk, requests: tuple[int, ...]) -> Found:
    """The rest, from a printer that is ready: others answer it when they are ready again. Raises LineLost."""
    talk.forget()
    who = {}
    for part, number in (("maker", 66), ("model", 67), ("firmware", 65)):
        talk.send(escpos.identity_request(number), ANSWER_S)
        answer = talk.listen(Block, ANSWER_S, lambda block: block.body.startswith(_IDENTITY))
        if answer is None:
            break
        who[part] = answer.body[1:].decode("ascii", "replace").strip()
    talk.send(escpos.RESET + escpos.TELL, ANSWER_S)
    tells = talk.listen(StatusBack, ANSWER_S) is not None
    return Found(requests, tells, **who)
