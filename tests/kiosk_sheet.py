"""Every page of the kiosk as pictures to look at: `python -m tests.kiosk_sheet FOLDER`.

One sheet for each language, way round, size of words and ground; and `kiosk.png`, the four that stand in the guide.
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import pygame

from appliance.display.canvas import Canvas
from kiosk.drivers.painter import paint
from kiosk.view import View
from tests.kiosk_scene import LANGUAGES, SIZES, every_leaf

PINK = (200, 0, 200)
GUIDE = (
    ("START with priority", False, False),
    ("PROCEDURE ct-137 ct-nop", False, False),
    ("START with priority", True, False),
    ("REVIEW with priority", True, True),
)


def main(folder: Path) -> None:
    """Write them all."""
    for language in LANGUAGES:
        for size in SIZES:
            for large in (False, True):
                for dark in (False, True):
                    shown = [view for _, _, view in every_leaf(language, size, large, dark, most=4)]
                    kind = f"{'-large' * large}{'-dark' * dark}"
                    across = (8, 330) if size[0] < size[1] else (5, 560)
                    sheet(shown, *across, PINK, folder / f"{language}-{size[0]}{kind}.png")
    sheet([_page(*wanted) for wanted in GUIDE], 4, 405, (255, 255, 255), folder / "kiosk.png")


def sheet(views: Sequence[View], columns: int, wide: int, ground: tuple[int, int, int], file: Path) -> None:
    """Pages side by side, each `wide` px wide."""
    high, gap = wide * views[0].height // views[0].width, 8
    whole = pygame.Surface((columns * (wide + gap) - gap, -(-len(views) // columns) * (high + gap) - gap))
    whole.fill(ground)
    for index, picture in enumerate(_pictures(views)):
        place = (index % columns * (wide + gap), index // columns * (high + gap))
        whole.blit(pygame.transform.smoothscale(picture, (wide, high)), place)
    pygame.image.save(whole, str(file))


def _pictures(views: Iterable[View]) -> Iterable[pygame.Surface]:
    for view in views:
        surface = pygame.Surface((view.width, view.height))
        paint(Canvas(surface), view)
        yield surface


def _page(name: str, large: bool, dark: bool) -> View:
    return next(view for each, _, view in every_leaf("vi", SIZES[0], large, dark) if each == name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
