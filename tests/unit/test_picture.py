"""A picture for a watcher is the surface, pixel by pixel, whatever was written before it."""

import io

import pygame
import pytest

from appliance.display.picture import PictureWriter


@pytest.mark.parametrize("size", [(1, 1), (7, 3), (640, 360)])
def test_the_picture_is_the_surface(size: tuple[int, int]) -> None:
    writer = PictureWriter(*size)
    for seed in (3, 5):
        surface = pygame.Surface(size)
        for x in range(size[0]):
            surface.fill((x * seed % 256, 255 - x % 256, seed), (x, 0, 1, size[1]))
        surface.fill((1, 2, 3), (0, size[1] // 2, size[0], 1))
        seen = pygame.image.load(io.BytesIO(writer.png(surface)))
        assert pygame.image.tobytes(seen, "RGB") == pygame.image.tobytes(surface, "RGB")
