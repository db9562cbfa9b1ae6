"""Every page and leaf, both ways round, in every language, large and on black: words whole, plain and apart, and
targets large enough to hit.
"""

from functools import cache
from itertools import combinations
from math import ceil

import pytest

from appliance.display.geometry import Rect
from appliance.display.marks import Box
from appliance.display.palette import Colour, contrast
from kiosk import events as e
from kiosk.flow import TRANSITIONS, step
from kiosk.screens import view
from kiosk.sight import Sight
from kiosk.states import State, Times
from kiosk.view import Code, Label, Mark, Sign, View
from tests.kiosk_letters import written
from tests.kiosk_scene import LANGUAGES, SIZES, every_leaf, every_page

PX_PER_MM = 1080 / 336.2
"""27 inches are 685.8 mm from corner to corner; of a screen of 16 : 9 the short side is 685.8 × 9 / √337 = 336.2 mm."""
TARGET, APART = 20 * PX_PER_MM, 4 * PX_PER_MM
LEAST, LARGE_LEAST = 27, 54
Page = tuple[str, Sight, View]


@cache
def leaves_of(language: str, size: tuple[int, int], large: bool, dark: bool) -> tuple[Page, ...]:
    return tuple(every_leaf(language, size, large, dark))


def _ways(darks: tuple[bool, ...]) -> list[object]:
    return [
        pytest.param((language, size, large, dark), id=f"{language}-{size[0]}{'-large' * large}{'-dark' * dark}")
        for size in SIZES
        for language in LANGUAGES
        for large in (False, True)
        for dark in darks
    ]


ways = pytest.mark.parametrize("way", _ways((False, True)))
layouts = pytest.mark.parametrize("way", _ways((False,)))
"""Black changes colours only, as a test says: what is asked of places and sizes is asked once."""


def ground(shown: View, index: int, rect: Rect) -> Colour:
    """The colour behind a mark: of the last box under it that holds it."""
    under = [mark for mark in shown.marks[:index] if isinstance(mark, Box) and holds(mark.rect, rect)]
    return under[-1].fill if under else shown.ground


def holds(outer: Rect, inner: Rect) -> bool:
    return outer.x <= inner.x and outer.y <= inner.y and inner.right <= outer.right and inner.bottom <= outer.bottom


@layouts
def test_targets_are_20_mm_large_4_mm_apart_and_on_the_screen(way: tuple) -> None:
    for name, _, shown in leaves_of(*way):
        for index, target in enumerate(shown.targets):
            assert min(target.rect.w, target.rect.h) >= TARGET, (name, target)
            assert holds(Rect(0, 0, shown.width, shown.height), target.rect), (name, target)
            for other in shown.targets[index + 1 :]:
                grown = target.rect.inset(-ceil(APART))
                assert not grown.overlaps(other.rect), (name, target, other)


@ways
def test_words_and_signs_stand_out_from_their_ground(way: tuple) -> None:
    wanted = 12 if way[3] else 7
    for name, _, shown in leaves_of(*way):
        for each in written(shown):
            behind = ground(shown, each.index, each.place)
            assert contrast(each.label.colour, behind) >= wanted, (name, each.label.words, each.label.colour, behind)
        for index, mark in enumerate(shown.marks):
            if isinstance(mark, Sign):
                assert contrast(mark.colour, ground(shown, index, mark.rect)) >= wanted, (name, mark)


@layouts
def test_on_black_everything_stands_where_it_stood(way: tuple) -> None:
    for (name, _, day), (_, _, black) in zip(leaves_of(*way), leaves_of(*way[:3], True), strict=True):
        assert [_where(mark) for mark in day.marks] == [_where(mark) for mark in black.marks], name
        assert [target.rect for target in day.targets] == [target.rect for target in black.targets], name


def _where(mark: Mark) -> tuple[object, ...]:
    return (type(mark), mark.rect, *((mark.words, mark.size, mark.bold) if isinstance(mark, Label) else ()))


