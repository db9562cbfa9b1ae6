"""Everything the page tells beside the boxes' own pictures: conditions, time, paper, LED panels, and how fast it was.

Rules: told from many threads, it only writes into the gallery; it decides nothing but who is served by hand.
"""

import re
import threading
import time
from collections.abc import Callable, Mapping

from virtual_centre.by_hand import ByHand
from virtual_centre.cast import BOARD, CROWD, KIOSK, LED
from virtual_centre.crowd_app import PART as CLERKS
from virtual_centre.family import Condition
from virtual_centre.gallery import Gallery, Showing
from virtual_centre.printer.emulator import PrintedTicket
from virtual_centre.printer.paper import DOTS_PER_MM
from virtual_centre.request_head import RequestHead
from virtual_centre.stage_server import PRESENCE, StageServer
from virtual_centre.stopwatch import Stopwatch

_DESK_ACTION = re.compile(r"/api/v1/desks/([a-z0-9-]{1,32})/([a-z_]{2,16})")
_CALLING = frozenset({"next", "recall", "take"})
HALL = "screen"
"""The part of the board that hangs in the hall."""
HOME = "centre"
"""The device under which the centre itself shows what it knows."""


class Observer:
    """Writes into `gallery`, and tells the crowd over `stage` which desks people serve by hand.

    `panels` are the LED panels: address → the place where one hangs.
    """

    def __init__(self, gallery: Gallery, stage: StageServer, zone: str, panels: Mapping[int, str]) -> None:
        self._gallery = gallery
        self._stage = stage
        self._zone = zone
        self._lock = threading.Lock()
        self._stopwatch = Stopwatch()
        self._by_hand = ByHand()
        self._places = panels
        self._texts = dict.fromkeys(panels, "")
        self._crowd = {"on": False, "came": 0}
        gallery.visit(self._see)
        self._show_panels()

    def condition(self, name: str) -> Callable[[Condition], None]:
        """Who tells how program `name` is."""

        def told(condition: Condition) -> None:
            self._show(name, "condition", condition=condition)
            if name == "crowd":
                self._people(on=condition in ("starting", "ready"))

        return told

    def time(self, now: float, pace: float) -> None:
        """It is `now` (Unix seconds), and time goes at `pace`."""
        self._show("clock", "facts", now=now, pace=pace, zone=self._zone)

    def faults(self, on: list[str]) -> None:
        """These faults are being played."""
        self._show("faults", "facts", on=on)

    def ticket(self, ticket: PrintedTicket) -> None:
        """The printer has cut a ticket off."""
        facts = {"size": ticket.size, "mm": round(ticket.height / DOTS_PER_MM)}
        self._gallery.show(KIOSK, "paper", "picture", time.monotonic(), facts, ticket.png)

    def panel(self, address: int, text: str) -> None:
        """An LED panel shows something else."""
        with self._lock:
            self._texts[address] = text
        self._show_panels()

    def _show_panels(self) -> None:
        panels = [{"address": key, "text": text, "label": self._places[key]} for key, text in self._texts.items()]
        self._gallery.show(LED, "led", "panels", time.monotonic(), {"panels": panels})

    def request(self, head: RequestHead, at: float) -> None:
        """A request for the hub came in: perhaps a clerk's key."""
        key = _DESK_ACTION.fullmatch(head.path)
        if head.method != "POST" or key is None:
            return
        desk, action = key.groups()
        self.pressed(desk, at, calls=action in _CALLING)

    def pressed(self, desk: str, at: float, *, calls: bool) -> None:
        """A person pressed a key at a desk, at monotonic second `at`; whether that key calls somebody."""
        with self._lock:
            if calls:
                self._stopwatch.press(desk, at)
            fresh = self._by_hand.press(desk, at)
        if fresh:
            self._tell_crowd()

    def called(self, seq: int, desk: str) -> None:
        """The hub has said that call `seq` is of `desk`."""
        with self._lock:
            after = self._stopwatch.call(seq, desk)
        self._tell_time(after)

    def look_around(self) -> None:
        """Now and then: who has left a desk?"""
        with self._lock:
            left = self._by_hand.give_back(time.monotonic())
        if left:
            self._tell_crowd()

    def _see(self, showing: Showing) -> None:
        """What a box shows may tell more than its picture."""
        facts = showing.facts
        if (showing.device, showing.part, showing.kind) == (BOARD, HALL, "picture"):
            with self._lock:
                after = self._stopwatch.picture(int(facts.get("call_seq", 0)), showing.at)
            self._tell_time(after)
        elif showing.device == CROWD and showing.kind == "press" and facts["action"] in _CALLING:
            with self._lock:
                self._stopwatch.press(facts["desk"], facts["at"])
        elif showing.device == CROWD and showing.kind == "facts":
            self._people(came=facts["came"])
        elif showing.device == CROWD and showing.kind == PRESENCE and facts["connected"]:
            self._tell_crowd()

    def _tell_time(self, after: float | None) -> None:
        if after is not None:
            self._show("stopwatch", "facts", ms=round(after * 1000))

    def _tell_crowd(self) -> None:
        self._stage.send(CROWD, CLERKS, "by_hand", desks=self._by_hand.desks)

    def _people(self, **news: object) -> None:
        with self._lock:
            self._crowd = {**self._crowd, **news}  # type: ignore[dict-item]  # because facts are JSON
        self._show("crowd", "facts", **self._crowd)

    def _show(self, part: str, kind: str, **facts: object) -> None:
        self._gallery.show(HOME, part, kind, time.monotonic(), facts)
