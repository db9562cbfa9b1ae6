"""Time is short: what the hub offers is shown, and what the citizen takes is asked for as a new wish."""

from appliance.wire.messages import TicketView
from kiosk.parts import Outcome, PrintEnded
from tests.edges.kiosk_app.kiosk_at_work import Hub, Kiosk
from tests.kiosk_scene import DUE


def shown(kiosk: Kiosk) -> list[str]:
    return [mark.words for mark in kiosk.glass.views[-1].marks if hasattr(mark, "words")]


def test_an_afternoon_number_is_asked_for_printed_and_says_from_when(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.take()
    hub.refuse(hub.asked[0], "closed", offers=("afternoon", "anyway"), resumes=DUE)
    kiosk.say()
    assert kiosk.page == "offer"
    assert "Được gọi trước, từ 13:00. Bạn có thể về rồi quay lại." in shown(kiosk)
    kiosk.touch("Accepted(offer='afternoon'")
    first, second = hub.asked
    assert (second.service, second.accept) == (first.service, "afternoon")
    assert second.id != first.id
    ticket: TicketView = hub.answer(second, due=DUE)
    kiosk.say()
    kiosk.say(PrintEnded(ticket.id, Outcome.PRINTED))
    assert kiosk.page == "take"
    assert "13:00" in shown(kiosk)


def test_in_the_evening_without_an_offer_the_citizen_hears_when_to_come(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.take()
    hub.refuse(hub.asked[0], "closed", offers=())
    kiosk.say()
    assert kiosk.page == "sorry"
    assert "Hôm nay có thể không kịp" in shown(kiosk)


def test_who_walks_away_from_an_offer_leaves_nothing_behind(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.take()
    hub.refuse(hub.asked[0], "closed", offers=("anyway",))
    kiosk.live(60, hub)
    assert kiosk.page == "start"
    assert len(hub.asked) == 1
    assert kiosk.press.jobs == []
