"""Every page, both ways round, in every language: large enough to hit, plain enough to read, and no button is dead."""

import pytest

from appliance.display.geometry import Rect
from appliance.display.palette import Colour, contrast
from kiosk.events import Spoke, Took
from kiosk.flow import TRANSITIONS, step
from kiosk.screens import view
from kiosk.states import Times
from kiosk.view import Box, Label, Pair, View
from tests.kiosk_scene import LANGUAGES, SIZES, every_page

PX_PER_MM = 3.2
"""A 27-inch screen 1080 px across."""
pages = pytest.mark.parametrize(
    ("page", "sight"),
    [
        pytest.param(name, seen, id=f"{name}-{language}-{size[0]}x{size[1]}")
        for size in SIZES
        for language in LANGUAGES
        for name, seen in every_page(language, size)
    ],
)


def labels(shown: View) -> list[tuple[int, Label, Rect]]:
    """Every label with its place among the marks and on the screen."""
    found = []
    for index, mark in enumerate(shown.marks):
        if isinstance(mark, Label):
            found.append((index, mark, mark.rect))
        if isinstance(mark, Pair):
            found += [(index, mark.left, mark.rect), (index, mark.right, mark.rect)]
    return found


def ground(shown: View, index: int, rect: Rect) -> Colour:
    """The colour behind a mark: of the last box under it that holds it."""
    under = [mark for mark in shown.marks[:index] if isinstance(mark, Box) and holds(mark.rect, rect)]
    return under[-1].fill if under else shown.ground


def holds(outer: Rect, inner: Rect) -> bool:
    return outer.x <= inner.x and outer.y <= inner.y and inner.right <= outer.right and inner.bottom <= outer.bottom


@pages
def test_targets_are_20_mm_large_4_mm_apart_and_on_the_screen(page: str, sight: object) -> None:
    shown = view(sight)
    for index, target in enumerate(shown.targets):
        assert min(target.rect.w, target.rect.h) >= 20 * PX_PER_MM, target
        assert holds(Rect(0, 0, shown.width, shown.height), target.rect), target
        for other in shown.targets[index + 1 :]:
            grown = target.rect.inset(-int(4 * PX_PER_MM), -int(4 * PX_PER_MM))
            assert not grown.overlaps(other.rect), (target, other)


@pages
def test_words_stand_out_from_their_ground_seven_to_one(page: str, sight: object) -> None:
    shown = view(sight)
    for index, label, rect in labels(shown):
        behind = ground(shown, index, rect)
        assert contrast(label.colour, behind) >= 7, (label.words, label.colour, behind)


@pages
def test_no_button_is_dead(page: str, sight: object) -> None:
    shown = view(sight)
    for target in shown.targets:
        assert (sight.flow.state, type(target.event)) in TRANSITIONS, target
        if target.event == Spoke(sight.flow.language):
            continue  # the language that is chosen already says so by its tick
        event = Took("x") if isinstance(target.event, Took) else target.event
        assert step(sight.flow, event, 0.0, Times())[0] != sight.flow


@pages
def test_words_lie_on_the_screen(page: str, sight: object) -> None:
    shown = view(sight)
    seen = [(label, rect) for _, label, rect in labels(shown) if label.words]
    for label, rect in seen:
        assert rect.w > 0, label
        assert rect.h > 0, label
        assert holds(Rect(0, 0, shown.width, shown.height), rect), label


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_the_main_action_and_the_languages_never_move(language: str, size: tuple[int, int]) -> None:
    by_event: dict[str, set[Rect]] = {}
    for _, seen in every_page(language, size):
        for target in view(seen).targets:
            by_event.setdefault(repr(target.event), set()).add(target.rect)
    for language_button in ("Spoke(language='vi')", "Spoke(language='km')"):
        assert len(by_event[language_button]) == 1
    assert len(by_event["Took(request='')"]) == 1
    assert len(by_event["WentBack()"]) == 1


def test_equal_sights_make_equal_views() -> None:
    first, again = (view(seen) for _, seen in list(every_page("vi", SIZES[0]))[:1] * 2)
    assert first == again
