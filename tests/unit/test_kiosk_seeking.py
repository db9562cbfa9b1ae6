"""The way through the search: letters come and go one by one, and what was typed is still there on the way back."""

from dataclasses import replace

import pytest

from appliance.display.geometry import Rect
from appliance.display.touches import KEYS_SETTLE_S, Touches
from kiosk import events as e
from kiosk.catalogue import Catalogue
from kiosk.flow import step
from kiosk.screens import view
from kiosk.states import Flow, State, Times, begin
from kiosk.view import Label, Pair, Target, View
from tests.kiosk_scene import LANGUAGES, REQUEST, SIZES, procedures, sight, site

TIMES = Times()


def walk(*events: e.Event, flow: Flow | None = None) -> tuple[Flow, list[e.Effect]]:
    """Where `events` lead, a second apart, and all that is to be done."""
    flow = flow or begin("vi")
    effects: list[e.Effect] = []
    for second, event in enumerate(events):
        flow, more = step(flow, event, float(second), TIMES)
        effects += more
    return flow, effects


def keys(words: str) -> tuple[e.Event, ...]:
    return tuple(map(e.Typed, words))


def searching(query: str, language: str = "vi") -> Flow:
    return replace(begin(language), state=State.SEARCH, trail=((State.START, 0),), query=query)


def said(shown: View) -> str:
    labels = [mark for mark in shown.marks if isinstance(mark, Label)]
    pairs = [label for mark in shown.marks if isinstance(mark, Pair) for label in (mark.left, mark.right)]
    return "\n".join(label.words for label in (*labels, *pairs))


def picks(shown: View) -> list[Target]:
    return [target for target in shown.targets if isinstance(target.event, e.Picked)]


# ------------------------------------------------------------------------------------------------------ the way


def test_from_a_few_letters_to_a_number() -> None:
    chosen = (e.Picked("tp-001", "tp-nop"), e.Took(REQUEST))
    flow, effects = walk(e.Sought(), *keys("ltp"), *chosen)
    assert flow.state is State.ASKING
    assert effects == [e.Ask(REQUEST, "tp-nop", "", "vi")]


def test_letters_come_and_go() -> None:
    assert walk(e.Sought(), *keys("ly  lich"))[0].query == "ly lich"
    assert walk(e.Sought(), *keys("lyx"), e.Erased())[0].query == "ly"
    assert walk(e.Sought(), *keys("ly"), e.Erased(everything=True), e.Erased())[0].query == ""


def test_another_letter_begins_at_the_first_results_again() -> None:
    assert walk(e.Sought(), *keys("d"), e.Leafed(2))[0].page == 2
    assert walk(e.Sought(), *keys("d"), e.Leafed(2), *keys("a"))[0].page == 0


def test_on_the_way_back_everything_is_as_it_was() -> None:
    there, _ = walk(e.Sought(), *keys("d"), e.Leafed(2))
    back, _ = walk(e.Picked("tp-001", "tp-nop"), e.WentBack(), flow=there)
    assert (back.state, back.query, back.page) == (State.SEARCH, "d", 2)


def test_the_next_citizen_finds_an_empty_box() -> None:
    left, _ = walk(e.Sought(), *keys("ly hon"), e.Expired())
    assert left == begin("vi")
    assert walk(e.Sought(), flow=left)[0].query == ""
    back, _ = walk(e.Sought(), *keys("ly hon"), e.WentBack(), e.Sought())
    assert back.query == ""


def test_priority_can_be_declared_for_a_procedure_too() -> None:
    chosen = (e.Sought(), e.Picked("tp-001", "tp-nop"), e.AskedPriority(), e.Declared("nguoi_khuyet_tat"))
    _, effects = walk(*chosen, e.Took(REQUEST))
    assert effects == [e.Ask(REQUEST, "tp-nop", "nguoi_khuyet_tat", "vi")]


# ----------------------------------------------------------------------------------------------------- the pages


@pytest.mark.parametrize("size", SIZES)
def test_every_letter_has_its_key(size: tuple[int, int]) -> None:
    events = {target.event for target in view(sight(searching(""), size)).targets}
    assert {e.Typed(letter) for letter in "abcdefghijklmnopqrstuvwxyz "} <= events
    assert {e.Erased(), e.Erased(everything=True), e.WentBack()} <= events


