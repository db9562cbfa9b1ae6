"""A touch screen nobody plugged in: the same pages off-screen, seen and touched on the stage, part `screen`.

Rules: a picture goes out with its page and what a touch means where, for those who cannot see it; a touch comes back as
`{"kind": "touch", "x": 0.5, "y": 0.5}`, fractions of width and height.
"""

from dataclasses import asdict
from functools import partial
from typing import Any

from appliance.display.canvas import Canvas
from appliance.display.window import Look, OffScreen
from appliance.runtime.stage import Stage
from rating_terminal.config import PanelSection, ScreenSection
from rating_terminal.drivers.painter import paint
from rating_terminal.pages import lay_out
from rating_terminal.ports import Face, Report, Tell, Touched
from rating_terminal.view import View

PART = "screen"


class SimScreenPanel:
    """A `Panel` on the stage that is touched; `tell` gets Touched, on the stage's thread."""

    def __init__(self, section: PanelSection, tell: Tell, report: Report, screen: ScreenSection, stage: Stage) -> None:
        self._levels = section.levels
        self._tell = tell
        self._report = report
        self._stage = stage
        self._size = (screen.width, screen.height)
        self._drawn: View | None = None
        self._face: Face | None = None
        self._screen = OffScreen(Look(screen.width, screen.height), self._pictured)

    def start(self) -> tuple[bool, ...]:
        """Be there; no finger is on it."""
        self._screen.start()
        self._stage.listen(PART, self._touched)
        self._report("ready", "simulated")
        return (False,) * self._levels

    def show(self, face: Face) -> None:
        """Draw the page of `face` as soon as possible."""
        self._screen.show(partial(self._scene, face, lay_out(face, *self._size)))

    def stop(self) -> None:
        """Be gone."""
        self._screen.stop()

    @property
    def alive(self) -> bool:
        """Whether its thread runs."""
        return self._screen.alive

    def _scene(self, face: Face, view: View, canvas: Canvas) -> None:
        self._face, self._drawn = face, view
        paint(canvas, view)

    def _pictured(self, png: bytes) -> None:
        if self._face is not None and self._drawn is not None:
            self._stage.show(PART, "picture", png, **asdict(self._face), targets=_targets(self._drawn))

    def _touched(self, act: dict[str, Any]) -> None:
        x, y = act.get("x"), act.get("y")
        if not isinstance(x, int | float) or not isinstance(y, int | float) or self._drawn is None:
            return
        target = self._drawn.target(x, y)
        if target is not None:
            self._tell(Touched(target.meaning, float(x), float(y)))


def _targets(view: View) -> list[list[str | float]]:
    """[what a touch means, x, y] of every target, such as ["Chosen 1", 0.15, 0.5]."""
    return [
        [
            " ".join((type(each.meaning).__name__, *map(str, each.meaning))),
            round((each.rect.x + each.rect.w / 2) / view.width, 4),
            round((each.rect.y + each.rect.h / 2) / view.height, 4),
        ]
        for each in view.targets
    ]
