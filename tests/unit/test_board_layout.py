"""Nothing overlaps and nothing leaves the screen, whatever its size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.display.geometry import Rect
from display_board.layout import call_grid, lay_out

SIZES = [(1280, 720), (1920, 1080), (3840, 2160), (720, 1280), (1080, 1920), (2160, 3840), (1024, 768), (1366, 768)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("banner", [False, True])
@pytest.mark.parametrize("notice", [False, True])
@pytest.mark.parametrize("calls", [0, 12])
def test_parts_fill_the_screen_without_overlap(size: tuple[int, int], banner: bool, notice: bool, calls: int) -> None:
    layout = lay_out(*size, banner=banner, notice=notice, calls=calls)
    parts = [layout.banner, layout.hero, layout.calls, layout.notice, layout.footer]
    assert sum(part.w * part.h for part in parts) == size[0] * size[1]
    assert not any(a.overlaps(b) for i, a in enumerate(parts) for b in parts[i + 1 :] if a.w * a.h and b.w * b.h)
    assert layout.hero.h > size[1] * 0.3


@given(st.integers(0, 60), st.integers(0, 100))
def test_turn_by_turn_every_call_gets_a_place_of_its_own(count: int, start: int) -> None:
    room = Rect(700, 60, 560, 520)
    pages = call_grid(room, count, 0, 24).pages
    placed: list[int] = []
    for turn in range(start, start + pages):
        grid = call_grid(room, count, turn, 24)
        assert not any(a.overlaps(b) for i, a in enumerate(grid.cells) for b in grid.cells[i + 1 :])
        assert all(room.x <= cell.x and cell.right <= room.right and cell.bottom <= room.bottom for cell in grid.cells)
        placed += range(grid.first, grid.first + len(grid.cells))
    assert sorted(placed) == list(range(count))
