"""Over HTTP: who comes too late reads what may be had instead, and an afternoon number says from when it is called."""

import uuid

from tests.full_before_break import hall
from tests.web_hall import WebHall

__all__ = ["hall"]


def test_a_program_is_told_the_offers_and_takes_one(hall: WebHall) -> None:
    reception = hall.program("reception")
    refused = reception.post("/api/v1/tickets", {"service": "tnmt-nop"})
    assert (refused.status_code, refused.json["error"]) == (409, "closed")
    assert refused.json["offers"] == ["afternoon", "anyway"]
    key = str(uuid.uuid4())
    taken = reception.post("/api/v1/tickets", {"service": "tnmt-nop", "accept": "afternoon", "id": key})
    assert taken.status_code == 201
    assert taken.json["ticket"]["due"] == "2026-11-23T13:00:00.000+07:00"


def test_the_phone_says_from_when_the_number_is_called(hall: WebHall) -> None:
    ticket = hall.take(accept="afternoon").ticket
    page = hall.app.test_client().get(f"/t/{ticket.code}?lang=vi").get_data(as_text=True)
    assert "<dt>Được gọi từ</dt><dd>13:00</dd>" in page
    assert "Bạn là người tiếp theo" not in page


def test_the_queue_tells_a_range_that_its_next_citizen_reads_too(hall: WebHall) -> None:
    rows = hall.program("manager").get("/api/v1/queues").json
    (row,) = [row for row in rows if row["id"] == "a"]
    ticket = hall.take(accept="anyway").ticket
    assert ticket.wait is None or row["wait"] == {"low_min": ticket.wait.low_min, "high_min": ticket.wait.high_min}
