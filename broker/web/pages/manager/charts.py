"""Charts as values: a question, its answer in a sentence, what Plotly draws, and the same figures as a table.

Rules: pure; few lines, each labelled where it ends; a second line differs by its dashes too; no legend, no zoom.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

INK, QUIET, LINE, DEEP, SECOND, STOP, BAND = "#10243e", "#3b4e66", "#d5dde6", "#0a3a5c", "#2f6f9f", "#8c1813", "#dbe8f2"
"""The colours of the look, as in goiso.css."""
VEIL = "rgba(255,255,255,0.85)"
"""Behind words that a line may run through."""


class Table(Struct, frozen=True):
    """The same figures for those who do not see the chart, and for paper."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Chart(Struct, frozen=True, kw_only=True):
    """`title` asks, `answer` says it in a sentence."""

    title: str
    answer: str
    figure: dict[str, Any]
    table: Table


class Series(Struct, frozen=True):
    """A line: its name and a value for each point, None where there is none."""

    name: str
    values: Sequence[float | None]


class Limit(Struct, frozen=True):
    """A level to compare with."""

    name: str
    value: float


def over_time(
    days: Sequence[str], series: Sequence[Series], unit: str, lang: str, limits: Sequence[Limit] = (), top: float = 0
) -> dict[str, Any]:
    """Lines over days (`YYYY-MM-DD`), the first of them the one that matters."""
    traces = [
        {
            "type": "scatter",
            "mode": "lines+markers" if len(days) < 40 else "lines",
            "name": each.name,
            "x": list(days),
            "y": list(each.values),
            "line": {"color": (DEEP, SECOND)[n > 0], "width": (3, 2)[n > 0], "dash": ("solid", "dot")[n > 0]},
            "marker": {"size": 7},
            "hovertemplate": f"%{{y}} {unit}<extra>{each.name}</extra>",
            "connectgaps": False,
        }
        for n, each in enumerate(series)
    ]
    values = [value for each in series for value in each.values if value is not None]
    highest = max([top, 1.0, *values, *(limit.value for limit in limits)])
    notes = [_end_note(days, each, (DEEP, SECOND)[n > 0], n == 0, highest) for n, each in enumerate(series)]
    layout = layout_of(lang, 320)
    layout["xaxis"] |= {"type": "date", "tickformat": "%-d %b" if lang == "en" else "%d/%m", "nticks": 8}
    layout["xaxis"] |= {"hoverformat": "%-d %b %Y" if lang == "en" else "%d/%m/%Y"}
    layout["yaxis"] |= {"range": [0, 1.18 * highest], "ticksuffix": f" {unit}"}
    layout["shapes"] = [_level(limit) for limit in limits]
    layout["annotations"] = [*filter(None, notes), *(_level_note(limit) for limit in limits)]
    return {"data": traces, "layout": layout}


def ranges(
    names: Sequence[str], low: Series, high: Series, unit: str, lang: str, limits: Sequence[Limit] = (), top: float = 0
) -> dict[str, Any]:
    """A row for each name, from a light point to a dark one; the first name stands on top."""
    bars: dict[str, list[Any]] = {"x": [], "y": []}
    for name, left, right in zip(names, low.values, high.values, strict=True):
        bars["x"] += [left, right, None]
        bars["y"] += [name, name, None]
    traces: list[dict[str, Any]] = [
        {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "line": {"color": BAND, "width": 8}, **bars},
        *(
            {
                "type": "scatter",
                "mode": "markers",
                "cliponaxis": False,
                "x": list(each.values),
                "y": list(names),
                "marker": {"size": 13, "color": colour, "symbol": symbol, "line": {"color": DEEP, "width": 2}},
                "hovertemplate": f"%{{x}} {unit}<extra>{each.name}</extra>",
            }
            for each, colour, symbol in ((low, "#ffffff", "circle"), (high, DEEP, "circle"))
        ),
    ]
    layout = layout_of(lang, 90 + 30 * len(names))
    layout["yaxis"] |= {"autorange": "reversed", "type": "category", "showgrid": False, "ticks": "", "automargin": True}
    layout["yaxis"] |= {"tickmode": "array", "tickvals": list(names)}
    most = max(
        [top, *(value for value in high.values if value is not None), *(limit.value for limit in limits)], default=1
    )
    layout["xaxis"] |= {
        "range": [-0.02 * most, 1.04 * most],
        "ticksuffix": f" {unit}",
        "showgrid": True,
        "gridcolor": LINE,
    }
    layout["xaxis"] |= {"nticks": 6}
    layout["shapes"] = [_level(limit, upright=True) for limit in limits]
    notes = [_level_note(limit, upright=True) for limit in limits]
    if names:
        notes += _heads(names[0], low, high, most)
    layout["annotations"] = notes
    return {"data": traces, "layout": layout}


