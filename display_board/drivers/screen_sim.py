"""A screen without a display: the same painter off-screen, each picture handed to the stage as a PNG.

Rules: painting and encoding stay off the owner's thread; the facts of a picture (`call_seq`, `number`) are those of the
very view that was painted.
"""

from dataclasses import replace
from typing import Any

from appliance.display.canvas import Canvas
from appliance.display.window import Look, OffScreen
from appliance.runtime.stage import Stage
from display_board.announce import SOFTEST
from display_board.config import CounterOutput, ScreenOutput
from display_board.drivers.paint import paint
from display_board.ports import Report
from display_board.views import BoardView, CounterView, View, shown_calls


class SimScreen:
    """A `Screen` that people see on the stage, part `output.part`, kind `picture`."""

    def __init__(self, output: ScreenOutput | CounterOutput, report: Report, stage: Stage) -> None:
        self._part = output.part
        self._report = report
        self._stage = stage
        self._off_screen = OffScreen(Look(output.width, output.height), self._pictured)
        self._shown: View | None = None
        self._painted: View | None = None

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
            self._stage.show(self._part, "picture", picture, **_facts(self._painted))


def _in_two_steps(view: View) -> View:
    if isinstance(view, CounterView):
        return replace(view, cards=tuple(replace(card, pulse=_step(card.pulse)) for card in view.cards))
    return replace(view, pulse=_step(view.pulse))


def _step(pulse: int) -> int:
    return SOFTEST if pulse > SOFTEST // 2 else 0


def _facts(view: View) -> dict[str, Any]:
    if isinstance(view, BoardView):
        return {**_facts_of_hall(view), "stale": view.stale}
    newest = max(view.cards, key=lambda card: (card.fresh, card.seq))
    return {
        "call_seq": newest.seq,
        "number": newest.number,
        "place": newest.place,
        "mode": newest.mode.value,
        "stale": view.stale,
        "pulse": max(card.pulse for card in view.cards),
        "fresh": newest.fresh,
        "calls": sum(bool(card.number) for card in view.cards),
    }


def _facts_of_hall(view: BoardView) -> dict[str, Any]:
    hero = view.hero
    return {
        "call_seq": hero.seq if hero else 0,
        "number": hero.number if hero else "",
        "place": hero.place if hero else "",
        "mode": view.mode.value,
        "pulse": view.pulse,
        "fresh": hero is not None and hero.fresh,
        "calls": len(view.calls) + (hero is not None),
    }
