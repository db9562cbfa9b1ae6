"""What stands on paper: where, when and how long, nothing about anybody's person, the number last."""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.wire.messages import TicketView, WaitRange
from kiosk import phrases
from kiosk.catalogue import Catalogue
from kiosk.fixed import fixed_bands
from kiosk.ticket import Band, Caption, Code, Errand, Facts, Note, Number, Rule, Subject, Title, lay_out, void_strip
from tests.kiosk_scene import LANGUAGES, NOW, TICKET, site

ADDRESS = "https://so.example.vn"


def catalogue() -> Catalogue:
    return Catalogue(msgspec.structs.replace(site(), public_url=ADDRESS))


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-23T{clock}:00").replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def facts(bands: tuple[Band, ...]) -> dict[str, str]:
    return {label: value for band in bands if isinstance(band, Facts) for label, value in band.cells}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ticket_says_where_when_and_how_long_and_ends_with_its_number(language: str) -> None:
    bands = lay_out(TICKET, catalogue(), language, NOW)
    assert isinstance(bands[0], Title)
    assert bands[-1] == Number("A048")
    assert list(facts(bands).values()) == ["1–2", "6", "15–25", "07:55–08:10", "07:42 23/11"]
    assert Code(f"{ADDRESS}/t/{TICKET.code}") in bands


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_place_that_has_a_name_is_named(language: str) -> None:
    bands = lay_out(msgspec.structs.replace(TICKET, service="fee", counters=("p01",)), catalogue(), language, NOW)
    name = Catalogue(site()).labels(["p01"])[0].to(language)
    assert [band for band in bands if isinstance(band, Errand) and band.words.endswith(name)]


def test_a_ticket_never_tells_why_somebody_has_priority_and_has_no_code_without_a_page_for_it() -> None:
    here = Catalogue(site())
    bands = lay_out(TICKET, here, "vi", None)
    said = str(bands).lower()
    assert not any(group.name.vi.lower() in said for group in here.groups)
    assert "ưu tiên" not in said
    assert not any(isinstance(band, Code) for band in bands)
    assert "23/11" not in said, "no time from a clock that is not to be trusted"


def test_a_ticket_of_a_kiosk_without_its_hub_promises_nothing() -> None:
    bands = lay_out(msgspec.structs.replace(TICKET, code="", ahead=0), catalogue(), "vi", NOW)
    assert list(facts(bands)) == ["Đến quầy", "Lấy số lúc"]
    assert not any(isinstance(band, Code) for band in bands)


def test_the_papers_of_the_chosen_procedure_stand_on_the_ticket() -> None:
    bands = lay_out(TICKET, catalogue(), "vi", NOW, "Tờ khai, căn cước")
    assert Note("Cần có: Tờ khai, căn cước") in bands
    assert sum(isinstance(band, Note) for band in bands) == 2, "and not those of the service as well"


# ------------------------------------------------------------------------------------------------ the time of a call


@given(st.integers(0, 1439), st.integers(0, 300), st.integers(0, 300))
def test_a_promised_time_is_never_narrower_than_the_wait(minute: int, low: int, more: int) -> None:
    said = phrases.called(at(f"{minute // 60:02}:{minute % 60:02}"), WaitRange(low_min=low, high_min=low + more))
    if said:
        first, last = (int(clock[:2]) * 60 + int(clock[3:]) for clock in said.split("–"))
        assert first <= minute + low
        assert minute + low + more <= last
        assert first % 5 == last % 5 == 0
    else:
        assert minute + low + more > 1435, "only what would be tomorrow is not said"


def test_a_ticket_for_the_afternoon_says_from_when_it_is_called() -> None:
    bands = lay_out(msgspec.structs.replace(TICKET, due="2026-11-23T13:00:00.000+07:00"), catalogue(), "vi", NOW)
    assert facts(bands)["Không gọi trước"] == "13:00"


# ---------------------------------------------------------------------------------------------------- what is fixed


def _ticket(
    service: str, wait: WaitRange | None, ahead: int, code: str, number: str, due: str | msgspec.UnsetType
) -> TicketView:
    queue = next(each.queue for each in site().services if each.id == service)
    counters = next(each.counters for each in site().queues if each.id == queue)
    return msgspec.structs.replace(
        TICKET,
        service=service,
        queue=queue,
        counters=counters,
        wait=wait,
        ahead=ahead,
        code=code,
        number=number,
        due=due,
    )


tickets = st.builds(
    _ticket,
    st.sampled_from([service.id for service in site().services]),
    st.none() | st.builds(lambda low, more: WaitRange(low_min=low, high_min=low + more), *[st.integers(0, 90)] * 2),
    st.integers(0, 200),
    st.sampled_from(["", "k7m2p9"]),
    st.sampled_from(["A001", "H1024", "A9001"]),
    st.sampled_from([msgspec.UNSET, "2026-11-23T13:00:00.000+07:00"]),
)


HERE = catalogue()
FIXED = set(fixed_bands(HERE))


@given(tickets, st.sampled_from(LANGUAGES), st.none() | st.just(NOW))
def test_every_word_of_every_ticket_is_among_the_fixed_ones(
    ticket: TicketView, language: str, moment: datetime | None
) -> None:
    for band in (*lay_out(ticket, HERE, language, moment), *void_strip(language)):
        if isinstance(band, Facts):
            assert Facts(tuple((label, "") for label, _ in band.cells)) in FIXED
        elif not isinstance(band, Code | Rule | Number):
            assert band in FIXED


def test_vietnamese_comes_first_and_what_every_ticket_has_before_what_few_have() -> None:
    fixed = fixed_bands(catalogue())
    assert fixed[0] == Title(site().name.vi)
    english = fixed.index(Title(site().name.en))
    assert fixed.index(Caption("SỐ THỨ TỰ CỦA BẠN")) < fixed.index(Subject("Ngoại vụ")) < english
    assert english <= 50, "printers are slow to write when they keep more than fifty pictures"
