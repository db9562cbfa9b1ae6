"""A paper that reception asks a kiosk for: printed once, in nobody's way, and told of."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from appliance.runtime.link import Heard
from appliance.runtime.memory_link import MemoryBus, MemoryLink
from appliance.wire.messages import Ack
from appliance.wire.reprints import Reprint, ReprintFate
from kiosk.parts import Outcome, PrintEnded, PrinterIs, PrinterState
from kiosk.ticket import Facts, Number, Title
from tests.edges.kiosk_app.kiosk_at_work import DEVICE, Hub, Kiosk
from tests.kiosk_scene import TICKET


class Reception:
    """Who asks, and what it hears; each paper once, as the hub counts."""

    def __init__(self, bus: MemoryBus) -> None:
        self.told: list[tuple[str, str]] = []
        self._ids: set[str] = set()
        self.link = MemoryLink(bus, "ca-mau", "hub-2", [(ReprintFate, "+")], self._take)
        self.link.start()

    def _take(self, event: object) -> None:
        if isinstance(event, Heard) and isinstance(event.message, ReprintFate) and event.message.id not in self._ids:
            self._ids.add(event.message.id)
            self.told.append((event.message.outcome, event.message.reason))

    def ask(self, reprint: str = "", **more: object) -> str:
        name = reprint or str(uuid.uuid4())
        at = "2026-11-23T08:05:00+07:00"
        ticket = msgspec.structs.replace(TICKET, ahead=2)
        self.link.publish(Reprint(gen=1, reprint=name, ticket=ticket, lang="vi", at=at, **more), DEVICE)  # type: ignore[arg-type]
        return name


@pytest.fixture
def reception(bus: MemoryBus) -> Iterator[Reception]:
    made = Reception(bus)
    yield made
    made.link.stop()


def test_a_paper_is_marked_as_a_reprint_with_the_old_time_and_todays_place(kiosk: Kiosk, reception: Reception) -> None:
    name = reception.ask()
    kiosk.say()
    assert kiosk.press.jobs == [name]
    (bands,) = kiosk.press.papers
    assert bands[-1] == Number(TICKET.number)
    assert Title("PHIẾU IN LẠI") in bands
    cells = dict(cell for band in bands if isinstance(band, Facts) for cell in band.cells)
    assert cells["Lấy số lúc"] == "07:42 23/11"
    assert cells["In lúc"] == "08:05 23/11"
    assert cells["Số người trước bạn"] == "2"
    assert cells["Gọi vào khoảng"].startswith("08:20"), "the range counts from now, not from the issue"
    kiosk.say(PrintEnded(name, Outcome.PRINTED))
    assert reception.told == [("printed", "")]
    assert kiosk.page == "start"


def test_the_first_paper_of_a_number_taken_at_reception_is_not_called_a_reprint(
    kiosk: Kiosk, reception: Reception
) -> None:
    reception.ask(again=False)
    kiosk.say()
    assert Title("PHIẾU IN LẠI") not in kiosk.press.papers[0]


def test_asked_again_and_again_it_is_printed_once(kiosk: Kiosk, reception: Reception) -> None:
    name = reception.ask()
    kiosk.say()
    reception.ask(name)
    kiosk.say(PrintEnded(name, Outcome.PRINTED))
    reception.ask(name)
    kiosk.say()
    assert kiosk.press.jobs == [name]
    assert reception.told == [("printed", "")]


def test_it_waits_for_the_citizen_at_the_screen(kiosk: Kiosk, hub: Hub, reception: Reception) -> None:
    kiosk.touch("Chose(field='tnmt')")
    name = reception.ask()
    kiosk.live(5, hub)
    assert kiosk.press.jobs == []
    kiosk.touch("Wanted")
    kiosk.touch("Took")
    ticket = hub.answer(hub.asked[0])
    kiosk.say(PrintEnded(ticket.id, Outcome.PRINTED))
    assert kiosk.press.jobs == [ticket.id]
    kiosk.live(12, hub)
    assert kiosk.press.jobs == [ticket.id, name]
    assert kiosk.page == "start"


def test_a_citizen_who_comes_while_it_prints_has_his_own_ticket_and_page(
    kiosk: Kiosk, hub: Hub, reception: Reception
) -> None:
    name = reception.ask()
    kiosk.say()
    kiosk.take()
    ticket = hub.answer(hub.asked[0])
    kiosk.say(PrintEnded(name, Outcome.PRINTED))
    assert kiosk.page == "printing", "another's paper is not his"
    kiosk.say(PrintEnded(ticket.id, Outcome.PRINTED))
    assert kiosk.page == "take"
    assert hub.told() == ["printing", "printed"]
    assert reception.told == [("printed", "")]


def test_who_stays_too_long_keeps_it_from_being_printed_ever(kiosk: Kiosk, hub: Hub, reception: Reception) -> None:
    kiosk.touch("Chose(field='tnmt')")
    name = reception.ask(valid_s=20)
    kiosk.live(21, hub)
    assert reception.told == [("unsent", "busy")]
    kiosk.live(60, hub)
    reception.ask(name)
    kiosk.live(5, hub)
    assert (kiosk.page, kiosk.press.jobs) == ("start", [])


@pytest.mark.parametrize("state", [PrinterState.PAPER_OUT, PrinterState.GONE, PrinterState.COVER_OPEN])
def test_a_printer_that_cannot_is_told_at_once(kiosk: Kiosk, reception: Reception, state: PrinterState) -> None:
    kiosk.say(PrinterIs(state))
    reception.ask()
    kiosk.say()
    assert reception.told == [("unsent", "printer")]
    kiosk.say(PrinterIs(PrinterState.READY))
    assert kiosk.press.jobs == []


def test_a_paper_that_may_stick_is_told_as_uncertain_and_the_next_one_begins_clean(
    kiosk: Kiosk, reception: Reception
) -> None:
    name = reception.ask()
    kiosk.say()
    kiosk.say(PrintEnded(name, Outcome.UNCERTAIN, "the paper ended"))
    assert reception.told == [("uncertain", "the paper ended")]
    assert kiosk.press.cleared == 1


def test_a_second_paper_that_waits_in_vain_takes_nothing_from_the_first(
    kiosk: Kiosk, hub: Hub, reception: Reception
) -> None:
    first, second = reception.ask(), reception.ask(valid_s=5)
    kiosk.say()
    assert kiosk.press.jobs == [first], "one at a time"
    kiosk.live(6, hub)
    assert reception.told == [("unsent", "busy")]
    assert (kiosk.app.deadline() or 0.0) > kiosk.seconds, "nothing is waited for that is over"
    kiosk.say(PrintEnded(first, Outcome.PRINTED))
    reception.ask(second)
    kiosk.live(3, hub)
    assert reception.told == [("unsent", "busy"), ("printed", "")]
    assert kiosk.press.jobs == [first]


def test_killed_while_it_prints_it_is_never_printed_again(
    bus: MemoryBus, hub: Hub, kiosk: Kiosk, reception: Reception, tmp_path: Path
) -> None:
    name = reception.ask()
    kiosk.say()
    kiosk.link.stop()
    kiosk.power_cut()
    again = Kiosk(bus, tmp_path)
    hub.open()
    reception.ask(name)
    again.live(3, hub)
    assert reception.told == [("uncertain", "the kiosk stopped while printing")]
    assert again.press.cleared == 1
    assert again.press.jobs == []
    again.outbox.close()


def test_killed_before_it_began_it_prints_what_it_is_asked_again(
    bus: MemoryBus, hub: Hub, kiosk: Kiosk, reception: Reception, tmp_path: Path
) -> None:
    kiosk.touch("Chose(field='tnmt')")
    name = reception.ask()
    kiosk.say()
    kiosk.link.stop()
    kiosk.power_cut()
    again = Kiosk(bus, tmp_path)
    hub.open()
    reception.ask(name)
    again.live(3, hub)
    assert again.press.jobs == [name]
    again.outbox.close()


def test_what_became_of_it_is_told_until_the_hub_has_it(kiosk: Kiosk, hub: Hub, reception: Reception) -> None:
    name = reception.ask()
    kiosk.say()
    reception.link.stop()
    kiosk.say(PrintEnded(name, Outcome.PRINTED))
    reception.link.start()
    kiosk.live(3, hub)
    assert reception.told == [("printed", "")]
    hub.link.publish(Ack(gen=1, epoch=kiosk.outbox.epoch, upto=kiosk.outbox.highest), DEVICE)
    kiosk.say()
    assert len(kiosk.outbox) == 0