@layouts
def test_no_word_is_cut_or_smaller_than_can_be_read(way: tuple) -> None:
    for name, _, shown in leaves_of(*way):
        for each in written(shown):
            assert each.setting.whole, (name, each.label)
            assert each.setting.style.size >= (LARGE_LEAST if way[2] else LEAST), (name, each.label)


@layouts
def test_words_and_signs_stand_apart_on_the_screen_and_inside_their_boxes(way: tuple) -> None:
    for name, _, shown in leaves_of(*way):
        stand = [(each.index, each.place, each.label.words) for each in written(shown)]
        stand += [(i, mark.rect, repr(mark)) for i, mark in enumerate(shown.marks) if isinstance(mark, Sign | Code)]
        for (_, one, said), (_, other, told) in combinations(stand, 2):
            assert not one.overlaps(other), (name, said, told)
        boxes = [(index, mark.rect) for index, mark in enumerate(shown.marks) if isinstance(mark, Box)]
        for index, place, said in stand:
            assert holds(Rect(0, 0, shown.width, shown.height), place), (name, said)
            for at, box in boxes:
                assert not box.overlaps(place) or (at < index and holds(box, place)), (name, said, box)


@layouts
def test_no_button_is_dead(way: tuple) -> None:
    for name, seen, shown in leaves_of(*way):
        for target in shown.targets:
            assert (seen.flow.state, type(target.event)) in TRANSITIONS, (name, target)
            if target.event == e.Spoke(seen.flow.language):
                continue  # the language that is chosen already says so by its tick
            event = e.Took("x") if isinstance(target.event, e.Took) else target.event
            assert step(seen.flow, event, 0.0, Times())[0] != seen.flow, (name, target)


@ways
def test_who_can_change_the_language_can_change_the_letters_too(way: tuple) -> None:
    language, _, large, dark = way
    for name, seen, shown in leaves_of(*way):
        meant = {target.event for target in shown.targets}
        assert (e.Spoke(language) in meant) == (e.Enlarged(not large) in meant) == (e.Darkened(not dark) in meant), name
        assert (e.Spoke(language) in meant) == ((seen.flow.state, e.Spoke) in TRANSITIONS), name


@layouts
def test_what_leads_on_stands_in_the_lowest_third_always_in_the_same_place(way: tuple) -> None:
    size, large, dark = way[1:]
    by_event: dict[str, set[Rect]] = {}
    for _, _, shown in leaves_of(*way):
        for target in shown.targets:
            by_event.setdefault(repr(target.event), set()).add(target.rect)
    for event in (
        e.Spoke("vi"),
        e.Spoke("km"),
        e.Enlarged(not large),
        e.Darkened(not dark),
        e.Took(""),
        e.WentBack(),
    ):
        (place,) = by_event[repr(event)]
        assert place.y >= size[1] * 2 / 3, event
    for place in by_event[repr(e.WentHome())]:
        assert place.y >= size[1] * 2 / 3
    if size[0] < size[1]:  # a lying screen is low enough everywhere
        assert min(place.y for place in by_event[repr(e.AskedPriority())]) >= size[1] * 2 / 3
        turners = [place.y for event, places in by_event.items() if event.startswith("Leafed") for place in places]
        assert min(turners) >= size[1] * 2 / 3 - 23 * PX_PER_MM


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_large_words_are_twice_as_large_as_the_same_words_before(language: str, size: tuple[int, int]) -> None:
    """The words that are read, not looked at: all that normally stands below 36 px. Headings and numbers grow less."""
    for (name, seen), (_, wide) in zip(every_page(language, size), every_page(language, size, large=True), strict=True):
        before = {each.label.words: each.setting.style.size for each in written(view(seen))}
        for each in written(view(wide)):
            small = before.get(each.label.words, LEAST)
            assert each.setting.style.size >= min(2 * small, LARGE_LEAST), (name, each.label.words)


def test_equal_sights_make_equal_views() -> None:
    first, again = (view(seen) for _, seen in list(every_page("vi", SIZES[0]))[:1] * 2)
    assert first == again


def test_every_state_is_among_the_pages() -> None:
    assert {seen.flow.state for _, seen in every_page("vi", SIZES[0])} == set(State)
