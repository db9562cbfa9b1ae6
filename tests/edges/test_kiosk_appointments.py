"""The code of an appointment at a kiosk: its number at once, or a plain word, and no trace of the code."""

import sqlite3

import msgspec
import pytest

from appliance.runtime.link import Heard
from appliance.runtime.memory_link import MemoryLink
from appliance.runtime.site_words import SiteHeard
from appliance.wire.appointments import token
from appliance.wire.messages import Fate, TicketRequest, WaitRange
from broker.appointment_model import Appointments, Booking
from broker.views import ticket_view
from kiosk.catalogue import Catalogue
from kiosk.parts import ScannerIs
from kiosk.ticket import Facts, Note, lay_out
from tests import booked_hall
from tests.hub_core import MONDAY_0800
from tests.kiosk_scene import site
from tests.lone_kiosk import Centre

MINUTE = 60_000
HALF_PAST = MONDAY_0800 + 30 * MINUTE
CODE = "DVC-8F3K-22"
QR = f"goiso-hen:{CODE}"


@pytest.fixture
def centre(tmp_path):
    centre = Centre(tmp_path)
    lobby = centre.hub.hall.lobby
    lobby.site = msgspec.structs.replace(lobby.site, appointments=Appointments(on=True))
    book(centre, HALF_PAST)
    words = msgspec.structs.replace(site(), appointments=True)
    centre.kiosks[0].say(SiteHeard(words), ScannerIs(present=True))
    centre.live(1)
    return centre


@pytest.fixture
def heard(centre):
    messages = []
    kinds = [(kind, "+") for kind in (TicketRequest, Fate)]
    spy = MemoryLink(
        centre.bus, "ca-mau", "spy", kinds, lambda event: isinstance(event, Heard) and messages.append(event.message)
    )
    spy.start()
    return messages


def book(centre, slot):
    booked_hall.book(centre.hub.hall, {CODE: Booking("tnmt-nop", slot)})


def shown(centre, code=QR):
    (kiosk,) = centre.kiosks
    kiosk.shows(code)
    centre.live(1)
    return kiosk


def test_the_code_alone_gives_the_number_and_a_second_time_shows_it(centre, heard):
    (kiosk,) = centre.kiosks
    assert "Có lịch hẹn?" in repr(kiosk.view)
    shown(centre)
    assert (kiosk.page, kiosk.papers) == ("take", ["A001"])
    assert "Giờ hẹn: 08:30" in kiosk.said
    assert heard[0].service is msgspec.UNSET
    centre.live(4)
    shown(centre)
    assert (kiosk.page, kiosk.papers) == ("held", ["A001"])
    assert "Lịch hẹn này đã lấy số" in kiosk.said
    assert centre.wrongs() == []


def test_too_early_is_told_from_when_and_an_ordinary_number_is_one_touch_away(centre):
    book(centre, HALF_PAST + 60 * MINUTE)
    kiosk = shown(centre)
    assert kiosk.page == "sorry"
    assert "Bạn hẹn lúc 09:30. Mời quét lại mã từ 09:00" in kiosk.said
    kiosk.touch("WentHome")
    kiosk.take()
    centre.live(1)
    assert kiosk.papers == ["A001"]


def test_too_late_gets_an_ordinary_number_and_is_told_so(centre):
    book(centre, MONDAY_0800 - 20 * MINUTE)
    kiosk = shown(centre)
    assert (kiosk.page, kiosk.papers) == ("take", ["A001"])
    assert "Giờ hẹn 07:40 đã qua" in kiosk.said


def test_a_code_that_nobody_knows_is_told_so_and_all_goes_on_by_hand(centre):
    kiosk = shown(centre, "goiso-hen:made-up-99")
    assert "Không thấy lịch hẹn này" in kiosk.said
    kiosk.shows("goiso-hen:x")
    assert kiosk.page == "sorry", "a code that is none disturbs nobody"
    centre.live(3)
    kiosk.take()
    centre.live(1)
    assert kiosk.papers == ["A001"]


