"""The kiosk's app over a bus in memory and a journal on disk: one wish, one number, one paper, all accounted for."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from appliance.runtime.memory_link import MemoryBus
from appliance.wire.messages import (
    Ack,
)
from kiosk.parts import Outcome, PrintEnded
from kiosk.states import Times
from tests.edges.kiosk_app.kiosk_at_work import DEVICE, Hub, Kiosk


def test_from_a_touch_to_a_settled_ticket(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.take()
    (request,) = hub.asked
    ticket = hub.answer(request)
    kiosk.say()
    assert (kiosk.page, kiosk.press.jobs) == ("printing", [ticket.id])
    kiosk.say(PrintEnded(ticket.id, Outcome.PRINTED))
    assert kiosk.page == "take"
    assert hub.told() == ["printing", "printed"]
    kiosk.live(12, hub)
    assert kiosk.page == "start"


def test_that_printing_begins_is_on_disk_before_the_printer_hears_of_it(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.take()
    hub.answer(hub.asked[0])
    kiosk.say()
    assert kiosk.press.journal_when_printing == [2], "the wish and the word that printing begins"


def test_without_an_answer_the_wish_is_taken_back_and_a_late_number_never_printed(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.take()
    kiosk.wait(3.5)
    assert kiosk.page == "sorry"
    hub.answer(hub.asked[0])
    kiosk.say()
    assert hub.told() == ["withdrawn"]
    assert hub.fates[0].request == hub.asked[0].id
    assert kiosk.press.jobs == []


def test_a_number_that_is_void_already_is_not_printed(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.take()
    hub.answer(hub.asked[0], status="void")
    kiosk.say()
    assert (kiosk.page, kiosk.press.jobs) == ("sorry", [])


def test_closed_in_the_last_moment_is_told_as_such(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.take()
    hub.refuse(hub.asked[0], "closed")
    kiosk.say()
    said = [mark.words for mark in kiosk.glass.views[-1].marks if hasattr(mark, "words")]
    assert "Hiện chưa cấp số" in said
    assert hub.told() == ["withdrawn"], "should the hub hear the wish once more, nobody waits for its number"


def test_what_never_reached_the_printer_is_void_and_its_citizen_told(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.take()
    ticket = hub.answer(hub.asked[0])
    kiosk.say(PrintEnded(ticket.id, Outcome.UNSENT, "printer gone"))
    assert kiosk.page == "sorry"
    assert hub.told() == ["printing", "void"]
    assert kiosk.press.cleared == 0


def test_what_may_be_on_paper_stays_alive_and_the_printer_is_cleared(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.take()
    ticket = hub.answer(hub.asked[0])
    kiosk.say(PrintEnded(ticket.id, Outcome.UNCERTAIN, "not confirmed"))
    assert kiosk.page == "doubt"
    assert hub.told() == ["printing", "uncertain"]
    assert kiosk.press.cleared == 1


def test_a_printer_thread_that_never_tells_leaves_the_ticket_uncertain_for_ever(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.take()
    ticket = hub.answer(hub.asked[0])
    kiosk.say()
    kiosk.wait(Times().print_s + 1)
    assert kiosk.page == "doubt"
    kiosk.say(PrintEnded(ticket.id, Outcome.PRINTED))
    assert hub.told() == ["printing", "uncertain"]


@pytest.mark.parametrize(("answered", "fate"), [(False, "withdrawn"), (True, "uncertain")])
def test_a_power_cut_is_settled_at_the_next_start(
    bus: MemoryBus, kiosk: Kiosk, hub: Hub, tmp_path: Path, answered: bool, fate: str
) -> None:
    kiosk.take()
    if answered:
        hub.answer(hub.asked[0])
        kiosk.say()
    kiosk.power_cut()
    again = Kiosk(bus, tmp_path)
    assert hub.told()[-1] == fate
    assert again.press.cleared == (1 if answered else 0)
    assert again.press.jobs == []
    hub.open()
    again.say()
    assert again.page == "start"
    again.power_cut()


def test_a_settled_ticket_is_not_settled_again_at_the_next_start(
    bus: MemoryBus, kiosk: Kiosk, hub: Hub, tmp_path: Path
) -> None:
    kiosk.take()
    ticket = hub.answer(hub.asked[0])
    kiosk.say(PrintEnded(ticket.id, Outcome.PRINTED))
    kiosk.power_cut()
    Kiosk(bus, tmp_path).power_cut()
    assert hub.told() == ["printing", "printed"]


def test_what_was_journalled_is_said_until_the_hub_has_it(kiosk: Kiosk, hub: Hub, bus: MemoryBus) -> None:
    kiosk.take()
    ticket = hub.answer(hub.asked[0])
    kiosk.say()
    bus.cut(DEVICE)
    kiosk.say(PrintEnded(ticket.id, Outcome.PRINTED))
    assert (kiosk.page, hub.told()) == ("take", ["printing"])
    bus.join(kiosk.link)
    kiosk.say()
    assert hub.told() == ["printing", "printed"]
    hub.link.publish(Ack(gen=1, epoch=kiosk.outbox.epoch, upto=3), DEVICE)
    kiosk.say()
    assert len(kiosk.outbox) == 0


def disk(kiosk: Kiosk, *, full: bool) -> None:
    """A disk that takes no more events, or takes them again."""
    refuse = "CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    with closing(sqlite3.connect(kiosk.path)) as other:
        other.execute(refuse if full else "DROP TRIGGER full")
        other.commit()


def test_a_full_disk_gives_no_number_and_recovers(kiosk: Kiosk, hub: Hub) -> None:
    disk(kiosk, full=True)
    kiosk.take()
    assert (kiosk.page, hub.asked) == ("sorry", [])
    assert hub.health[-1].parts["journal"].state == "fault"
    disk(kiosk, full=False)
    kiosk.touch("WentHome")
    kiosk.live(1, hub)
    kiosk.take()
    assert len(hub.asked) == 1


def test_a_disk_that_fills_up_before_printing_prints_nothing_and_settles_later(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.take()
    disk(kiosk, full=True)
    hub.answer(hub.asked[0])
    kiosk.say()
    assert (kiosk.page, kiosk.press.jobs, hub.told()) == ("sorry", [], [])
    disk(kiosk, full=False)
    kiosk.wait(3.0)
    assert hub.told() == ["void"]


def test_a_disk_that_fills_up_while_printing_does_not_lose_what_became_of_the_paper(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.take()
    ticket = hub.answer(hub.asked[0])
    kiosk.say()
    disk(kiosk, full=True)
    kiosk.say(PrintEnded(ticket.id, Outcome.PRINTED))
    assert (kiosk.page, hub.told()) == ("take", ["printing"])
    disk(kiosk, full=False)
    kiosk.wait(3.0)
    assert hub.told() == ["printing", "printed"]
