"""Reception over HTTP: what it puts right on a real hub, and what it is told when it cannot be."""

import uuid
from contextlib import closing

import pytest

from appliance.wire.messages import Health
from appliance.wire.reprints import ReprintFate
from appliance.wire.told import Part
from broker.commands import Command, Provide
from broker.database import open_reader
from broker.day_cards import UNKNOWN
from broker.verify import check
from tests.web_hall import SITE, WebHall

GROUP = next(iter(SITE.groups))
PRINT = ("reprint", {"device": "kiosk-1"})


def fresh() -> str:
    return str(uuid.uuid4())


@pytest.fixture
def hall(tmp_path):
    hall = WebHall(tmp_path)
    hall.press("q01a", "open")
    yield hall
    hall.close()


def groups(hall) -> dict[str, int]:
    with closing(open_reader(hall.folder / "hub.sqlite")) as db:
        return dict(db.execute("SELECT grp, n FROM group_counts").fetchall())


def test_reception_gives_a_priority_and_the_number_is_called_sooner(hall):
    hall.take()
    ticket = hall.take().ticket
    reception = hall.program("reception")
    answer = reception.post(f"/api/v1/tickets/{ticket.id}/priority", {"group": GROUP})
    assert answer.status_code == 200
    assert (answer.json["ticket"]["number"], answer.json["ticket"]["code"]) == ("A002", ticket.code)
    assert groups(hall) == {GROUP: 1}
    hall.clock.advance(300)
    assert hall.press("q01a", "next").ticket.number == "A002"


def test_sent_twice_it_is_counted_once_and_the_log_holds(hall):
    ticket = hall.take(priority=GROUP).ticket
    reception, key = hall.program("reception"), str(uuid.uuid4())
    for _ in range(2):
        reception.post(f"/api/v1/tickets/{ticket.id}/priority", {"group": None}, Idempotency_Key=key)
    reception.post(f"/api/v1/tickets/{ticket.id}/cancel", {"reason": "went_home"})
    reception.post(f"/api/v1/tickets/{ticket.id}/restore")
    assert groups(hall) == {GROUP: 0}
    with closing(open_reader(hall.folder / "hub.sqlite")) as db:
        assert check(db).complaints == []


def test_a_hub_that_was_started_anew_still_counts_off_what_it_counted(tmp_path):
    hall = WebHall(tmp_path)
    ticket = hall.take(priority=GROUP).ticket
    hall.close()
    again = WebHall(tmp_path)
    try:
        answer = again.program("admin").post(f"/api/v1/tickets/{ticket.id}/priority", {"group": None})
        assert answer.status_code == 200
        assert groups(again) == {GROUP: 1, UNKNOWN: -1}
    finally:
        again.close()


def test_a_cancelled_number_says_so_on_the_phone_and_is_brought_back(hall):
    ticket = hall.take().ticket
    reception = hall.program("reception")
    cancelled = reception.post(f"/api/v1/tickets/{ticket.id}/cancel", {"reason": "went_home"})
    assert cancelled.json["ticket"]["status"] == "cancelled"
    assert hall.press("q01a", "next").ticket is None
    for lang, words in (("vi", "đã hủy theo yêu cầu"), ("en", "was cancelled"), ("km", "លុបចោលតាមសំណើ")):
        assert words in hall.stranger().get(f"/t/{ticket.code}?lang={lang}").text
    assert reception.post(f"/api/v1/tickets/{ticket.id}/restore").json["ticket"]["status"] == "waiting"
    assert hall.press("q01a", "next").ticket.number == ticket.number


def test_a_clerk_corrects_who_sits_before_him_and_nobody_else(hall):
    ours, theirs = hall.take().ticket, hall.take("fee").ticket
    hall.press("q01a", "next")
    clerk = hall.program("clerk", "q01a")
    right = clerk.post(f"/api/v1/tickets/{ours.id}/priority", {"group": GROUP})
    assert (right.status_code, right.json["ticket"]["code"]) == (200, "")
    wrong = clerk.post(f"/api/v1/tickets/{theirs.id}/priority", {"group": GROUP})
    assert (wrong.status_code, wrong.json["error"]) == (403, "forbidden")
    assert "lễ tân" in wrong.json["message"]["vi"]
    assert clerk.post(f"/api/v1/tickets/{ours.id}/cancel", {"reason": "other"}).status_code == 403


