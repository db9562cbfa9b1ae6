"""What the kiosk's screen shows and when it closes, whatever happens behind it."""

import msgspec
import pytest

from appliance.display.palette import BLACK
from appliance.wire.messages import QueueState
from kiosk.parts import Outcome, PrintEnded, PrinterIs, PrinterState
from tests.edges.kiosk_app.kiosk_at_work import Hub, Kiosk


@pytest.mark.parametrize(
    ("state", "health"),
    [(PrinterState.PAPER_OUT, "fault"), (PrinterState.COVER_OPEN, "fault"), (PrinterState.GONE, "fault")],
)
def test_a_printer_that_cannot_print_closes_the_kiosk_and_is_told(
    kiosk: Kiosk, hub: Hub, state: PrinterState, health: str
) -> None:
    kiosk.touch("Chose(field='tnmt')")
    kiosk.say(PrinterIs(state, "why"))
    assert kiosk.page == "out"
    assert hub.health[-1].parts["printer"] == msgspec.convert(
        {"state": health, "reason": "why"}, type(hub.health[-1].parts["printer"])
    )
    kiosk.say(PrinterIs(PrinterState.READY))
    assert kiosk.page == "start"


def test_a_silent_hub_closes_the_kiosk_within_five_seconds(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.wait(6.0)
    assert kiosk.page == "out"
    hub.beat()
    kiosk.say()
    assert kiosk.page == "start"


def test_a_closed_centre_gives_no_numbers(kiosk: Kiosk, hub: Hub) -> None:
    hub.open(is_open=False)
    kiosk.say()
    assert kiosk.page == "out"


def test_an_unchanged_page_is_never_drawn_again(kiosk: Kiosk, hub: Hub) -> None:
    drawn = len(kiosk.glass.views)
    for _ in range(50):
        hub.beat()
        kiosk.say()
    assert len(kiosk.glass.views) == drawn


def test_a_number_that_comes_at_once_is_not_held_up_by_a_page_about_waiting(kiosk: Kiosk, hub: Hub) -> None:
    for meaning in ("Chose(field='tnmt')", "Wanted(service='tnmt-nop')", "Took("):
        kiosk.touch(meaning)
    drawn = len(kiosk.glass.views)
    ticket = hub.answer(hub.asked[0])
    kiosk.say()
    kiosk.say(PrintEnded(ticket.id, Outcome.PRINTED))
    assert [view.page for view in kiosk.glass.views[drawn - 1 :]] == ["review", "printing", "take"]


def test_a_number_that_takes_its_time_shows_that_it_is_fetched_and_printed(kiosk: Kiosk, hub: Hub) -> None:
    for meaning in ("Chose(field='tnmt')", "Wanted(service='tnmt-nop')", "Took("):
        kiosk.touch(meaning)
    kiosk.wait(0.06)
    assert kiosk.page == "asking"
    hub.answer(hub.asked[0])
    kiosk.say()
    assert kiosk.page == "printing"


def test_a_hall_in_motion_does_not_make_the_screen_flicker(kiosk: Kiosk, hub: Hub) -> None:
    drawn = len(kiosk.glass.views)
    for rev in range(100):
        kiosk.seconds += 0.01
        hub.link.publish(QueueState(gen=1, rev=rev + 2, waiting=rev, longest_s=0), "a")
        kiosk.say()
    kiosk.wait(0.5)
    assert len(kiosk.glass.views) - drawn <= 4
    assert "99 chờ" in str(kiosk.glass.views[-1])


def test_nobody_there_leads_back_to_the_start_with_a_countdown(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.touch("Spoke(language='en')")
    kiosk.touch("Chose(field='tnmt')")
    kiosk.live(50, hub)
    counted = [str(view) for view in kiosk.glass.views if view.page == "services"]
    assert sum("seconds" in page for page in counted) == 15
    assert kiosk.page == "start"
    assert "Bạn cần giải quyết việc gì?" in str(kiosk.glass.views[-1])


def test_a_ticket_is_taken_in_large_words_on_black_and_the_next_citizen_finds_the_page_as_ever(
    kiosk: Kiosk, hub: Hub
) -> None:
    before = kiosk.glass.views[-1]
    for wish in ("Enlarged(large=True)", "Darkened(dark=True)", "Chose(field='tnmt')", "Wanted", "Took"):
        kiosk.touch(wish)
    ticket = hub.answer(hub.asked[-1])
    kiosk.say()
    kiosk.say(PrintEnded(ticket.id, Outcome.PRINTED))
    assert kiosk.page == "take"
    assert kiosk.glass.views[-1].ground == BLACK.ground
    assert len(kiosk.press.jobs) == 1
    kiosk.live(15, hub)
    assert kiosk.glass.views[-1].targets == before.targets
    assert kiosk.glass.views[-1].ground == before.ground
