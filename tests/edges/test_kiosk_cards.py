"""A citizen's card at the kiosk: priority by age, one open number per queue, and nothing of the person anywhere."""

import logging
import pickle
import random

import pytest

from appliance.runtime.link import Heard
from appliance.runtime.memory_link import MemoryLink
from appliance.wire.cards import CardKey, token
from appliance.wire.messages import Answer, Fate, Health, TicketRequest
from broker import cards
from kiosk.parts import ScannerIs, ScreenTouched
from tests.hub_core import MONDAY_0800
from tests.lone_kiosk import Centre

NUMBER, NAME, STREET, BORN = "096149000123", "Nguyễn Thị Trăng", "Ấp 4, xã Phú Hưng", "01051949"
CARD = f"{NUMBER}|381234567|{NAME}|{BORN}|Nữ|{STREET}|25042021"
YOUNG = "096201000777||Lê Văn Sóng|31122001|Nam|Khóm 2|02072024||A|B|"
OLD = "nguoi_tu_du_75_tuoi"
FIELDS = (NUMBER, "381234567", NAME, "Trăng", BORN, "1949", STREET, "Phú Hưng", "25042021")


@pytest.fixture
def centre(tmp_path):
    return Centre(tmp_path, kiosks=2)


@pytest.fixture
def heard(centre):
    """All that crosses the bus."""
    messages = []
    kinds = [(kind, "+") for kind in (TicketRequest, Fate, Health, Answer, CardKey)]
    spy = MemoryLink(
        centre.bus, "ca-mau", "spy", kinds, lambda event: isinstance(event, Heard) and messages.append(event)
    )
    spy.start()
    return messages


@pytest.fixture
def kiosk(centre, heard):
    for each in centre.kiosks:
        each.say(ScannerIs(present=True))
    centre.live(1)
    return centre.kiosks[0]


def requests(heard):
    return [event.message for event in heard if isinstance(event.message, TicketRequest)]


def test_an_old_age_is_priority_by_itself_and_the_citizen_may_take_it_back(centre, kiosk, heard):
    kiosk.shows(CARD)
    assert kiosk.page == "start"
    assert "Ưu tiên: Người từ đủ 75 tuổi" in kiosk.said
    kiosk.touch("AskedPriority")
    kiosk.touch("Declared(group='')")
    kiosk.take()
    centre.live(1)
    assert len(kiosk.papers) == 1
    assert not requests(heard)[-1].priority
    centre.live(4)
    kiosk.shows(YOUNG)
    assert "Ưu tiên" not in kiosk.said
    kiosk.shows(CARD)
    kiosk.take()
    centre.live(1)
    assert requests(heard)[-1].priority == OLD


def test_before_seven_in_the_morning_it_is_already_the_birthday(tmp_path):
    kiosk = Centre(tmp_path, now=MONDAY_0800 - 75 * 60_000).kiosks[0]
    kiosk.shows(CARD.replace(BORN, "23111951"))
    assert "Ưu tiên: Người từ đủ 75 tuổi" in kiosk.said, "the local day counts, not that of UTC"


def test_what_was_declared_by_hand_stays_and_what_another_card_gave_goes(kiosk, centre, heard):
    kiosk.touch("AskedPriority")
    kiosk.touch("phu_nu_mang_thai")
    kiosk.shows(YOUNG)
    kiosk.take()
    centre.live(1)
    assert requests(heard)[-1].priority == "phu_nu_mang_thai"
    centre.live(4)
    kiosk.shows(CARD)
    kiosk.shows(YOUNG)
    kiosk.touch("Chose(field='gtvt')")
    kiosk.touch("gtvt-nop")
    kiosk.touch("Took")
    centre.live(1)
    assert not requests(heard)[-1].priority


def test_the_same_card_at_two_kiosks_has_one_number(centre, kiosk, heard):
    other = centre.kiosks[1]
    for each in (kiosk, other):
        each.shows(CARD)
        each.take()
        centre.live(1)
    assert (kiosk.papers, other.papers) == (["A001"], [])
    assert other.page == "held"
    assert "Số của bạn" in other.said
    centre.live(4)
    assert other.page == "start", "the next citizen finds the start page"
    assert centre.wrongs() == []
    other.take()
    centre.live(1)
    assert other.papers == ["A002"], "the card went with its citizen"


