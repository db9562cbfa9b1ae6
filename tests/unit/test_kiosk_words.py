"""Figures, places and the state of the centre, as a citizen is told them."""

from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.display.touches import Touches
from appliance.wire.messages import HubBeat, QueueState, SiteState, WaitRange
from appliance.wire.site import Text
from kiosk import phrases
from kiosk.centre import STALE_S, Centre
from kiosk.events import Outage
from kiosk.parts import PrinterState


def counters(*numbers: int) -> list[Text]:
    return [Text(vi=f"Quầy {number}", en=f"Counter {number}", km=f"បញ្ជរលេខ {number}") for number in numbers]


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((1,), "Quầy 1"),
        ((1, 2), "Quầy 1–2"),
        ((19, 17, 18), "Quầy 17–19"),
        ((1, 3, 4, 9), "Quầy 1, 3–4, 9"),
    ],
)
def test_counters_that_follow_each_other_are_said_together(numbers: tuple[int, ...], said: str) -> None:
    assert phrases.places(counters(*numbers), "vi") == said


def test_counters_with_names_are_named() -> None:
    named = [Text(vi="Quầy bưu chính"), Text(vi="Quầy 3")]
    assert phrases.places(named, "vi") == "Quầy bưu chính, Quầy 3"
    assert phrases.places(named[:1], "en") == "Quầy bưu chính", "nobody has translated it yet"
    assert phrases.places([], "vi") == ""


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(15, 25, "15–25 phút"), (0, 5, "dưới 5 phút"), (5, 5, "dưới 5 phút")],
)
def test_a_wait_is_a_range_and_never_more_exact_than_it_is(low: int, high: int, said: str) -> None:
    assert phrases.minutes(WaitRange(low_min=low, high_min=high), "vi") == said


def test_a_queue_of_which_nothing_is_known_is_not_called_empty() -> None:
    assert phrases.waiting(None, "vi") == ""
    assert phrases.waiting(QueueState(rev=1, waiting=0, longest_s=0), "vi") == "Không ai chờ"
    assert phrases.waiting(QueueState(rev=1, waiting=3, longest_s=9), "vi") == "3 chờ"


def test_a_sunday_has_its_name_in_every_language() -> None:
    sunday = datetime(2026, 11, 29, 12, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    assert [phrases.day(sunday, language)[:6] for language in ("vi", "en", "km")] == ["Chủ Nh", "Sunday", "ថ្ងៃអា"]


# ------------------------------------------------------------------------------------------------------- the centre


def site_state(rev: int, is_open: bool, gen: int = 1) -> SiteState:
    return SiteState(
        rev=rev,
        gen=gen,
        open=is_open,
        notice="",
        services=(),
        queues=(),
        desks=(),
        languages=("vi",),
        levels=4,
        revision="r",
    )


def beat(at: str, gen: int = 1) -> HubBeat:
    return HubBeat(gen=gen, at=f"2026-11-23T07:42:{at}+07:00")


def alive(now: float) -> Centre:
    heard = Centre(since=now - 60).hear(site_state(1, is_open=True), "", now)
    return heard.hear(beat("00"), "", now).hear(beat("02"), "", now)


def test_a_heartbeat_that_the_bus_had_kept_proves_nothing() -> None:
    kept = Centre(since=0.0).hear(site_state(1, is_open=True), "", 50.0).hear(beat("00"), "", 50.0)
    assert kept.outage(PrinterState.READY, 50.0) is Outage.HUB_AWAY
    assert kept.hear(beat("02"), "", 50.0).outage(PrinterState.READY, 50.0) is None


def test_five_seconds_of_silence_are_told() -> None:
    centre = alive(100.0)
    assert centre.outage(PrinterState.READY, 100.0 + STALE_S - 0.1) is None
    assert centre.outage(PrinterState.READY, centre.stale_at()) is Outage.HUB_AWAY
    assert centre.lose().outage(PrinterState.READY, 100.0) is Outage.HUB_AWAY


def test_a_hub_that_came_back_from_the_past_is_not_believed() -> None:
    centre = alive(100.0).hear(beat("04", gen=5), "", 102.0)
    assert centre.hear(beat("06", gen=4), "", 110.0).stale_at() == centre.stale_at()


def test_an_older_state_never_replaces_a_newer_one() -> None:
    centre = alive(0.0).hear(site_state(7, is_open=False), "", 0.0)
    assert centre.hear(site_state(6, is_open=True), "", 0.0).outage(PrinterState.READY, 0.0) is Outage.CLOSED
    newer = centre.hear(QueueState(rev=9, gen=1, waiting=4, longest_s=0), "a", 0.0)
    assert newer.hear(QueueState(rev=8, gen=1, waiting=9, longest_s=0), "a", 0.0).queues["a"].waiting == 4


@pytest.mark.parametrize("state", PrinterState)
def test_every_state_of_the_printer_opens_or_closes_the_kiosk(state: PrinterState) -> None:
    prints = state in (PrinterState.READY, PrinterState.NEAR_END)
    assert (alive(0.0).outage(state, 0.0) is None) == prints


# ---------------------------------------------------------------------------------------------------------- touches


def test_a_finger_that_trembles_counts_once_and_finds_another_place_at_once() -> None:
    touches = Touches()
    assert touches.counts(0.5, 0.5, 10.0)
    assert not touches.counts(0.52, 0.49, 10.2), "the page may have changed under it"
    assert touches.counts(0.9, 0.5, 10.2)
    assert touches.counts(0.5, 0.5, 10.3)
    assert touches.counts(0.5, 0.5, 10.8)


@given(st.lists(st.floats(0.01, 0.05), min_size=50, max_size=100))
def test_a_hundred_hits_in_a_row_on_one_place_count_at_most_every_settling_time(pauses: list[float]) -> None:
    touches, now, counted = Touches(), 0.0, []
    for pause in pauses:
        now += pause
        if touches.counts(0.3, 0.3, now):
            counted.append(now)
    assert len(counted) > 1
    assert all(later - earlier >= 0.4 for earlier, later in pairwise(counted))
