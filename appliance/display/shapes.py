"""Small drawings that say the same in every language: arrows, a tick, a lens, a warning, faces for the rating levels.

Rules: drawn on a square of any size in one colour; every one stands beside words, never alone.
"""

import math
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

import pygame

from appliance.display.canvas import Canvas
from appliance.display.geometry import Rect
from appliance.display.moods import MOODS
from appliance.display.palette import Colour

Point = tuple[float, float]
Paint = Callable[[pygame.Surface, Colour], None]

_MOUTHS: tuple[tuple[float, bool], ...] = ((0.2, True), (0.11, False), (0.0, False), (-0.08, False), (-0.16, False))
"""From the best: how far the mouth bends down in its middle (parts of the side); whether it is open."""


def arrow(canvas: Canvas, rect: Rect, colour: Colour, turn: int = 0) -> None:
    """A thick arrow to the right, turned clockwise by `turn` degrees."""
    canvas.shape(rect, _named(f"arrow{turn}", partial(_arrow, turn)), colour)


def chevron(canvas: Canvas, rect: Rect, colour: Colour, turn: int = 0) -> None:
    """The thin sign for "more this way", to the right, turned clockwise by `turn` degrees."""
    points = [_turned(point, turn) for point in ((0.36, 0.2), (0.66, 0.5), (0.36, 0.8))]
    canvas.shape(rect, _named(f"chevron{turn}", partial(_stroke, points, 0.1)), colour)


def tick(canvas: Canvas, rect: Rect, colour: Colour) -> None:
    """Done, chosen."""
    points = ((0.16, 0.54), (0.4, 0.78), (0.84, 0.26))
    canvas.shape(rect, _named("tick", partial(_stroke, points, 0.12)), colour)


def lens(canvas: Canvas, rect: Rect, colour: Colour) -> None:
    """Look for something."""
    canvas.shape(rect, _lens, colour)


def person(canvas: Canvas, rect: Rect, colour: Colour) -> None:
    """Head and shoulders: so many people."""
    canvas.shape(rect, _person, colour)


def warning(canvas: Canvas, rect: Rect, colour: Colour) -> None:
    """A triangle with an exclamation mark: something needs a person."""
    canvas.shape(rect, _warning, colour)


def larger(canvas: Canvas, rect: Rect, colour: Colour) -> None:
    """A small and a large letter: words can be larger."""
    canvas.shape(rect, _larger, colour)


def contrast(canvas: Canvas, rect: Rect, colour: Colour) -> None:
    """A disc half filled: colours can be turned round."""
    canvas.shape(rect, _contrast, colour)


def face(canvas: Canvas, rect: Rect, level: int, levels: int, colour: Colour) -> None:
    """The face of a rating level, 1 the best of 2 to 5 `levels`."""
    place = MOODS[levels][level - 1]
    canvas.shape(rect, _named(f"face{place}", partial(_face, *_MOUTHS[place])), colour)


_kept: dict[str, Paint] = {}


def _named(name: str, paint: Paint) -> Paint:
    """The same function object for the same name, so that a drawing made once is found again."""
    return _kept.setdefault(name, paint)


def _turned(point: Point, degrees: int) -> Point:
    angle = math.radians(degrees)
    x, y = point[0] - 0.5, point[1] - 0.5
    return (
        0.5 + x * math.cos(angle) - y * math.sin(angle),
        0.5 + x * math.sin(angle) + y * math.cos(angle),
    )


def _arrow(turn: int, surface: pygame.Surface, colour: Colour) -> None:
    outline = ((0.04, 0.37), (0.52, 0.37), (0.52, 0.12), (0.96, 0.5), (0.52, 0.88), (0.52, 0.63), (0.04, 0.63))
    side = surface.get_width()
    pygame.draw.polygon(surface, colour, [(x * side, y * side) for x, y in (_turned(p, turn) for p in outline)])


