"""Drawing for every screen: smooth boxes, and words fitted into rectangles.

Rules: coordinates are px of the surface; round corners and shapes are smooth (drawn large once, scaled down, kept);
words go through `text.fit`, so that nothing is clipped unseen.
"""

import functools
from collections.abc import Callable

import pygame

from appliance.display.breaking import runs
from appliance.display.fonts import LOCK, Style, font
from appliance.display.geometry import Rect
from appliance.display.marks import Across, Box, Down, before
from appliance.display.palette import Colour
from appliance.display.text import Setting, fit, width

OVERSAMPLE = 4


class Canvas:
    """A surface with the few strokes that our screens are made of."""

    def __init__(self, surface: pygame.Surface) -> None:
        self.surface = surface
        self.width, self.height = surface.get_size()

    def fill(self, colour: Colour) -> None:
        """The whole surface in one colour."""
        self.surface.fill(colour)

    def box(
        self, rect: Rect, colour: Colour, *, radius: int = 0, border: Colour | None = None, border_width: int = 2
    ) -> None:
        """A filled rectangle with round corners and, inside its edge, a border."""
        if border is not None:
            self.box(rect, border, radius=radius)
            self.box(rect.inset(border_width), colour, radius=max(0, radius - border_width))
            return
        radius = min(radius, rect.w // 2, rect.h // 2)
        if radius <= 0:
            self.surface.fill(colour, rect)
            return
        self.surface.fill(colour, rect.inset(radius, 0))
        self.surface.fill(colour, rect.inset(0, radius))
        disc = _disc(radius, colour)
        for right in (0, 1):
            for low in (0, 1):
                corner = (right * radius, low * radius, radius, radius)
                place = (rect.right - radius if right else rect.x, rect.bottom - radius if low else rect.y)
                self.surface.blit(disc, place, corner)

    def put(self, box: Box) -> None:
        """A box of a page."""
        border = box.border if box.border_width else None
        self.box(box.rect, box.fill, radius=box.radius, border=border, border_width=box.border_width)

    def ring(self, rect: Rect, colour: Colour, thick: int, radius: int) -> None:
        """A band `thick` px wide inside the edge of a rectangle with round corners; what it encloses stays as it is."""
        radius = max(thick, min(radius, rect.w // 2, rect.h // 2))
        along, down = rect.inset(radius, 0), rect.inset(0, radius)
        for y in (rect.y, rect.bottom - thick):
            self.surface.fill(colour, (along.x, y, along.w, thick))
        for x in (rect.x, rect.right - thick):
            self.surface.fill(colour, (x, down.y, thick, down.h))
        hoop = _hoop(radius, thick, colour)
        for right in (0, 1):
            for low in (0, 1):
                corner = (right * radius, low * radius, radius, radius)
                place = (rect.right - radius if right else rect.x, rect.bottom - radius if low else rect.y)
                self.surface.blit(hoop, place, corner)

    def text(
        self,
        rect: Rect,
        words: str,
        style: Style,
        colour: Colour,
        *,
        across: Across = "left",
        down: Down = "top",
        lines: int = 1,
        least: int = 0,
    ) -> Setting:
        """`words` inside `rect` in at most `lines` lines, smaller (not below `least` px) where they would not fit."""
        setting = fit(words, style, (rect.w, rect.h), lines, least or style.size)
        first = rect.y + before(rect.h - setting.height, down) + setting.rise
        for index, line in enumerate(setting.lines):
            left = rect.x + before(rect.w - width(line, setting.style), across)
            self.line(left, first + index * setting.line_height, line, setting.style, colour)
        return setting

    def line(self, x: int, y: int, words: str, style: Style, colour: Colour) -> None:
        """One line of words whose baseline is the row `y`, from column `x` on."""
        for khmer, piece in runs(words):
            with LOCK:
                opened = font(style, khmer)
                drawn = opened.render(piece, antialias=True, color=colour)
                self.surface.blit(drawn, (x, y - opened.get_ascent()))
            x += drawn.get_width()

    def shape(self, rect: Rect, paint: Callable[[pygame.Surface, Colour], None], colour: Colour) -> None:
        """A drawing that `paint` makes on a square surface, in the middle of `rect`; made once per size and colour."""
        side = min(rect.w, rect.h)
        drawn = _shape(paint, side, colour)
        self.surface.blit(drawn, (rect.x + (rect.w - side) // 2, rect.y + (rect.h - side) // 2))


@functools.lru_cache(maxsize=128)
def _disc(radius: int, colour: Colour) -> pygame.Surface:
    large = pygame.Surface((2 * radius * OVERSAMPLE,) * 2, pygame.SRCALPHA)
    large.fill((*colour, 0))
    pygame.draw.circle(large, colour, (radius * OVERSAMPLE,) * 2, radius * OVERSAMPLE)
    return pygame.transform.smoothscale(large, (2 * radius,) * 2)


@functools.lru_cache(maxsize=16)
def _hoop(radius: int, thick: int, colour: Colour) -> pygame.Surface:
    large = pygame.Surface((2 * radius * OVERSAMPLE,) * 2, pygame.SRCALPHA)
    large.fill((*colour, 0))
    middle = (radius * OVERSAMPLE,) * 2
    pygame.draw.circle(large, colour, middle, radius * OVERSAMPLE, thick * OVERSAMPLE)
    return pygame.transform.smoothscale(large, (2 * radius,) * 2)


@functools.lru_cache(maxsize=64)
def _shape(paint: Callable[[pygame.Surface, Colour], None], side: int, colour: Colour) -> pygame.Surface:
    large = pygame.Surface((side * OVERSAMPLE,) * 2, pygame.SRCALPHA)
    large.fill((*colour, 0))
    paint(large, colour)
    return pygame.transform.smoothscale(large, (side, side))
