"""A screen nobody plugged in: the same pages off-screen, seen and touched on the stage.

Rules: every picture goes to part "screen", kind "picture", with the page's name and where a touch means what (the
middles of its targets, as fractions), for those who cannot see it; a touch comes back with `x` and `y`, from 0 to 1.
"""

import logging
from collections.abc import Callable
from dataclasses import astuple
from functools import partial
from typing import Any

from appliance.display.canvas import Canvas
from appliance.display.window import Look, OffScreen
from appliance.runtime.stage import Stage
from kiosk.config import ScreenSection
from kiosk.drivers.painter import paint
from kiosk.parts import ScreenTouched
from kiosk.view import View

logger = logging.getLogger(__name__)


class SimScreen:
    """Shows views on `stage`; `tell` gets ScreenTouched, on the stage's thread."""

    def __init__(self, section: ScreenSection, tell: Callable[[object], None], stage: Stage) -> None:
        self._tell = tell
        self._stage = stage
        self._drawn: View | None = None
        self._screen = OffScreen(Look(section.width, section.height), self._pictured)

    def start(self) -> None:
        """Be there."""
        self._stage.listen("screen", self._touched)
        self._screen.start()

    def show(self, view: View) -> None:
        """Draw `view` as soon as possible."""
        self._screen.show(partial(self._scene, view))

    def stop(self) -> None:
        """Be gone."""
        self._screen.stop()

    @property
    def fault(self) -> str:
        """Nothing can break."""
        return self._screen.fault

    @property
    def alive(self) -> bool:
        """Whether the thread runs."""
        return self._screen.alive

    def _scene(self, view: View, canvas: Canvas) -> None:
        self._drawn = view
        paint(canvas, view)

    def _pictured(self, png: bytes) -> None:
        if self._drawn is not None:
            self._stage.show("screen", "picture", png, page=self._drawn.page, targets=_targets(self._drawn))

    def _touched(self, act: dict[str, Any]) -> None:
        x, y = act.get("x"), act.get("y")
        if isinstance(x, int | float) and isinstance(y, int | float) and 0 <= x <= 1 and 0 <= y <= 1:
            self._tell(ScreenTouched(float(x), float(y)))
        else:
            logger.warning("screen: no touch at %r, %r", x, y)


def _targets(view: View) -> list[list[str | float]]:
    """[what a touch means, x, y] of every target, such as ["Chose tnmt", 0.25, 0.18]."""
    return [
        [
            " ".join((type(event).__name__, *map(str, astuple(event)))).strip(),
            round((rect.x + rect.w / 2) / view.width, 4),
            round((rect.y + rect.h / 2) / view.height, 4),
        ]
        for rect, event in ((target.rect, target.event) for target in view.targets)
    ]
