"""Boards as pixels: nothing is cut short, nothing stands on anything else, no letter is a box, digits are large."""

import re
from dataclasses import replace
from itertools import combinations, product

import pygame
import pytest

from appliance.display.breaking import runs
from appliance.display.canvas import Canvas
from appliance.display.fonts import LOCK, Style, font
from appliance.display.geometry import Rect
from appliance.display.palette import contrast
from display_board import words
from display_board.colours import pairs
from display_board.drivers.paint import paint
from display_board.drivers.pen import Written
from display_board.layout import DIGITS, arc_minutes, lay_out
from display_board.readable import SHOWN
from display_board.views import Second, View
from tests.board_scene import SECONDS, SIZES, every_view, hall, halls, line
from tests.edges.test_kiosk_pictures import texts

views = pytest.mark.parametrize(
    ("second", "view"),
    [
        pytest.param(second, view, id=f"{second or 'vi'}-{name}")
        for second in SECONDS
        for name, view in every_view(second)
    ],
)


def painted(view: View, size: tuple[int, int]) -> tuple[Written, ...]:
    return paint(Canvas(pygame.Surface(size)), view)


@views
@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_short_leaves_the_screen_or_stands_on_anything_else(
    second: Second, view: View, size: tuple[int, int]
) -> None:
    written = painted(view, size)
    assert not [text.words for text in written if not text.whole]
    screen = Rect(0, 0, *size)
    for text in written:
        assert screen.x <= text.place.x, text
        assert text.place.right <= screen.right, text
        assert text.place.bottom <= screen.bottom, text
    for one, other in combinations(written, 2):
        assert not one.place.overlaps(other.place), (one, other)


@views
def test_every_ink_stands_out_from_its_ground_seven_to_one(second: Second, view: View) -> None:
    for pair in pairs(view):
        assert contrast(pair.ground, pair.ink) >= 7.0, pair


@views
def test_every_ink_that_was_really_used_stands_out_from_what_is_really_behind_it(second: Second, view: View) -> None:
    """The pixels round every text are one colour; a painter that takes its colours from elsewhere is seen here."""
    surface = pygame.Surface((1280, 720))
    for text in paint(Canvas(surface), view):
        left, right = max(0, text.place.x - 1), min(1279, text.place.right)
        low = min(719, text.place.bottom - 1)
        corners = [surface.get_at((x, y))[:3] for x in (left, right) for y in (text.place.y, low)]
        ground = max(corners, key=corners.count)
        assert contrast(ground, text.ink) >= 7.0, (text, ground)


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (3840, 2160)])
@pytest.mark.parametrize("second", SECONDS)
def test_every_number_that_is_called_is_read_from_15_m(second: Second, size: tuple[int, int]) -> None:
    unit = lay_out(*size).unit
    for name, view in halls(second):
        numbers = {call.number for call in (view.hero, *view.calls) if call and len(call.number) == 4}
        for text in painted(view, size):
            if text.words in numbers:
                assert text.size >= round(DIGITS * unit), (name, text)
                assert arc_minutes(text.size / unit, unit, min(size)) >= 10, (name, text)


def test_the_latest_call_is_at_least_twice_as_large_as_any_other() -> None:
    for size, number in product(SIZES, ("A042", "M008", "W100")):
        busy = hall("en", 6, 19)
        assert busy.hero is not None
        written = painted(replace(busy, hero=replace(busy.hero, number=number)), size)
        hero, *others = sorted((text.size for text in written if re.fullmatch(r"[A-Z]\d{3}", text.words)), reverse=True)
        assert hero >= 2 * others[0]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("second", ["en", "km"])
def test_who_reads_no_vietnamese_finds_every_queue_by_its_name_and_the_minutes_with_their_unit(
    second: Second, size: tuple[int, int]
) -> None:
    waiting = dict(halls(second))["waiting"]
    said = [text.words for turn in range(3) for text in painted(replace(waiting, turn=turn), size)]
    for queue in waiting.queues:
        assert not queue.name_second or queue.name_second in said
        if queue.minutes:
            low, high = queue.minutes
            assert f"{low}–{high} phút · {'min' if second == 'en' else 'នាទី'}" in said


@pytest.mark.parametrize("size", SIZES)
def test_nothing_jumps_when_the_language_below_is_another_one(size: tuple[int, int]) -> None:
    """Number and place of the large call stand where they stood, whichever citizen is called."""
    busy = hall("en", 6)
    places = []
    for second in ("en", "km"):
        hero = line(0, second)
        written = painted(replace(busy, hero=hero), size)
        places.append([(text.words, text.place) for text in written if text.words in (hero.number, hero.place_short)])
    assert places[0] == places[1] != []


@pytest.mark.parametrize("size", SIZES)
def test_a_long_notice_is_shown_whole_page_by_page(size: tuple[int, int]) -> None:
    told = [f"việc{n}" for n in range(100)]
    notice = replace(hall("en", 2), notice=" ".join(told))
    said = {
        word
        for turn in range(1, 60)
        for text in painted(replace(notice, turn=turn), size)
        for word in text.words.split()
    }
    assert set(told) <= said


def shape(sign: str, khmer: bool) -> tuple[tuple[int, int], bytes]:
    with LOCK:
        drawn = font(Style(40), khmer).render(sign, antialias=True, color=(0, 0, 0))
    return drawn.get_size(), pygame.image.tobytes(drawn, "RGBA")


def test_every_sign_that_may_stand_on_a_board_has_a_shape() -> None:
    """The texts of the boards and whatever `readable` lets through: none of it is the box that stands for "missing"."""
    own = {text for name, thing in vars(words).items() if name.isupper() for text in texts(thing)}
    signs = {chr(code) for first, last in SHOWN for code in range(first, last + 1)} | set("".join(own))
    box = {khmer: shape("\uffff", khmer) for khmer in (False, True)}
    assert shape("م", khmer=False) == box[False]
    joins = set(" \u200b\u200c\u200d\u200e")
    missing = [
        sign for sign in sorted(signs - joins) for khmer, piece in runs(sign) if shape(piece, khmer) == box[khmer]
    ]
    assert missing == []
