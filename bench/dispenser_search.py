"""How long a letter on a dispenser's keyboard takes to become results on the screen.

Every letter of every tenth procedure is typed, beside the least that any search must do (folding every name and looking
through it) and the least that any screen must do (filling it).
"""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import pygame

from appliance.display.canvas import Canvas
from bench.centre_words import DAY, procedures, site
from bench.report import Figure
from kiosk.catalogue import Catalogue
from kiosk.drivers.painter import paint
from kiosk.drivers.ruler import FontRuler
from kiosk.events import Sought, Typed
from kiosk.flow import step
from kiosk.screens import view
from kiosk.search import LONGEST, SearchIndex, fold
from kiosk.sight import Sight
from kiosk.states import Flow, Times, begin

SIZE = (1080, 1920)
GOAL_MS = 50.0
RULER = FontRuler()


def measure(say: Callable[[str], None]) -> list[Figure]:
    """All figures of a search."""
    say("making the index")
    centre, listed = site(), procedures()
    began = time.perf_counter()
    catalogue = Catalogue(centre, procedures=SearchIndex(listed))
    index_ms = _since(began)
    names = [each.name.vi for each in listed]
    say(f"typing the names of {len(names[::10])} procedures")
    flows = list(_typed(names[::10]))
    scans = [_timed(partial(_scan, names, flow.query)) for flow in flows[::20]]
    finds = [_timed(partial(catalogue.find, flow.query)) for flow in flows]
    canvas = Canvas(pygame.Surface(SIZE))
    fills = [_timed(partial(canvas.fill, (n, n, n))) for n in range(200)]
    strokes = [_timed(partial(_stroke, canvas, catalogue, flow)) for flow in flows[::4]]
    return [
        Figure(name="procedures", value=len(names)),
        Figure(name="search_index_ms", value=index_ms, unit="ms"),
        Figure(name="search_scan_ms_p99", value=_p99(scans), unit="ms"),
        Figure(name="search_ms_p99", value=_p99(finds), unit="ms", baseline="search_scan_ms_p99", at_most=GOAL_MS),
        Figure(name="fill_ms_p99", value=_p99(fills), unit="ms"),
        Figure(name="keystroke_ms_p99", value=_p99(strokes), unit="ms", baseline="fill_ms_p99", at_most=GOAL_MS),
    ]


def _typed(names: list[str]) -> Iterator[Flow]:
    """The search after every letter of every name."""
    for name in names:
        flow, _ = step(begin("vi"), Sought(), 0.0, Times())
        for letter in fold(name)[:LONGEST]:
            flow, _ = step(flow, Typed(letter), 0.0, Times())
            yield flow


def _scan(names: list[str], query: str) -> list[str]:
    return [name for name in names if query in fold(name)]


def _stroke(canvas: Canvas, catalogue: Catalogue, flow: Flow) -> None:
    """From the letter to the picture."""
    moment = datetime.fromisoformat(f"{DAY}T07:42").replace(tzinfo=ZoneInfo(catalogue.site.timezone))
    before = replace(flow, query=flow.query[:-1])
    after, _ = step(before, Typed(flow.query[-1]), 0.0, Times())
    paint(canvas, view(Sight(after, catalogue, {}, moment, *SIZE, RULER)))


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return _since(began)


def _since(began: float) -> float:
    return 1000 * (time.perf_counter() - began)


def _p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]
