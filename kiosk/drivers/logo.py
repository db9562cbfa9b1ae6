"""The centre's sign above its name, from a picture file, in black dots.

Rules: dark is black and light is white, nothing between; a picture that cannot be read is no reason to print no ticket.
"""

import logging

import pygame

from kiosk.drivers.sheet import Sheet, dots_of
from kiosk.drivers.strip import Strip
from kiosk.drivers.strips import MARGIN

logger = logging.getLogger(__name__)

TALLEST = 112
"""14 mm."""
_DARK = 128


def read_logo(path: str, dots: int) -> Strip | None:
    """The picture at `path`, centred on paper with `dots` across, made smaller where it must; None without one."""
    if not path:
        return None
    try:
        drawn = pygame.image.load(path)
    except (pygame.error, OSError) as error:
        logger.warning("printer: no logo on tickets: %s: %s", path, error)
        return None
    page = pygame.Surface(drawn.get_size(), 0, 32)
    page.fill((255, 255, 255))
    page.blit(drawn, (0, 0))
    share = min(1.0, TALLEST / page.get_height(), (dots - 2 * MARGIN) / page.get_width())
    size = (max(1, round(page.get_width() * share)), max(1, round(page.get_height() * share)))
    rows = dots_of(pygame.transform.smoothscale(page, size), _DARK)
    sheet = Sheet(dots)
    sheet.stamp(rows, size[0], (dots - size[0]) // 2, 0)
    return sheet.strip(feed=8)
