"""A small display on the machine's own video output. Rules: it shows; touching it does nothing."""

from functools import partial

from appliance.display.canvas import Canvas
from appliance.display.window import Look, Window
from desk_keypad.config import DisplaySection
from desk_keypad.drivers.paint import paint
from desk_keypad.ports import DisplayIs, Face, Tell


class ScreenDisplay:
    """A window of its own; `tell` gets DisplayIs, on the window's thread."""

    def __init__(self, section: DisplaySection, tell: Tell) -> None:
        self._language = section.language
        look = Look(section.width, section.height, title="goiso", fullscreen=section.fullscreen)
        self._window = Window(look, lambda _x, _y: None, lambda fault: tell(DisplayIs(not fault, fault)))

    def start(self) -> None:
        """Open it."""
        self._window.start()

    def show(self, face: Face) -> None:
        """Draw it as soon as possible."""
        self._window.show(partial(self._scene, face))

    def stop(self) -> None:
        """Close it."""
        self._window.stop()

    @property
    def alive(self) -> bool:
        """Whether the window's thread runs."""
        return self._window.alive

    def _scene(self, face: Face, canvas: Canvas) -> None:
        paint(canvas, face, self._language)
