"""A ring that nobody sees, that hides what it surrounds, or that reaches over its neighbours."""

from dataclasses import replace

import pytest

from appliance.display.geometry import Rect
from appliance.display.marks import Box
from appliance.display.palette import BLACK, DAY, INK, PAPER, Scheme, contrast
from appliance.sound.said import Said
from kiosk import events as e
from kiosk.ring import ringed
from kiosk.view import Ring, Target, View

PLACE = Rect(100, 100, 400, 150)


def page(ground: tuple[int, int, int], width: int = 1080) -> View:
    target = Target(PLACE, e.Chose("tnmt"), (Said("Đất đai", "vi"),))
    return View("start", width, 16 * width // 9, ground, (Box(PLACE, PAPER),), (target,))


@pytest.mark.parametrize("colours", [DAY, BLACK], ids=["day", "black"])
def test_the_ring_stands_out_from_every_ground_of_a_page(colours: Scheme) -> None:
    *_, outer, inner = ringed(page(colours.ground), e.Chose("tnmt")).marks
    assert isinstance(outer, Ring)
    assert isinstance(inner, Ring)
    assert contrast(outer.colour, colours.ground) >= 7
    assert contrast(outer.colour, inner.colour) >= 7
    for beneath in (colours.paper, colours.tint, colours.main, colours.go, colours.call):
        assert max(contrast(band.colour, beneath) for band in (outer, inner)) >= 7


def test_a_page_without_the_focus_has_no_ring_and_nothing_else_changes() -> None:
    bare = page(DAY.ground)
    assert ringed(bare, None) is bare
    assert ringed(bare, e.Chose("gone")) is bare
    assert replace(ringed(bare, e.Chose("tnmt")), marks=bare.marks) == bare


@pytest.mark.parametrize("width", [480, 1080, 2160])
def test_the_ring_hides_no_words_and_reaches_no_neighbour(width: int) -> None:
    *_, outer, inner = ringed(page(DAY.ground, width), e.Chose("tnmt")).marks
    scale = width / 1080
    assert isinstance(inner, Ring)
    assert PLACE.x - outer.rect.x < 16 * scale  # the gap between targets
    assert inner.rect.inset(inner.width).x - PLACE.x <= round(8 * scale)  # words begin further in
    assert {band.colour for band in (outer, inner)} == {INK, PAPER}
