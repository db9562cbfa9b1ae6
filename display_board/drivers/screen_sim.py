"""A screen without a display: the same painter off-screen, each picture handed to the stage as a PNG.

Rules: painting and encoding stay off the owner's thread; the facts of a picture (`call_seq`, `number`) are those of the
very view that was painted. A picture that a watcher never got was drawn all the same: `drawn` says which calls were,
and when (`time.monotonic()`).
"""

import time
from collections import deque
from dataclasses import replace
from typing import Any

from appliance.display.canvas import Canvas
from appliance.display.window import Look, OffScreen
from appliance.runtime.stage import Stage
from display_board.announce import SOFTEST
from display_board.config import CounterOutput, ScreenOutput
from display_board.drivers.paint import paint
from display_board.ports import Report
from display_board.views import CallLine, CounterView, DeskCard, View, shown_calls

REMEMBERED = 32
"""Calls of which every picture says when they were drawn."""

_NOBODY = CallLine(0, 0, "", "", "")


class SimScreen:
    """A `Screen` that people see on the stage, part `output.part`, kind `picture`."""

    def __init__(self, output: ScreenOutput | CounterOutput, report: Report, stage: Stage) -> None:
        self._part = output.part
        self._report = report
        self._stage = stage
        self._off_screen = OffScreen(Look(output.width, output.height), self._pictured)
        self._shown: View | None = None
        self._painted: View | None = None
        self._drawn: deque[tuple[int, float]] = deque(maxlen=REMEMBERED)

    def start(self) -> None:
        """Begin to paint."""
        self._off_screen.start()
        self._report("ready", "simulated")

    def show(self, view: View) -> None:
        """Paint `view` soon. A picture that travels pulses in two steps, not eight: nobody must wait behind it."""
        view = _in_two_steps(view)
        if view == self._shown:
            return
        self._shown = view

        def scene(canvas: Canvas) -> None:
            paint(canvas, view)
            self._painted = view
            newest = _newest(view)
            if newest.seq not in (seq for seq, _ in self._drawn):
                self._drawn.append((newest.seq, time.monotonic()))

        self._off_screen.show(scene, shown_calls(view))

    def stop(self) -> None:
        """End the thread."""
        self._off_screen.stop()

    @property
    def alive(self) -> bool:
        """Whether the thread runs."""
        return self._off_screen.alive

    def _pictured(self, picture: bytes) -> None:
        """Called by the thread that painted, after each painting."""
        if self._painted is not None:
            self._stage.show(self._part, "picture", picture, **_facts(self._painted), drawn=list(self._drawn))


def _in_two_steps(view: View) -> View:
    if isinstance(view, CounterView):
        return replace(view, cards=tuple(replace(card, pulse=_step(card.pulse)) for card in view.cards))
    return replace(view, pulse=_step(view.pulse))


def _step(pulse: int) -> int:
    return SOFTEST if pulse > SOFTEST // 2 else 0


def _newest(view: View) -> CallLine | DeskCard:
    if isinstance(view, CounterView):
        return max(view.cards, key=lambda card: (card.fresh, card.seq))
    return view.hero or _NOBODY


def _facts(view: View) -> dict[str, Any]:
    newest = _newest(view)
    said = {"call_seq": newest.seq, "number": newest.number, "place": newest.place, "fresh": newest.fresh}
    if isinstance(view, CounterView):
        mode, pulse = view.cards[0].mode.value, max(card.pulse for card in view.cards)
        calls = sum(bool(card.number) for card in view.cards)
    else:
        mode, pulse, calls = view.mode.value, view.pulse, len(view.calls) + (view.hero is not None)
    return {**said, "mode": mode, "stale": view.stale, "pulse": pulse, "calls": calls}
