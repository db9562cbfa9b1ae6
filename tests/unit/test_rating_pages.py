"""Every page of the touch terminal, on every screen it is made for, in every language."""

from itertools import combinations, product

import pytest

from appliance.display.fonts import Style
from appliance.display.marks import Box
from appliance.display.palette import contrast
from appliance.display.text import fit
from rating_terminal.config import ScreenSection
from rating_terminal.pages import lay_out
from rating_terminal.view import UNITS_HIGH, Label, View
from tests.rating_scene import SIZES, faces

PAGES = [
    pytest.param(lay_out(face, *size), id=f"{size[0]}-{levels}-{name}-{lang}")
    for size, levels in product(SIZES, (2, 3, 4, 5))
    for name, lang, face in faces(levels)
    if levels == 4 or name == "ask"
]


@pytest.mark.parametrize("view", PAGES)
def test_every_target_is_20_mm_and_none_lies_on_another(view: View) -> None:
    least = int(20 * view.height / UNITS_HIGH)
    whole = (0, 0, view.width, view.height)
    for target in view.targets:
        assert min(target.rect.w, target.rect.h) >= least
        assert target.rect.x >= 0 <= target.rect.y
        assert target.rect.right <= whole[2]
        assert target.rect.bottom <= whole[3]
    assert not [pair for pair in combinations(view.targets, 2) if pair[0].rect.overlaps(pair[1].rect)]


@pytest.mark.parametrize("view", PAGES)
def test_every_word_is_whole_clear_of_others_and_can_be_read(view: View) -> None:
    labels = [mark for mark in view.marks if isinstance(mark, Label)]
    assert labels
    for label in labels:
        setting = fit(label.words, Style(label.size, label.bold), label.rect[2:], label.lines, label.least)
        assert setting.whole, label.words
        assert setting.width <= label.rect.w, label.words
        assert contrast(label.colour, label.ground) >= 7, label.words
        assert label.rect.right <= view.width, label.words
        assert label.rect.bottom <= view.height, label.words
        below = [mark for mark in view.marks if isinstance(mark, Box) and mark.rect.overlaps(label.rect)]
        assert all(box.fill == label.ground for box in below), label.words
    assert not [pair for pair in combinations(labels, 2) if pair[0].rect.overlaps(pair[1].rect)]


def test_a_touch_means_what_lies_under_it_and_beside_it_nothing() -> None:
    view = PAGES[0].values[0]
    for target in view.targets:
        x, y = (target.rect.x + target.rect.w / 2) / view.width, (target.rect.y + target.rect.h / 2) / view.height
        assert view.target(x, y) == target
    assert view.target(0.0, 0.0) is None


@pytest.mark.parametrize("wrong", [{"width": 600, "height": 1024}, {"height_mm": 60.0}])
def test_a_screen_on_which_targets_would_be_too_small_is_refused(wrong) -> None:
    with pytest.raises(ValueError, match=r"lying|20 mm"):
        ScreenSection(**wrong)
