"""A real screen: the picture through pygame, on the window's own thread.

Rules: a display that is missing or goes away is reported, tried again, and costs nothing else; the process lives on.
"""

from functools import partial

from appliance.display.canvas import Canvas
from appliance.display.window import Look, Window
from display_board.config import CounterOutput, ScreenOutput
from display_board.drivers.paint import paint
from display_board.ports import Report
from display_board.views import View, shown_calls

NOTHING_TO_TOUCH_S = 0.1
"""How often the window system is listened to: often enough to stay on good terms, and idle otherwise."""


class HdmiScreen:
    """A `Screen` on the display that SDL finds: KMSDRM on an appliance, a desktop's window elsewhere."""

    def __init__(self, output: ScreenOutput | CounterOutput, report: Report) -> None:
        look = Look(output.width, output.height, "goiso", output.fullscreen, NOTHING_TO_TOUCH_S)
        self._window = Window(look, _nothing_to_touch, self._told)
        self._report = report

    def start(self) -> None:
        """Open the display."""
        self._window.start()

    def show(self, view: View) -> None:
        """Draw `view` when the window's thread is free."""
        self._window.show(partial(_scene, view), shown_calls(view))

    def stop(self) -> None:
        """Close the display."""
        self._window.stop()

    @property
    def alive(self) -> bool:
        """Whether the window's thread runs."""
        return self._window.alive

    def _told(self, fault: str) -> None:
        if fault:
            self._report("fault", f"no picture: {fault}; is the screen plugged in and switched on?")
        else:
            self._report("ready", "")


def _scene(view: View, canvas: Canvas) -> None:
    paint(canvas, view)


def _nothing_to_touch(_across: float, _down: float) -> None:
    """A board has nothing to press."""
