"""A small display nobody plugged in: its pictures on the stage, part `display`. Rules: as those of the real one."""

from functools import partial

from appliance.display.canvas import Canvas
from appliance.display.window import Look, OffScreen
from appliance.runtime.stage import Stage
from desk_keypad.config import DisplaySection
from desk_keypad.drivers.paint import paint
from desk_keypad.ports import DisplayIs, Face, Tell

PART = "display"


class SimDisplay:
    """Shown on `stage`."""

    def __init__(self, section: DisplaySection, tell: Tell, stage: Stage) -> None:
        self._language = section.language
        self._tell = tell
        self._stage = stage
        self._face: Face | None = None
        self._screen = OffScreen(Look(section.width, section.height), self._pictured)

    def start(self) -> None:
        """Be there."""
        self._screen.start()
        self._tell(DisplayIs(present=True))

    def show(self, face: Face) -> None:
        """Draw it as soon as possible."""
        self._screen.show(partial(self._scene, face))

    def stop(self) -> None:
        """Be gone."""
        self._screen.stop()

    @property
    def alive(self) -> bool:
        """Whether its thread runs."""
        return self._screen.alive

    def _scene(self, face: Face, canvas: Canvas) -> None:
        self._face = face
        paint(canvas, face, self._language)

    def _pictured(self, png: bytes) -> None:
        if self._face is not None:
            self._stage.show(PART, "picture", png, pattern=self._face.pattern, number=self._face.number)
