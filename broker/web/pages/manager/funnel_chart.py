"""Desks as points in the funnel of what chance alone explains.

Rules: pure; nobody is named in the picture, and no order is made of it; what is not told of a desk is a bar, no guess.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from broker.web.pages.manager.charts import DEEP, QUIET, STOP, layout_of

OUTER, INNER = "#e9f1f8", "#c9dfef"


class Point(Struct, frozen=True):
    """A desk in a funnel: somewhere from `low` to `high` percent, which is one place where all is told."""

    rated: int
    low: float
    high: float
    name: str
    beyond: bool


class Edge(Struct, frozen=True):
    """The funnel at so many ratings: lower and upper end in percent, of the outer and the inner one."""

    rated: int
    outer: tuple[float, float]
    inner: tuple[float, float]


def funnel_plot(
    points: Sequence[Point], edges: Sequence[Edge], level: float, words: tuple[str, str, str], lang: str
) -> dict[str, Any]:
    """Points on the outer and inner funnel around `level` percent.

    They are not named: who looks for a desk finds it in the table. Beyond chance they are squares. `words`: the
    level's name, and what stands at the left and right end.
    """
    sizes = [edge.rated for edge in edges]
    bands = [
        {
            "type": "scatter",
            "mode": "lines",
            "hoverinfo": "skip",
            "fill": "toself",
            "fillcolor": colour,
            "x": [*sizes, *reversed(sizes)],
            "line": {"width": 0},
            "y": [*(low for low, _ in band), *(high for _, high in reversed(band))],
        }
        for band, colour in (([edge.outer for edge in edges], OUTER), ([edge.inner for edge in edges], INNER))
    ]
    halves = [round((each.high - each.low) / 2, 3) for each in points]
    dots = {
        "type": "scatter",
        "mode": "markers",
        "cliponaxis": False,
        "x": [each.rated for each in points],
        "y": [round((each.low + each.high) / 2, 2) for each in points],
        "error_y": {"type": "data", "array": halves, "color": DEEP, "thickness": 2, "width": 0},
        "text": [each.name for each in points],
        "marker": {
            "size": [14 if each.beyond else 10 for each in points],
            "symbol": ["square" if each.beyond else "circle" for each in points],
            "color": [STOP if each.beyond else DEEP for each in points],
            "line": {"color": "#ffffff", "width": 1},
        },
        "hovertemplate": "%{text}: %{y} %<extra></extra>",
    }
    lowest = min([*(each.low for each in points), level - 3 * (100 - level)])
    layout = layout_of(lang, 360)
    layout["xaxis"] |= {"range": [0, max(sizes)], "nticks": 6, "tickformat": ","}
    layout["yaxis"] |= {"range": [max(0.0, lowest - 0.5), 100.4], "ticksuffix": " %"}
    centre = {
        "type": "scatter",
        "mode": "lines",
        "hoverinfo": "skip",
        "x": [0, max(sizes)],
        "y": [level, level],
        "line": {"color": QUIET, "width": 2, "dash": "dot"},
    }
    font = {"size": 14, "color": QUIET}
    layout["annotations"] = [
        {
            "xref": "paper",
            "x": 1,
            "y": level,
            "text": words[0],
            "showarrow": False,
            "xanchor": "right",
            "yanchor": "bottom",
            "font": font,
        },
        *(
            {
                "xref": "paper",
                "yref": "paper",
                "x": x,
                "y": 0,
                "text": text,
                "showarrow": False,
                "xanchor": side,
                "yanchor": "bottom",
                "font": font,
            }
            for x, text, side in ((0.01, words[1], "left"), (0.99, words[2], "right"))
        ),
    ]
    return {"data": [*bands, centre, dots], "layout": layout}
