"""What the hub put aside is seen by who must look, in sentences, and nothing of what was in it."""

import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from appliance.wire.messages import Fate, TicketRequest
from appliance.wire.parts import Given
from broker.commands import Command, Provide, Unreadable
from broker.database import connect, migrate
from broker.quarantine import put_aside
from tests.web_hall import SITE, WebHall

DAY_S = 86_400
EPOCH = "6f8b1c9e-6f0a-4c1e-9d6e-0d9a5d1c7b11"
SECRET = "079201001234"


def fresh() -> str:
    return str(uuid.uuid4())


@pytest.fixture
def hall(tmp_path):
    hall = WebHall(tmp_path)
    yield hall
    hall.close()


def say(hall, message, device="kiosk-1"):
    return hall.hub.handle(Command(message=message, actor=f"device:{device}", device=device, code="c" * 10))


def on_paper(hall, **changes):
    """A report of a number that kiosk-1 gave from its emergency block while the hub was away."""
    lease = next(each for each in hall.hub.look(lambda lobby: list(lobby.leases.values())) if each.queue == "a")
    at = hall.hub.look(lambda lobby: lobby.calendar.instant(lease.granted_at + 60_000))
    report = Fate(
        id=fresh(), epoch=EPOCH, seq=1, at=at, fate="printed", lease=lease.id, n=lease.first, service="tnmt-nop"
    )
    return replace(report, **changes)


def unreadable(hall, device="rating-q01a", kind="rating"):
    said = f'{{"card":"{SECRET}","name":"Nguyễn Văn {SECRET}"'.encode()
    topic = f"goiso/v1/{SITE.id}/up/{device}/{kind}"
    wrong = Unreadable(id=fresh(), source=topic, code="malformed", detail=f"invalid value {SECRET}", payload=said)
    hall.hub.handle(Command(message=wrong, actor=f"device:{device}", device=device))


def told(hall, path="/admin/quarantine", language="vi"):
    return hall.person("admin").get(f"{path}?lang={language}").text


def test_a_paper_that_is_heard_of_after_its_day_is_named_with_its_day(hall):
    say(hall, Provide(id=fresh(), epoch=EPOCH))
    late = on_paper(hall)
    hall.clock.advance(DAY_S)
    assert say(hall, late).ok is False
    page = told(hall)
    assert "Phiếu A9001 in ngày 23/11/2026 khi máy mất kết nối" in page
    assert "kiosk-1" in page
    (entry,) = hall.program("admin").get("/api/v1/quarantine").json
    assert (entry["kind"], entry["number"], entry["day"]) == ("paper_late", "A9001", "2026-11-23")
    assert "Hôm nay có 1 tin" in told(hall, "/admin")
    assert "kiosk-1: 1 phiếu" not in told(hall, "/manager"), "its holder went home yesterday"


def test_who_holds_a_paper_that_is_in_no_line_is_told_to_the_manager_at_once(hall):
    say(hall, Provide(id=fresh(), epoch=EPOCH))
    for paper in ("printing", "printed"):
        assert say(hall, on_paper(hall, n=9999, fate=paper)).error == "wrong_state"
    assert "Phiếu A9999 không thuộc khối số dự phòng nào" in told(hall)
    assert "kiosk-1: 1 phiếu đã in không có trong hàng chờ: A9999." in told(hall, "/manager")


def test_a_number_that_two_people_hold_is_told_as_such(hall):
    hall.take()
    again = TicketRequest(id=fresh(), service="tnmt-nop", given=Given(number="A001"))
    assert say(hall, again).ok is False
    assert "Ticket A001 has a number that somebody else was given." in told(hall, language="en")


def test_what_could_not_be_read_is_counted_and_says_nothing_of_whom_it_spoke(hall):
    for _ in range(3):
        unreadable(hall)
    unreadable(hall, "kiosk-2", "ticket")
    page = told(hall)
    assert page.index("một yêu cầu lấy số") < page.index("một lần bấm đánh giá"), "the newest first"
    assert page.count("3 lần") == 1
    api = hall.program("admin").get("/api/v1/quarantine")
    assert [(entry["device"], entry["about"], entry["times"]) for entry in api.json] == [
        ("kiosk-2", "ticket", 1),
        ("rating-q01a", "rating", 3),
    ]
    assert SECRET not in page + api.text + told(hall, "/admin")
    assert "Hôm nay có 4 tin" in told(hall, "/admin")


def test_a_long_list_is_cut_and_says_so(hall):
    for n in range(103):
        unreadable(hall, f"kiosk-{n}", "ticket")
    page = told(hall)
    assert page.count("Không đọc được") == 100
    assert "Còn 3 mục cũ hơn" in page
    assert "kiosk-102<" in page
    assert "kiosk-2<" not in page


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    db = connect(tmp_path_factory.mktemp("aside") / "hub.sqlite")
    migrate(db)
    yield db
    db.close()


ROW = st.tuples(
    st.integers(0, 4_000_000_000_000),
    st.sampled_from((f"goiso/v1/x/up/kiosk-1/{SECRET}", f"goiso/v1/x/up/{SECRET}+/fate", SECRET, "device:kiosk-1"))
    | st.text(max_size=40),
    st.sampled_from(("malformed", "too_large", "closed", "wrong_state", "paper_late", "paper_block", "paper_new", "")),
    st.just(SECRET) | st.text(max_size=40),
    st.sampled_from(
        (
            f'{{"given":{{"number":"A{SECRET}x"}},"service":"tnmt-nop","at":"{SECRET}","card":"{SECRET}"}}'.encode(),
            f'{{"fate":"{SECRET}","n":7,"service":"{SECRET}","reason":"{SECRET}"}}'.encode(),
            b'{"n":7,"service":"tnmt-nop","at":"2026-11-23T08:00:00.000+07:00","fate":"printed"}',
        )
    )
    | st.binary(max_size=60),
)


@given(rows=st.lists(ROW, max_size=6))
@settings(max_examples=150)
def test_whatever_was_put_aside_can_be_told_and_nothing_of_it_is(table, rows):
    table.execute("DELETE FROM quarantine")
    table.executemany("INSERT INTO quarantine (at, source, code, detail, payload) VALUES (?,?,?,?,?)", rows)
    entries = put_aside(table, SITE)
    assert sum(entry.times for entry in entries) == len(rows)
    assert SECRET not in repr(entries)
