"""A touch screen as a panel: a window on the desktop, or the whole screen of a box without one.

Rules: what is touched shows it within the frame; thanks come only with the page that the box shows after the disk.
"""

from functools import partial

from appliance.display.canvas import Canvas
from appliance.display.geometry import Rect
from appliance.display.window import Look, Window
from rating_terminal.config import PanelSection, ScreenSection
from rating_terminal.drivers.painter import paint
from rating_terminal.pages import lay_out
from rating_terminal.ports import Face, Report, Tell, Touched
from rating_terminal.view import View

EDGE = 8
"""How much of a target's edge stays as it is when the rest shows a touch, px: its corners are round."""


class PygamePanel:
    """A `Panel` that is touched; `tell` gets Touched, on the window's thread."""

    def __init__(self, section: PanelSection, tell: Tell, report: Report, screen: ScreenSection) -> None:
        self._levels = section.levels
        self._tell = tell
        self._report = report
        self._size = (screen.width, screen.height)
        self._drawn: View | None = None
        look = Look(screen.width, screen.height, title="goiso", fullscreen=screen.fullscreen)
        self._window = Window(look, self._touched, self._told, self._pressed)

    def start(self) -> tuple[bool, ...]:
        """Open the screen; no finger is on it."""
        self._window.start()
        return (False,) * self._levels

    def show(self, face: Face) -> None:
        """Draw the page of `face` as soon as possible."""
        self._window.show(partial(self._scene, lay_out(face, *self._size)))

    def stop(self) -> None:
        """Close it."""
        self._window.stop()

    @property
    def alive(self) -> bool:
        """Whether the window's thread runs."""
        return self._window.alive

    def _scene(self, view: View, canvas: Canvas) -> None:
        self._drawn = view
        paint(canvas, view)

    def _touched(self, x: float, y: float) -> None:
        target = self._drawn.target(x, y) if self._drawn else None
        if target is not None:
            self._tell(Touched(target.meaning, x, y))

    def _pressed(self, x: float, y: float) -> Rect | None:
        target = self._drawn.target(x, y) if self._drawn else None
        return target.rect.inset(EDGE) if target else None

    def _told(self, fault: str) -> None:
        if fault:
            self._report("fault", f"no picture: {fault}; is the screen plugged in?")
        else:
            self._report("ready", "")
