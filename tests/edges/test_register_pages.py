"""The register in a browser's hands: written once, struck out, complaints for few eyes, and told to the bus."""

import json
import re
import uuid
from contextlib import closing

import pytest

from appliance.runtime.memory_link import MemoryBus, MemoryLink
from broker.bindings import Bindings
from broker.bus import HEARS, BusDoor
from broker.database import open_reader
from broker.register_counts import register_counts
from tests.waiting import eventually
from tests.web_hall import WebHall


@pytest.fixture
def hall(tmp_path):
    hall = WebHall(tmp_path)
    yield hall
    hall.close()


def send(browser, address, **fields):
    """Fill in the form of its page and send it."""
    return browser.submit(address, address.rpartition("/")[0], **{"id": str(uuid.uuid4()), **fields})


def test_a_form_that_is_sent_twice_writes_one_line(hall):
    clerk, twice = hall.person("reception"), str(uuid.uuid4())
    for _ in range(2):
        assert send(clerk, "/post/delivery", id=twice, zone="city", dossiers="3").status_code == 303
    page = clerk.get("/post").text
    assert page.count("24.000 đ") == 1
    assert "Nội ô thành phố Cà Mau, 3 hồ sơ" in page


def test_a_round_is_ticked_once_and_struck_out_again(hall):
    clerk = hall.person("reception")
    assert send(clerk, "/post/round", round="0800-out", dossiers="11").status_code == 303
    assert send(clerk, "/post/round", round="0800-out", dossiers="12").status_code == 409
    line = re.search(r'name="line" value="([^"]+)"', clerk.get("/post").text)[1]
    assert send(clerk, "/post/strike", line=line).status_code == 303
    assert "Hôm nay chưa ghi gì." in clerk.get("/post").text


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/post/delivery", {"zone": "city", "dossiers": "-1"}),
        ("/post/delivery", {"zone": "moon", "dossiers": "1"}),
        ("/post/fee", {"amount_vnd": "=1+1"}),
        ("/post/fee", {"amount_vnd": "9" * 400}),
        ("/post/round", {"round": "0800-out", "dossiers": ""}),
        ("/post/delivery", {"zone": "city", "dossiers": "1", "id": "x"}),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_line(hall, address, fields):
    clerk = hall.person("reception")
    assert send(clerk, address, **fields).status_code == 400
    assert "Hôm nay chưa ghi gì." in clerk.get("/post").text


def test_the_report_adds_up_what_was_written(hall):
    clerk = hall.person("reception")
    for zone, dossiers in (("city", "3"), ("district", "2")):
        send(clerk, "/post/delivery", zone=zone, dossiers=dossiers)
    send(clerk, "/post/fee", amount_vnd="150000")
    with closing(open_reader(hall.store.path)) as reader:
        found = register_counts(reader, hall.site, "2026-11-23", "2026-11-23")
    assert (found.deliveries, found.delivery_vnd, found.fees, found.fee_vnd) == (5, 44_000, 1, 150_000)
    assert [zone.dossiers for zone in found.zones] == [3, 2]


def test_complaints_are_for_few_eyes(hall):
    supervisor = hall.person("supervisor")
    assert send(supervisor, "/complaints/file", about="q05a", start="07:10", end="07:25").status_code == 303
    assert "07:10 – 07:25" in supervisor.get("/complaints").text
    assert "07:10" not in supervisor.get("/post").text
    assert "07:10 – 07:25" in hall.person("clerk", "p05").get("/complaints").text, "the complaints desk"
    assert 'href="/complaints"' in supervisor.get("/post").text
    for other in (hall.person("clerk", "q05a"), hall.person("reception"), hall.person("manager")):
        assert other.get("/complaints").status_code == 403
    for other in (hall.person("clerk", "q05a"), hall.person("reception")):
        assert 'href="/complaints"' not in other.get("/post").text, "a way that leads nowhere"


def test_what_stands_in_the_one_book_cannot_be_struck_out_in_the_other(hall):
    supervisor = hall.person("supervisor")
    send(supervisor, "/complaints/file", about="q05a", start="07:10", end="07:25")
    line = re.search(r'name="line" value="([^"]+)"', supervisor.get("/complaints").text)[1]
    assert send(hall.person("reception"), "/post/strike", line=line).status_code == 404
    assert send(supervisor, "/complaints/strike", line=line).status_code == 303
    assert "Hôm nay chưa có khiếu nại nào." in supervisor.get("/complaints").text


def test_a_filed_complaint_is_told_to_the_bus_and_a_bad_rating_never(hall):
    bus = MemoryBus()
    door = BusDoor(hall.hub, hall.boxes, hall.web.limits, lambda: uuid.uuid4().hex, Bindings({}, {}))
    link = MemoryLink(bus, "ca-mau", "hub", HEARS, door.hear)
    door.open(link)
    link.start()
    hall.serve_and_rate(4)
    send(hall.person("supervisor"), "/complaints/file", about="q05a", start="07:10", end="07:25")
    packet = eventually(lambda: next((packet for packet in bus.log if "/event/" in packet.topic), None))
    assert packet.topic == "goiso/v1/ca-mau/event/complaint"
    told = json.loads(packet.payload)
    assert (told["desk"], told["counter"]) == ("q05a", "q05")
    assert (told["start"][11:16], told["end"][11:16]) == ("07:10", "07:25")
    assert set(told) <= {"v", "gen", "id", "desk", "counter", "start", "end"}
    assert sum("/event/" in packet.topic for packet in bus.log) == 1
