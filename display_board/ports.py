"""What a board needs of its parts. A driver draws or sends what it is given, decides nothing and never blocks."""

from collections.abc import Callable
from typing import Protocol

from appliance.wire.choices import PartState
from display_board.views import LedView, View

Report = Callable[[PartState, str], None]
"""How a part tells that it is ready, degraded or at fault, and why; may be called from any thread."""


class Screen(Protocol):
    """A picture for a hall or a counter."""

    def start(self) -> None:
        """Open it. What goes wrong is reported, not raised: the other outputs go on."""

    def show(self, view: View) -> None:
        """Draw `view` soon; a newer one replaces one not yet drawn if it calls the same. Returns at once."""

    def stop(self) -> None:
        """Close it."""

    @property
    def alive(self) -> bool:
        """Whether the thread behind it does its work, or has said why it cannot."""


class LedLine(Protocol):
    """LED panels on one serial line."""

    def start(self) -> None:
        """Open the line, and open it again for ever when it breaks."""

    def show(self, view: LedView) -> None:
        """Keep the panels at `view`: sent at once and again every two seconds. Returns at once."""

    def stop(self) -> None:
        """Close the line."""

    @property
    def alive(self) -> bool:
        """Whether the thread behind it does its work, or has said why it cannot."""
