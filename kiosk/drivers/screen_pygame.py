"""The touch screen: a window on the desktop, or the whole screen of a box without one.

Rules: what is touched shows it within the frame, whatever the box is busy with.
"""

from collections.abc import Callable
from functools import partial

from appliance.display.canvas import Canvas
from appliance.display.geometry import Rect
from appliance.display.window import Look, Window
from kiosk.config import ScreenSection
from kiosk.drivers.painter import paint
from kiosk.parts import ScreenTouched
from kiosk.view import View

EDGE = 6
"""How much of a target's edge stays as it is when the rest shows a touch, px: its corners are round."""


class PygameScreen:
    """Shows views; `tell` gets ScreenTouched, on the window's thread."""

    def __init__(self, section: ScreenSection, tell: Callable[[object], None]) -> None:
        look = Look(section.width, section.height, title="goiso", fullscreen=section.fullscreen)
        self._drawn: View | None = None
        self._window = Window(look, lambda x, y: tell(ScreenTouched(x, y)), pressed=self._pressed)

    def start(self) -> None:
        """Open it."""
        self._window.start()

    def show(self, view: View) -> None:
        """Draw `view` as soon as possible."""
        self._window.show(partial(self._scene, view))

    def stop(self) -> None:
        """Close it."""
        self._window.stop()

    @property
    def fault(self) -> str:
        """Why nobody can see it, or ""."""
        return self._window.fault

    @property
    def alive(self) -> bool:
        """Whether the thread runs."""
        return self._window.alive

    def _scene(self, view: View, canvas: Canvas) -> None:
        self._drawn = view
        paint(canvas, view)

    def _pressed(self, x: float, y: float) -> Rect | None:
        target = self._drawn.target(x, y) if self._drawn else None
        return target.rect.inset(EDGE) if target else None
