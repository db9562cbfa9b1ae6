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


def before(spare: int, at: Across | Down) -> int:
    """How much of the `spare` px lies to the left of, or above, what stands `at` that place of its rectangle."""
    return {"left": 0, "top": 0, "middle": spare // 2, "right": spare, "bottom": spare}[at]


@dataclass(frozen=True)
class Box:
    """A filled rectangle with round corners, and a border where `border_width` is more than 0."""

    rect: Rect
    fill: Colour
    radius: int = 0
    border: Colour | None = None
    border_width: int = 0