def test_a_result_says_where_it_belongs_and_leads_to_the_service_that_takes_it_in() -> None:
    shown = view(sight(searching("ltp")))
    assert "Tư pháp, lý lịch" in said(shown)
    assert "Mức độ 3 · Nộp qua mạng" in said(shown)
    events = [target.event for target in picks(shown)]
    assert events
    for event in events:
        assert isinstance(event, e.Picked)
        found = procedures().procedure(event.procedure)
        assert found is not None
        assert event.service == f"{found.department}-nop"


def test_leafing_shows_every_result_once() -> None:
    flow, seen = searching("ltp"), []
    for _ in range(20):
        shown = view(sight(flow))
        seen += [target.event for target in picks(shown)]
        turn = next(target.event for target in shown.targets if isinstance(target.event, e.Leafed))
        flow, _ = step(flow, turn, 0.0, TIMES)
        if flow.page == 0:
            break
    assert len(seen) == len(set(seen)) == len(procedures().find("ltp"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_no_result_hides_behind_a_key_or_another(language: str, size: tuple[int, int]) -> None:
    targets = view(sight(searching("d", language), size)).targets
    for index, one in enumerate(targets):
        assert not any(one.rect.overlaps(other.rect) for other in targets[index + 1 :])


@pytest.mark.parametrize(("language", "words"), [("vi", "Dữ liệu mẫu"), ("en", "Sample data"), ("km", "ទិន្នន័យគំរូ")])
def test_made_up_names_are_called_so(language: str, words: str) -> None:
    chosen = replace(searching("ltp", language), state=State.PROCEDURE, procedure="tp-001", service="tp-nop")
    assert words in said(view(sight(searching("ltp", language))))
    assert words in said(view(sight(chosen)))


def test_an_empty_box_asks_for_letters_and_a_vain_one_says_what_to_do() -> None:
    assert "Gõ vài chữ" in said(view(sight(searching(""))))
    assert "hỏi bàn hướng dẫn" in said(view(sight(searching("qqqq"))))


def test_a_procedure_nobody_takes_in_has_no_button_for_a_number() -> None:
    chosen = replace(searching("ltp"), state=State.PROCEDURE, procedure="tp-001", service="")
    assert not any(isinstance(target.event, e.Took) for target in view(sight(chosen)).targets)


def test_a_service_that_is_not_on_offer_is_not_promised() -> None:
    assert Catalogue(site(), offered=("tnmt-nop", "tnmt-tra")).submission("tp") == ""
    assert Catalogue(site(), offered=("tnmt-nop", "tnmt-tra")).submission("tnmt") == "tnmt-nop"
    assert Catalogue(site(), offered=("tnmt-tra",)).submission("tnmt") == "", "who collects a result submits nothing"
    assert Catalogue(site()).submission("nobody") == ""


def test_without_procedures_there_is_no_box_to_search_in() -> None:
    seen = sight(begin("vi"))
    assert any(target.event == e.Sought() for target in view(seen).targets)
    bare = replace(seen, catalogue=Catalogue(site()))
    assert not any(target.event == e.Sought() for target in view(bare).targets)


# ---------------------------------------------------------------------------------------------------- the finger


def test_a_letter_can_be_typed_twice_quickly_but_not_by_a_trembling_finger() -> None:
    touches = Touches()
    assert touches.counts(0.5, 0.7, 10.0, KEYS_SETTLE_S)
    assert not touches.counts(0.5, 0.7, 10.05, KEYS_SETTLE_S)
    assert touches.counts(0.5, 0.7, 10.2, KEYS_SETTLE_S)


@pytest.mark.parametrize("size", SIZES)
def test_a_double_tap_on_the_search_box_types_nothing(size: tuple[int, int]) -> None:
    start = view(sight(begin("vi"), size))
    box: Rect = next(target.rect for target in start.targets if target.event == e.Sought())
    at = ((box.x + box.w / 2) / size[0], (box.y + box.h / 2) / size[1])
    assert view(sight(searching(""), size)).meaning(*at) is None
