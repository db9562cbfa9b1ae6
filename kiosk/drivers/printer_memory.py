"""Fixed words in the printer's own memory: looked up when a printer is met, written while nobody wants a ticket.

Rules: for the printer's thread, but for `keep`; only the printer's own list counts, and only until it is met again; a
printer that gives none keeps nothing and is never asked twice; one picture is written at a time and waited for, and a
slow writer gets long rests, because it prints nothing meanwhile; every write is counted and logged, memory wears out.
"""

import logging
import time
from collections import deque
from collections.abc import Mapping

from kiosk.drivers import escpos_bytes as escpos
from kiosk.drivers import nv_bytes as nv
from kiosk.drivers.escpos_answers import Block
from kiosk.drivers.kept import Define, Delete, KeptSet
from kiosk.drivers.pictures import pictures
from kiosk.drivers.printer_job import clear
from kiosk.drivers.printer_probe import Found
from kiosk.drivers.printer_talk import ANSWER_S, Talk
from kiosk.drivers.strip import Picture, Strip, cut
from kiosk.ticket import Band

logger = logging.getLogger(__name__)

WRITE_S = 10.0
"""How long a printer may take to keep one picture. One that takes longer is met again as a stranger when it is back."""
REST_S = 2.0
"""After a ticket: the next citizen often stands right behind."""
RESTS = 4
"""After a write, times its duration."""
_BLOCKS = 100


class PrinterMemory:
    """What the printer at the other end keeps, for paper with `dots` across."""

    def __init__(self, dots: int) -> None:
        self._dots = dots
        self.logo: Strip | None = None
        """Kept before everything else."""
        self.half_written = True
        """Whether it may wait for the rest of a picture, and take the next bytes for that: nobody knows what went on
        before the first meeting."""
        self._wanted: tuple[Band, ...] = ()
        self._bands: tuple[Band, ...] = ()
        self._to_draw: deque[Band] = deque()
        self._drawn: list[Picture] = []
        self._set = KeptSet()
        self._met: Found | None = None
        self._listed: frozenset[nv.Key] | None = None
        self._settled = False
        self._rest_until = float("-inf")
        self._writes = 0

    def keep(self, bands: tuple[Band, ...]) -> None:
        """These bands have the fixed words, the most used first. From any thread."""
        self._wanted = bands

    def kept(self, found: Found) -> Mapping[Picture, nv.Key] | None:
        """What the printer just met can print from its memory; None: it has none that is known of."""
        self._rest_until = max(self._rest_until, time.monotonic() + REST_S)
        return None if self._listed is None or found is not self._met else self._set.kept(self._listed)

    def step(self, talk: Talk, found: Found) -> bool:
        """Draw, look up or write one thing; whether there is more to do now. Raises LineLost."""
        if self._bands is not self._wanted:
            logo = cut(self.logo, self._dots) if self.logo else None
            self._bands, self._to_draw = self._wanted, deque(self._wanted)
            self._drawn = [logo.picture] if logo else []
        if self._to_draw:
            self._drawn += pictures([self._to_draw.popleft()], self._dots)
            if not self._to_draw:
                self._set, self._settled = KeptSet(self._drawn), False
            return True
        if found is not self._met:
            return self._meet(talk, found)
        if self._listed is None or self._settled or time.monotonic() < self._rest_until:
            return False
        return self._write(talk, self._listed)

    def _meet(self, talk: Talk, found: Found) -> bool:
        self._met, self._settled, self.half_written = found, False, False
        self._listed = self._list(talk, ANSWER_S)
        if self._listed is None:
            logger.info("printer: lists no pictures of its own, tickets are drawn")
            # What a printer that does not know the question has taken for letters goes with the reset.
            talk.send(escpos.RESET + (escpos.TELL if found.tells else b""), ANSWER_S)
        return self._listed is not None

    def _write(self, talk: Talk, listed: frozenset[nv.Key]) -> bool:
        free = self._free(talk)
        step = self._set.next_step(listed, free)
        if step is None:
            self._settle(listed, free)
            return False
        began = time.monotonic()
        data = nv.define(step.key, step.picture) if isinstance(step, Define) else nv.delete(step.key)
        self._writes += 1
        self.half_written = True
        if not talk.send(data, WRITE_S):
            clear(talk)
            self._met = None
            return False
        self.half_written = False
        self._listed = self._list(talk, WRITE_S)
        now = time.monotonic()
        self._rest_until = now + RESTS * (now - began)
        if self._listed is None:
            logger.warning("printer: said nothing after a picture was written")
        elif (step.key in self._listed) is isinstance(step, Delete):
            logger.warning("printer: does not change its pictures, %d of them are kept", len(self._listed))
            self._settled = True
        return self._listed is not None

    def _settle(self, listed: frozenset[nv.Key], free: int | None) -> None:
        self._settled = True
        have, want = len(self._set.kept(listed)), len(self._set.keys)
        room = "unknown" if free is None else free
        logger.info("printer: keeps %d of %d pictures, %s bytes free, %d writes", have, want, room, self._writes)

    def _list(self, talk: Talk, timeout_s: float) -> frozenset[nv.Key] | None:
        talk.forget()
        talk.send(nv.LIST_KEYS, ANSWER_S)
        found: frozenset[nv.Key] = frozenset()
        for _ in range(_BLOCKS):
            heard = talk.listen(Block, timeout_s, lambda block: block.body.startswith(nv.LISTED))
            block = nv.keys(heard.body) if heard else None
            if block is None:
                return None
            found |= block[0]
            talk.send(nv.ACK, ANSWER_S)
            if not block[1]:
                return found
        return None

    def _free(self, talk: Talk) -> int | None:
        talk.forget()
        talk.send(nv.FREE_BYTES, ANSWER_S)
        heard = talk.listen(Block, ANSWER_S, lambda block: block.body.startswith(nv.FREE))
        return nv.free(heard.body) if heard else None
