"""What does not fit one page goes on over several: lists and long texts as blocks, leaf by leaf.

Rules: pure; a block is never cut in two; every block stands on exactly one leaf, in its order; a leaf is never empty.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from appliance.display.geometry import Rect


@dataclass(frozen=True)
class Block:
    """Something `height` px tall at least, and how it is drawn in the place that it is given."""

    height: int
    draw: Callable[[Rect], None]


def leaves(heights: Sequence[int], room: int, gap: int) -> list[range]:
    """Which of the blocks stand on which leaf, `room` px tall, `gap` px apart; one taller than a leaf stands alone."""
    found: list[range] = []
    start, used = 0, 0
    for index, height in enumerate(heights):
        if index > start and used + gap + height > room:
            found.append(range(start, index))
            start, used = index, 0
        used += height + (gap if index > start else 0)
    return [*found, range(start, len(heights))]


def places(blocks: Sequence[Block], room: Rect, gap: int, most: float) -> list[Rect]:
    """Where blocks stand in `room`: what is left makes each taller, up to `most` times, and then stays free below."""
    needed = sum(block.height for block in blocks)
    spare = max(0, room.h - needed - gap * (len(blocks) - 1))
    grown = min(spare, round(needed * (most - 1)))
    found, top = [], room.y
    for index, block in enumerate(blocks):
        height = block.height + grown * block.height // max(1, needed)
        height = min(height, room.bottom - top) if index == len(blocks) - 1 else height
        found.append(Rect(room.x, top, room.w, height))
        top += height + gap
    return found
