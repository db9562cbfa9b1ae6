"""A real screen: the picture through pygame, on the window's own thread.

Rules: a display that is missing or goes away is reported and costs nothing else; the process lives on.
"""

from appliance.display.canvas import Canvas
from appliance.display.window import Look, Window
from display_board.config import ScreenOutput
from display_board.drivers.paint_board import paint
from display_board.ports import Report
from display_board.views import BoardView

NOTHING_TO_TOUCH_S = 0.1
"""How often the window system is listened to: often enough to stay on good terms, and idle otherwise."""


class HdmiScreen:
    """A `Screen` on the display that SDL finds: KMSDRM on an appliance, a desktop's window elsewhere."""

    def __init__(self, output: ScreenOutput, report: Report) -> None:
        look = Look(output.width, output.height, "goiso", output.fullscreen, NOTHING_TO_TOUCH_S)
        self._window = Window(look, _nothing_to_touch)
        self._report = report

    def start(self) -> None:
        """Open the display."""
        self._window.start()

    def show(self, view: BoardView) -> None:
        """Draw `view` when the window's thread is free."""
        if self._window.fault:
            self._report("fault", f"no picture: {self._window.fault}")

        def scene(canvas: Canvas) -> None:
            paint(canvas, view)
            self._report("ready", "")

        self._window.show(scene)

    def stop(self) -> None:
        """Close the display."""
        self._window.stop()

    @property
    def alive(self) -> bool:
        """Whether the window's thread runs. A lost display is told and lived with; anything else must not go unseen."""
        return self._window.alive or bool(self._window.fault)


def _nothing_to_touch(_across: float, _down: float) -> None:
    """A hall board has nothing to press."""