def kiosk(hall, device="kiosk-1", state="ready", online=True):
    hall.boxes.present(device, online)
    hall.boxes.healthy(device, Health(parts={"printer": Part(state=state)}))
    hall.hub.handle(Command(message=Provide(id=fresh(), epoch=fresh()), actor="system", device=device))


def test_a_paper_is_asked_for_once_however_often_the_request_is_sent(hall):
    kiosk(hall)
    ticket, key = hall.take().ticket, fresh()
    reception = hall.program("reception")
    answer = reception.post(f"/api/v1/tickets/{ticket.id}/reprint", {"device": "kiosk-1"}, Idempotency_Key=key)
    assert (answer.status_code, answer.json["reprint"]) == (202, key)
    hall.boxes.present("kiosk-1", online=False)
    again = reception.post(f"/api/v1/tickets/{ticket.id}/reprint", {"device": "kiosk-1"}, Idempotency_Key=key)
    assert again.json == answer.json
    told = ReprintFate(id=fresh(), reprint=key, outcome="unsent", reason="busy")
    hall.hub.handle(Command(message=told, actor="device:kiosk-1", device="kiosk-1"))
    page = hall.person("reception").get(f"/ticket?q={ticket.number}").text
    assert "kiosk-1 chưa in: có người đang dùng máy." in page
    with closing(open_reader(hall.folder / "hub.sqlite")) as db:
        assert check(db).complaints == []


@pytest.mark.parametrize(
    ("device", "status"), [("kiosk-2", 409), ("kiosk-3", 409), ("kiosk-9", 400), ("rating-q01a", 400), ("../x", 400)]
)
def test_a_machine_that_cannot_print_is_not_asked(hall, device, status):
    kiosk(hall, "kiosk-2", state="fault")
    kiosk(hall, "kiosk-3", online=False)
    ticket = hall.take().ticket
    answer = hall.program("reception").post(f"/api/v1/tickets/{ticket.id}/reprint", {"device": device})
    assert answer.status_code == status
    assert answer.json["message"]["vi"]
    assert hall.hub.look(lambda lobby: lobby.reprints) == {}


@pytest.mark.parametrize("role", ["manager", "supervisor", "device"])
def test_who_is_not_of_reception_changes_nothing(hall, role):
    ticket = hall.take().ticket
    program = hall.program(role)
    for what, body in (("priority", {"group": GROUP}), ("cancel", {"reason": "other"}), ("restore", {}), PRINT):
        assert program.post(f"/api/v1/tickets/{ticket.id}/{what}", body).status_code == 403


@pytest.mark.parametrize(
    ("what", "body", "status"),
    [
        ("priority", {}, 400),
        ("priority", {"group": "vip"}, 400),
        ("priority", {"group": "../etc"}, 400),
        ("priority", {"group": GROUP, "desks": ["q01a"]}, 400),
        ("cancel", {"reason": "his name is Nguyễn Văn A"}, 400),
        ("cancel", {}, 400),
        ("restore", {}, 409),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_changes(hall, what, body, status):
    ticket = hall.take().ticket
    answer = hall.program("reception").post(f"/api/v1/tickets/{ticket.id}/{what}", body)
    assert answer.status_code == status
    assert answer.json["message"]["vi"]
    assert hall.hub.look(lambda lobby: lobby.tickets[ticket.id]).status == "waiting"
    assert groups(hall) == {}


@pytest.mark.parametrize("forged", ["A001", "00000000-0000-0000-0000-000000000000", "%2e%2e", "x" * 300])
def test_a_forged_ticket_is_unknown(hall, forged):
    reception = hall.program("reception")
    for what, body in (("priority", {"group": GROUP}), ("cancel", {"reason": "other"}), ("restore", {})):
        answer = reception.post(f"/api/v1/tickets/{forged}/{what}", body)
        assert (answer.status_code, answer.json["error"]) == (404, "unknown_ticket")


def test_a_visit_that_is_over_or_of_yesterday_stays_as_it_was(hall):
    ticket = hall.take().ticket
    hall.press("q01a", "next")
    reception = hall.program("reception")
    called = reception.post(f"/api/v1/tickets/{ticket.id}/cancel", {"reason": "other"})
    assert (called.status_code, called.json["error"]) == (409, "wrong_state")
    assert "Vắng mặt" in called.json["message"]["vi"]
    hall.press("q01a", "finish")
    assert reception.post(f"/api/v1/tickets/{ticket.id}/priority", {"group": GROUP}).status_code == 409
    hall.end_day()
    hall.take()
    assert reception.post(f"/api/v1/tickets/{ticket.id}/priority", {"group": GROUP}).status_code == 404
