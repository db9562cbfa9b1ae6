"""The counters beside the queues: what is written down, what it counts, and what is struck out again."""

from collections import Counter

import pytest
from msgspec.structs import replace

from broker import facts as f
from broker import refusals as no
from broker.commands import FileComplaint, MakeRound, Message, OrderDelivery, Strike, TakeFee
from broker.refusals import Refusal
from broker.site_files import load_site
from broker.site_rows import SiteError
from broker.tallies import counts
from tests.hub_core import MONDAY_0800, SITE_FOLDER, Hall

HOUR = 3_600_000


@pytest.fixture
def hall() -> Hall:
    return Hall(now=MONDAY_0800 + 3 * HOUR)


def measured(hall: Hall) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for entry in hall.entries:
        for fact in entry.facts:
            for _, measure, _, n in counts(fact):
                sums[measure] += n
    return {measure: n for measure, n in sums.items() if n}


def write(hall: Hall, message: Message) -> str:
    """Write a line and give its id."""
    message = replace(message, id=hall.fresh_id())
    assert not isinstance(hall.do(message), Refusal)
    return message.id


def test_the_tariff_is_the_centres_own(hall: Hall) -> None:
    write(hall, OrderDelivery(id="", zone="city", dossiers=3))
    write(hall, OrderDelivery(id="", zone="district", dossiers=2))
    assert measured(hall) == {
        "delivery": 5, "delivery_to_city": 3, "delivery_to_district": 2, "delivery_vnd": 3 * 8_000 + 2 * 10_000
    }  # fmt: skip


def test_eight_rounds_a_day_and_each_once(hall: Hall) -> None:
    rounds = list(hall.lobby.site.rounds)
    assert rounds == [f"{at}-{way}" for at in ("0800", "1000", "1400", "1600") for way in ("out", "back")]
    for name in rounds:
        write(hall, MakeRound(id="", round=name, dossiers=11))
    assert hall.do(MakeRound(id=hall.fresh_id(), round="0800-out", dossiers=1)) == no.ROUND_MADE
    assert measured(hall) == {"courier_round": 8, "courier_dossiers": 88}


def test_what_is_struck_out_is_counted_off_and_may_be_written_anew(hall: Hall) -> None:
    wrong = write(hall, MakeRound(id="", round="0800-out", dossiers=110))
    write(hall, Strike(id="", line=wrong))
    assert measured(hall) == {}
    assert hall.do(Strike(id=hall.fresh_id(), line=wrong)) == no.UNKNOWN_LINE, "struck out twice"
    write(hall, MakeRound(id="", round="0800-out", dossiers=11))
    write(hall, TakeFee(id="", amount_vnd=150_000))
    assert measured(hall) == {"courier_round": 1, "courier_dossiers": 11, "fee": 1, "fee_vnd": 150_000}


def test_a_complaint_keeps_desk_and_minutes_and_nothing_else(hall: Hall) -> None:
    write(hall, FileComplaint(id="", about="q05a", start=hall.now - HOUR, end=hall.now - HOUR // 2))
    (fact,) = hall.entries[-1].facts
    assert set(fact.__struct_fields__) == {"actor", "about", "start", "end"}
    assert f.decode(f.encode(fact)) == fact
    assert measured(hall) == {"complaint": 1}


@pytest.mark.parametrize(("start", "end"), [(0, 0), (-10, 1), (-HOUR, -2 * HOUR), (-5 * HOUR, -1)])
def test_a_window_in_the_future_backwards_empty_or_of_half_a_day_is_refused(hall: Hall, start: int, end: int) -> None:
    message = FileComplaint(id=hall.fresh_id(), about="q05a", start=hall.now + start, end=hall.now + end)
    assert hall.do(message) == no.WRONG_WINDOW


@pytest.mark.parametrize(
    ("message", "why"),
    [
        (OrderDelivery(id="", zone="moon", dossiers=1), no.UNKNOWN_ZONE),
        (MakeRound(id="", round="0900-out", dossiers=1), no.UNKNOWN_ROUND),
        (FileComplaint(id="", about="q99", start=1, end=2), no.UNKNOWN_DESK),
        (Strike(id="", line="nothing"), no.UNKNOWN_LINE),
    ],
)
def test_what_the_centre_does_not_have_is_refused_and_changes_nothing(
    hall: Hall, message: Message, why: Refusal
) -> None:
    assert hall.do(replace(message, id=hall.fresh_id())) == why
    assert not hall.lobby.register


def test_the_register_begins_anew_each_day(hall: Hall) -> None:
    yesterday = write(hall, TakeFee(id="", amount_vnd=1))
    hall.now += 24 * HOUR
    write(hall, TakeFee(id="", amount_vnd=2))
    assert hall.do(Strike(id=hall.fresh_id(), line=yesterday)) == no.UNKNOWN_LINE


def test_a_tariff_that_is_no_number_is_refused_with_its_line(tmp_path) -> None:
    for file in SITE_FOLDER.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    tariff = tmp_path / "tariff.csv"
    tariff.write_text(tariff.read_text("utf-8").replace("8000", "8.000"), encoding="utf-8")
    with pytest.raises(SiteError, match=r"tariff.csv:2: fee_vnd is '8.000'; write a whole number"):
        load_site(tmp_path)
