"""What pages of several boxes are made of, as values.

Rules: pure.
"""

from dataclasses import dataclass
from typing import Literal

from appliance.display.geometry import Rect
from appliance.display.palette import Colour

Across = Literal["left", "middle", "right"]
Down = Literal["top", "middle", "bottom"]
"""Where words stand in their rectangle."""


@dataclass(frozen=True)
class Box:
    """A filled rectangle with round corners, and a border where `border_width` is more than 0."""

    rect: Rect
    fill: Colour
    radius: int = 0
    border: Colour | None = None
    border_width: int = 0
