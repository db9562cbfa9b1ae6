"""Nothing overlaps and nothing leaves the screen, whatever its size; digits are read from 15 m."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.display.geometry import Rect
from display_board.layout import DIGITS, ROWS, arc_minutes, call_grid, card_grid, lay_out

SIZES = [(1280, 720), (1920, 1080), (3840, 2160), (720, 1280), (1080, 1920), (2160, 3840), (1024, 768), (1366, 768)]
ROOM = Rect(700, 60, 560, 520)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("banner", [False, True])
@pytest.mark.parametrize("notice", [False, True])
@pytest.mark.parametrize("calls", [None, 0, 12])
def test_parts_fill_the_screen_without_overlap(
    size: tuple[int, int], banner: bool, notice: bool, calls: int | None
) -> None:
    layout = lay_out(*size, banner=banner, notice=notice, calls=calls)
    parts = [layout.banner, layout.hero, layout.calls, layout.notice, layout.footer]
    assert sum(part.w * part.h for part in parts) == size[0] * size[1]
    assert not any(a.overlaps(b) for i, a in enumerate(parts) for b in parts[i + 1 :] if a.w * a.h and b.w * b.h)
    assert layout.hero.h > size[1] * 0.3


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 100))
def test_turn_by_turn_every_call_gets_a_place_of_its_own(wanted: int, served: int, start: int) -> None:
    pages = call_grid(ROOM, wanted, served, 0, 24).pages
    placed: set[int] = set()
    for turn in range(start, start + pages):
        grid = call_grid(ROOM, wanted, served, turn, 24)
        assert len(set(grid.shown)) == len(grid.shown) == len(grid.cells)
        assert not any(a.overlaps(b) for i, a in enumerate(grid.cells) for b in grid.cells[i + 1 :])
        assert all(ROOM.x <= cell.x and cell.right <= ROOM.right and cell.bottom <= ROOM.bottom for cell in grid.cells)
        placed |= set(grid.shown)
    assert placed == set(range(wanted + served))


@given(st.integers(0, 2 * ROWS - 1), st.integers(0, 40), st.integers(0, 100))
def test_who_is_looked_for_never_waits_for_a_page(wanted: int, served: int, turn: int) -> None:
    assert set(range(wanted)) <= set(call_grid(ROOM, wanted, served, turn, 24).shown)


@given(st.integers(1, 32), st.integers(0, 50), st.sampled_from(SIZES))
def test_every_desk_of_a_counter_has_its_card(count: int, start: int, size: tuple[int, int]) -> None:
    room = Rect(0, 0, *size)
    placed: set[int] = set()
    for turn in range(start, start + -(-count // 6)):
        due, cells = card_grid(room, count, turn, 6, 12)
        assert len(due) == len(cells)
        assert not any(a.overlaps(b) for i, a in enumerate(cells) for b in cells[i + 1 :])
        placed |= set(due)
    assert placed == set(range(count))


@pytest.mark.parametrize("size", SIZES[:6])
def test_a_row_of_the_list_is_read_from_15_m_on_a_43_inch_screen(size: tuple[int, int]) -> None:
    """10 minutes of arc: what an eye of half the normal sharpness needs."""
    unit = lay_out(*size).unit
    assert 10.0 <= arc_minutes(DIGITS, unit, min(size)) < 11.0
