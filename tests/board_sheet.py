"""Every state of every board as pictures to look at: `python -m tests.board_sheet FOLDER`.

One sheet for each language and way round; and `boards.png`, the four that stand in the guide.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import pygame

from appliance.display.canvas import Canvas
from display_board.drivers.paint import paint
from display_board.views import View
from tests.board_scene import SECONDS, every_view

SIZES = ((1920, 1080), (1080, 1920))
GUIDE = ("pulsing", "more than fit", "waiting", "two desks")


def main(folder: Path) -> None:
    """Write them all."""
    for second in SECONDS:
        views = dict(every_view(second))
        for size in SIZES:
            landscape = size[0] > size[1]
            file = folder / f"boards-{second or 'vi'}-{'landscape' if landscape else 'portrait'}.png"
            sheet(list(views.values()), size, (5, 560) if landscape else (8, 330), file)
    shown = dict(every_view("en"))
    sheet([shown[name] for name in GUIDE], SIZES[0], (2, 640), folder / "boards.png")


def sheet(views: Sequence[View], size: tuple[int, int], shape: tuple[int, int], file: Path) -> None:
    """Pictures of boards of `size` side by side: so many across, each so many px wide."""
    (across, wide), gap = shape, 8
    high = wide * size[1] // size[0]
    whole = pygame.Surface((across * (wide + gap) - gap, -(-len(views) // across) * (high + gap) - gap))
    whole.fill((255, 255, 255))
    for index, view in enumerate(views):
        surface = pygame.Surface(size)
        paint(Canvas(surface), view)
        place = (index % across * (wide + gap), index // across * (high + gap))
        whole.blit(pygame.transform.smoothscale(surface, (wide, high)), place)
    pygame.image.save(whole, str(file))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