def _stroke(points: Sequence[Point], thick: float, surface: pygame.Surface, colour: Colour) -> None:
    """A line of round ends and joints through `points` (parts of the side)."""
    side = surface.get_width()
    radius = thick * side / 2
    for (x1, y1), (x2, y2) in pairwise(points):
        length = math.hypot(x2 - x1, y2 - y1) or 1.0
        across = ((y1 - y2) / length * radius, (x2 - x1) / length * radius)
        corners = [
            (x * side + sign * across[0], y * side + sign * across[1])
            for x, y, sign in ((x1, y1, 1), (x2, y2, 1), (x2, y2, -1), (x1, y1, -1))
        ]
        pygame.draw.polygon(surface, colour, corners)
    for x, y in points:
        pygame.draw.circle(surface, colour, (x * side, y * side), radius)


def _lens(surface: pygame.Surface, colour: Colour) -> None:
    ring = [(0.42 + 0.3 * math.cos(a / 40 * math.pi), 0.42 + 0.3 * math.sin(a / 40 * math.pi)) for a in range(81)]
    _stroke(ring, 0.1, surface, colour)
    _stroke([(0.64, 0.64), (0.9, 0.9)], 0.12, surface, colour)


def _person(surface: pygame.Surface, colour: Colour) -> None:
    side = surface.get_width()
    pygame.draw.circle(surface, colour, (0.5 * side, 0.28 * side), 0.2 * side)
    shoulders = pygame.Rect(round(0.14 * side), round(0.54 * side), round(0.72 * side), round(0.8 * side))
    surface.set_clip(pygame.Rect(0, 0, side, round(0.92 * side)))
    pygame.draw.rect(surface, colour, shoulders, border_radius=round(0.3 * side))
    surface.set_clip(None)


def _warning(surface: pygame.Surface, colour: Colour) -> None:
    _stroke([(0.5, 0.1), (0.94, 0.86), (0.06, 0.86), (0.5, 0.1)], 0.08, surface, colour)
    _stroke([(0.5, 0.36), (0.5, 0.6)], 0.09, surface, colour)
    _stroke([(0.5, 0.74), (0.5, 0.74)], 0.1, surface, colour)


def _larger(surface: pygame.Surface, colour: Colour) -> None:
    for left, right, top in ((0.04, 0.38, 0.48), (0.36, 0.98, 0.08)):
        middle, thick = (left + right) / 2, 0.1 if top < 0.2 else 0.085
        _stroke([(left + 0.05, 0.88), (middle, top + 0.04), (right - 0.05, 0.88)], thick, surface, colour)
        inside, bar = (right - left) * 0.2, 0.88 - (0.88 - top) * 0.28
        _stroke([(left + inside, bar), (right - inside, bar)], thick * 0.9, surface, colour)


def _contrast(surface: pygame.Surface, colour: Colour) -> None:
    ring = [(0.5 + 0.42 * math.cos(a / 40 * math.pi), 0.5 + 0.42 * math.sin(a / 40 * math.pi)) for a in range(81)]
    _stroke(ring, 0.09, surface, colour)
    half = [(0.5 + 0.42 * math.sin(a / 40 * math.pi), 0.5 - 0.42 * math.cos(a / 40 * math.pi)) for a in range(41)]
    side = surface.get_width()
    pygame.draw.polygon(surface, colour, [(x * side, y * side) for x, y in half])


def _face(bend: float, is_open: bool, surface: pygame.Surface, colour: Colour) -> None:
    ring = [(0.5 + 0.44 * math.cos(a / 40 * math.pi), 0.5 + 0.44 * math.sin(a / 40 * math.pi)) for a in range(81)]
    _stroke(ring, 0.06, surface, colour)
    for x in (0.35, 0.65):
        _stroke([(x, 0.37), (x, 0.42)], 0.085, surface, colour)
    level = 0.62 if bend >= 0 else 0.68
    mouth = [(0.3 + 0.4 * t / 24, level + bend * (1 - (2 * t / 24 - 1) ** 2)) for t in range(25)]
    if is_open:
        side = surface.get_width()
        pygame.draw.polygon(surface, colour, [(x * side, y * side) for x, y in mouth])
        mouth.append(mouth[0])
    _stroke(mouth, 0.06, surface, colour)
