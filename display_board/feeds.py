"""One output and what it shows: composes its view of a scene, and hands it on only when it is another one.

Rules: no I/O and no clock of its own; the driver behind it never blocks.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from display_board.compose import Scene, compose_led, next_turn_at
from display_board.ports import LedLine, Screen
from display_board.views import LedView, View


class Feed(Protocol):
    """An output, as the app sees it."""

    def start(self) -> None:
        """Open the output."""

    def refresh(self, scene: Scene) -> float | None:
        """Show what `scene` means here; when time alone will change it next (monotonic seconds), or None."""

    def stop(self) -> None:
        """Close the output."""


class ScreenFeed:
    """A screen, and what `compose` makes of a scene for it."""

    def __init__(self, compose: Callable[[Scene], View], screen: Screen) -> None:
        self._compose = compose
        self._screen = screen
        self._shown: View | None = None

    def start(self) -> None:
        """Open the screen."""
        self._screen.start()

    def refresh(self, scene: Scene) -> float | None:
        """Draw the scene when it looks different now; the next turn of what does not fit at once."""
        view = self._compose(scene)
        if view != self._shown:
            self._shown = view
            self._screen.show(view)
        return next_turn_at(view.turn, scene.moment.elapsed)

    def stop(self) -> None:
        """Close the screen."""
        self._screen.stop()


class LedFeed:
    """A line of LED panels: address → the desks whose number it shows."""

    def __init__(self, panels: Mapping[int, Sequence[str]], line: LedLine) -> None:
        self._panels = panels
        self._line = line
        self._shown: LedView | None = None

    def start(self) -> None:
        """Open the line."""
        self._line.start()

    def refresh(self, scene: Scene) -> float | None:
        """Show the numbers of the scene. Nothing changes by time alone but staleness, which the app watches."""
        view = compose_led(scene.board, self._panels, scene.moment)
        if view != self._shown:
            self._shown = view
            self._line.show(view)
        return None

    def stop(self) -> None:
        """Close the line."""
        self._line.stop()