def test_while_the_hub_is_away_a_kiosk_says_so_and_uses_no_number_of_its_own_for_it(centre):
    centre.hub.away = True
    kiosk = shown(centre)
    assert kiosk.page == "asking"
    centre.live(2)
    assert "Chưa kiểm tra được lịch hẹn" in kiosk.said
    centre.live(6)
    shown(centre)
    assert "Chưa kiểm tra được lịch hẹn" in kiosk.said, "at once, now that it is known to be away"
    kiosk.touch("WentHome")
    kiosk.take()
    centre.live(1)
    assert kiosk.papers == ["A9001"]
    centre.hub.away = False
    centre.live(4)
    assert shown(centre).papers == ["A9001", "A001"], "the code is good, once"
    centre.live(8)
    assert not any("given twice" in wrong for wrong in centre.wrongs())


def test_nothing_of_the_code_is_on_the_bus_in_a_journal_or_in_the_log(centre, heard, tmp_path, caplog):
    kiosk = shown(centre)
    journal = sqlite3.connect(tmp_path / "kiosk-1" / "kiosk.sqlite")
    assert token(CODE) not in repr(journal.execute("SELECT * FROM event").fetchall()), "not once its number is printed"
    files = b"".join(file.read_bytes() for file in tmp_path.rglob("kiosk*") if file.is_file())
    said_of_it = repr(centre.hub.hall.entries) + caplog.text + repr(kiosk.app) + repr(kiosk.view)
    for text in (CODE, "8f3k", "8F3K"):
        assert text not in repr(heard)
        assert text not in said_of_it
        assert text.encode() not in files
    assert token(CODE) in repr(heard), "the wish carries the token, or this test proves nothing"
    assert token(CODE) not in said_of_it


def test_a_hub_put_back_on_an_old_copy_hears_where_the_appointment_stood(centre, heard, tmp_path):
    shown(centre)
    ticket = next(iter(centre.hub.hall.lobby.tickets.values()))
    again = Centre(tmp_path / "older")
    lobby = again.hub.hall.lobby
    lobby.site = msgspec.structs.replace(lobby.site, appointments=Appointments(on=True))
    with sqlite3.connect(tmp_path / "kiosk-1" / "kiosk.sqlite") as journal:
        rows = journal.execute("SELECT body FROM event WHERE kind = 'TicketRequest'").fetchall()
    (message,) = (msgspec.json.decode(body, type=TicketRequest) for (body,) in rows)
    assert message.given.appointment.startswith("2026-11-23T08:30")
    again.hub.hall.say("kiosk-1", message)
    put_back = lobby.tickets[message.id]
    assert (put_back.number, put_back.clock0, put_back.appointment) == ("A001", ticket.clock0, ticket.appointment)


def test_the_paper_says_the_time_and_hides_how_many_come_before_where_nobody_knows(centre):
    hall = centre.hub.hall
    shown(centre)
    (ticket,) = hall.lobby.tickets.values()
    catalogue = Catalogue(site())

    def facts(**more):
        view = msgspec.structs.replace(ticket_view(hall.lobby, ticket, hall.now), **more)
        bands = lay_out(view, catalogue, "vi", None)
        rows = dict(cell for band in bands if isinstance(band, Facts) for cell in band.cells)
        return rows, [band.words for band in bands if isinstance(band, Note)]

    early, _ = facts()
    assert (early["Giờ hẹn"], "Số người trước bạn" in early) == ("08:30", False)
    in_time, _ = facts(wait=WaitRange(low_min=0, high_min=5))
    assert (in_time["Giờ hẹn"], in_time["Số người trước bạn"]) == ("08:30", "0")
    late, notes = facts(late=True)
    assert "Giờ hẹn" not in late
    assert "Đến sau giờ hẹn 08:30: số thường." in notes
