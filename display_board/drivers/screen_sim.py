"""A screen without a display: the same painter off-screen, each picture handed to the stage as a PNG.

Rules: painting and encoding stay off the owner's thread; the facts of a picture (`call_seq`, `number`) are those of the
very view that was painted.
"""

from dataclasses import replace

from appliance.display.canvas import Canvas
from appliance.display.window import Look, OffScreen
from appliance.runtime.stage import Stage
from display_board.announce import SOFTEST
from display_board.config import ScreenOutput
from display_board.drivers.paint_board import paint
from display_board.ports import Report
from display_board.views import BoardView


class SimScreen:
    """A `Screen` that people see on the stage, part `output.part`, kind `picture`."""

    def __init__(self, output: ScreenOutput, report: Report, stage: Stage) -> None:
        self._part = output.part
        self._report = report
        self._stage = stage
        self._off_screen = OffScreen(Look(output.width, output.height), self._pictured)
        self._shown: BoardView | None = None
        self._painted: BoardView | None = None

    def start(self) -> None:
        """Begin to paint."""
        self._off_screen.start()
        self._report("ready", "simulated")

    def show(self, view: BoardView) -> None:
        """Paint `view` soon. A picture that travels pulses in two steps, not eight: nobody must wait behind it."""
        view = replace(view, pulse=SOFTEST if view.pulse > SOFTEST // 2 else 0)
        if view == self._shown:
            return
        self._shown = view

        def scene(canvas: Canvas) -> None:
            paint(canvas, view)
            self._painted = view

        self._off_screen.show(scene)

    def stop(self) -> None:
        """End the thread."""
        self._off_screen.stop()

    @property
    def alive(self) -> bool:
        """Whether the thread runs."""
        return self._off_screen.alive

    def _pictured(self, picture: bytes) -> None:
        """Called by the thread that painted, after each painting."""
        view = self._painted
        if view is None:
            return
        hero = view.hero
        self._stage.show(
            self._part,
            "picture",
            picture,
            call_seq=hero.seq if hero else 0,
            number=hero.number if hero else "",
            place=hero.place if hero else "",
            mode=view.mode.value,
            stale=view.stale,
            pulse=view.pulse,
            fresh=hero is not None and hero.fresh,
            calls=len(view.calls) + (hero is not None),
        )