def layout_of(lang: str, height: int) -> dict[str, Any]:
    """What all charts share: letters, room, thin lines; nothing zooms."""
    axis = {"fixedrange": True, "zeroline": False, "linecolor": QUIET, "tickfont": {"size": 14, "color": QUIET}}
    return {
        "height": height,
        "margin": {"l": 64, "r": 20, "t": 24, "b": 36},
        "font": {"family": "Noto Sans, sans-serif", "size": 15, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": INK, "font": {"family": "Noto Sans, sans-serif", "size": 15, "color": "#ffffff"}},
        "separators": ".," if lang == "en" else ",.",
        "xaxis": {**axis, "showgrid": False, "ticks": "outside", "tickcolor": LINE},
        "yaxis": {**axis, "showgrid": True, "gridcolor": LINE, "nticks": 6, "showline": False},
    }


def _heads(name: str, low: Series, high: Series, most: float) -> list[dict[str, Any]]:
    """What the two points of the first row are: between them where there is room, else on their outer sides."""
    left, right = low.values[0], high.values[0]
    if left is None or right is None:
        return []
    inside = right - left > 0.4 * most
    sides = (("left", -6), ("right", 6)) if inside else (("right", 6), ("left", -6))
    return [
        {
            "x": x,
            "y": name,
            "text": each.name,
            "showarrow": False,
            "xanchor": side,
            "xshift": shift,
            "yanchor": "bottom",
            "yshift": 9,
            "font": {"size": 14, "color": QUIET},
        }
        for each, x, (side, shift) in ((low, left, sides[0]), (high, right, sides[1]))
    ]


def _end_note(days: Sequence[str], series: Series, colour: str, above: bool, top: float) -> dict[str, Any] | None:
    """The line's name at its end: clear of the first line above it, below the others where there is room."""
    known = [(day, value) for day, value in zip(days, series.values, strict=True) if value is not None]
    if not known:
        return None
    end = [value for _, value in known[-max(1, len(known) // 6) :]]
    over = above or min(end) < 0.12 * top
    return {
        "x": known[-1][0],
        "y": max(end) if over else min(end),
        "text": series.name,
        "showarrow": False,
        "xanchor": "right",
        "yanchor": "bottom" if over else "top",
        "yshift": 8 if over else -8,
        "font": {"size": 15, "color": colour},
        "bgcolor": VEIL,
    }


def _level(limit: Limit, upright: bool = False) -> dict[str, Any]:
    along, across = ("y", "x") if upright else ("x", "y")
    return {
        "type": "line",
        f"{along}ref": "paper",
        f"{along}0": 0,
        f"{along}1": 1,
        f"{across}0": limit.value,
        f"{across}1": limit.value,
        "line": {"color": STOP, "width": 2, "dash": "dash"},
    }


def _level_note(limit: Limit, upright: bool = False) -> dict[str, Any]:
    place = {"yref": "paper", "y": 1, "x": limit.value} if upright else {"xref": "paper", "x": 0, "y": limit.value}
    return {
        **place,
        "text": limit.name,
        "showarrow": False,
        "xanchor": "center" if upright else "left",
        "yanchor": "bottom",
        "font": {"size": 14, "color": STOP},
    }