def test_the_token_is_the_number_under_the_key_of_the_day(centre, kiosk, heard):
    kiosk.shows(CARD)
    kiosk.take()
    centre.live(1)
    assert requests(heard)[-1].card == token(cards.key(centre.hub.hall.lobby.day_key), NUMBER)


def test_without_the_hub_the_age_counts_and_the_ticket_comes(centre, kiosk):
    centre.hub.away = True
    centre.bus.cut("kiosk-1")
    centre.live(6)
    kiosk.shows(CARD)
    assert "Ưu tiên" in kiosk.said
    kiosk.take()
    centre.live(1)
    assert kiosk.papers == ["A9001"]
    centre.live(4)
    kiosk.shows(CARD)
    kiosk.take()
    assert kiosk.papers == ["A9001", "A9002"]


def test_a_receipt_leads_to_the_result_and_an_odd_code_loses_nothing(centre, kiosk):
    kiosk.touch("Chose(field='tnmt')")
    for code, words in (
        ("rubbish", "không hiểu mã"),
        ("goiso-hen:77-abcdef", "chưa dùng mã hẹn"),
        ("H12.99-231123-0001", "không hiểu mã"),
    ):
        kiosk.shows(code)
        assert kiosk.page == "services"
        assert words in kiosk.said
    kiosk.shows("H12.03-231123-0001")
    assert kiosk.page == "review"
    assert "Nhận kết quả" in kiosk.said
    kiosk.touch("Took")
    centre.live(1)
    assert kiosk.papers == ["H001"]


def test_codes_shown_while_the_ticket_comes_change_nothing(centre, kiosk):
    kiosk.take()
    kiosk.shows(CARD)
    kiosk.shows("H12.03-231123-0001")
    centre.live(1)
    assert (kiosk.page, kiosk.papers) == ("take", ["A001"])
    kiosk.shows(CARD)
    assert kiosk.page == "take", "a card that still lies there hides nobody's number"


def test_a_scanner_that_comes_and_goes_is_one_line_each(kiosk, caplog):
    with caplog.at_level(logging.INFO):
        for present in (False, False, True, True):
            kiosk.say(ScannerIs(present, "" if present else "/dev/queue-scanner: unplugged"))
    lines = [record.getMessage() for record in caplog.records if "scanner" in record.getMessage()]
    assert lines == ["scanner: fault, /dev/queue-scanner: unplugged", "scanner: ready"]


def test_nothing_of_the_person_is_in_any_log_message_file_or_page(centre, kiosk, heard, caplog, tmp_path):
    pages = []
    with caplog.at_level(logging.DEBUG):
        for each in centre.kiosks:
            each.shows(CARD)
            pages.append(repr(each.view))
            each.shows(CARD.replace(BORN, "31022000"))
            each.shows(CARD[:40])
            each.take()
            centre.live(1)
            pages.append(repr(each.view))
        centre.bus.cut("kiosk-1")
        centre.live(2)
    events = repr([event.message for event in heard])
    files = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    facts = repr(centre.hub.hall.entries)
    for field in FIELDS:
        assert field not in caplog.text
        assert field not in events, "on the bus"
        assert field.encode() not in files, "in a journal"
        assert field not in facts
        assert not any(field in page for page in pages)
    mine = token(cards.key(centre.hub.hall.lobby.day_key), NUMBER)
    assert mine in events, "the wish carries the token, or this test proves nothing"
    assert mine not in caplog.text
    assert mine not in facts, "the log is for ever, a token for a day"
    assert pickle.dumps(NUMBER) not in files


@pytest.mark.parametrize("seed", range(3))
def test_a_hundred_ghost_touches_a_second_and_a_card_that_never_stops_give_no_double_ticket(centre, kiosk, seed):
    ghosts = random.Random(seed)
    for moment in range(15 * 100):
        kiosk.seconds += 0.01
        kiosk.say(ScreenTouched(ghosts.random(), ghosts.random()))
        if moment % 37 == 0:
            kiosk.shows(ghosts.choice((CARD, "rubbish", "H12.03-231123-0001")))
        if moment % 100 == 0:
            centre.live(1)
    centre.live(60)
    assert kiosk.page == "start"
    tickets = centre.hub.hall.lobby.tickets.values()
    assert len(kiosk.papers) == len(set(kiosk.papers)) == sum(ticket.paper == "printed" for ticket in tickets)
    assert centre.wrongs() == []
