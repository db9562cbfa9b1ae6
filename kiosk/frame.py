"""Where things stand on every page: the header above, the body, and low down, for every hand, actions and reading aids.

Rules: pure; all measures are given for a screen 1080 wide (or, lying, 1080 tall) and scaled once, here.
"""

from dataclasses import dataclass

from appliance.display.geometry import Rect


@dataclass(frozen=True)
class Frame:
    """The places of a page. `status` has no height where the header tells what it would.

    `aids` is one row for languages and reading aids, or one row for each.
    """

    scale: float
    lying: bool
    header: Rect
    body: Rect
    status: Rect
    actions: Rect
    aids: tuple[Rect, ...]


@dataclass(frozen=True)
class _Measures:
    header: int
    under_header: int
    status: int
    actions: int
    aid: int
    rows: int = 1
    gap: int = 24
    low: int = 40
    beside: bool = False


_STANDING = _Measures(header=156, under_header=28, status=64, actions=136, aid=88)
_STANDING_LARGE = _Measures(header=184, under_header=28, status=28, actions=160, aid=104, rows=2, gap=20)
_LYING = _Measures(header=124, under_header=20, status=64, actions=112, aid=112, beside=True)
_LYING_LARGE = _Measures(header=120, under_header=20, status=16, actions=112, aid=96, gap=16, low=24)
EDGE = 40
"""What stays free at the left and the right."""


def frame(width: int, height: int, large: bool) -> Frame:
    """The frame of a page of `width` × `height` px; on a lying one large words have no room for more than one title."""
    lying = width > height
    scale = min(width / 1920, height / 1080) if lying else min(width / 1080, height / 1920)
    measures = (_LYING_LARGE if large else _LYING) if lying else (_STANDING_LARGE if large else _STANDING)

    def px(measure: float) -> int:
        return round(measure * scale)

    edge, across, gap = px(EDGE), width - 2 * px(EDGE), px(measures.gap)
    high = measures.rows * px(measures.aid) + (measures.rows - 1) * gap
    aids = Rect(edge, height - px(measures.low) - high, across, high)
    if measures.beside:
        aids, actions = aids.columns((5, 4), px(32))
    else:
        actions = Rect(edge, aids.y - gap - px(measures.actions), across, px(measures.actions))
    header = Rect(0, 0, width, px(measures.header))
    status = Rect(edge, actions.y - px(measures.status), across, 0 if large else px(48))
    top = header.bottom + px(measures.under_header)
    body = Rect(edge, top, across, actions.y - px(measures.status) - px(0 if large else 8) - top)
    return Frame(scale, lying, header, body, status, actions, tuple(aids.rows([1] * measures.rows, gap)))
