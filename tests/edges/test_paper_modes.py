"""A ticket in every way of making it: the same paper, whatever the printer keeps; few bytes where it keeps all."""

import random

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from appliance.wire.messages import TicketView, WaitRange
from kiosk.drivers import nv_bytes as nv
from kiosk.drivers.code_pages import CodePage
from kiosk.drivers.compose import Way, ticket_bytes
from kiosk.drivers.escpos_bytes import REALTIME
from kiosk.drivers.kept import Define, Delete, KeptSet
from kiosk.drivers.letters import SMOOTH
from kiosk.drivers.strip import Picture
from kiosk.ticket import Band, Number, Subject, lay_out
from tests.kiosk_scene import LANGUAGES, NOW, TICKET, site
from tests.paper import ADDRESS, catalogue, decoded, ink_height, qr_codes, whole
from virtual_centre.printer.commands import Parser
from virtual_centre.printer.mechanism import Mechanism
from virtual_centre.printer.nv_memory import NvMemory

BUDGET = 1500
DOTS = (576, 384)
TCVN: dict[CodePage, int] = {"tcvn3-lower": 30, "tcvn3-upper": 31}
WINDOWS: dict[CodePage, int] = {"windows-1258": 52}


def ticket_of(service: str, **more: object) -> TicketView:
    queue = next(each.queue for each in site().services if each.id == service)
    counters = next(each.counters for each in site().queues if each.id == queue)
    return msgspec.structs.replace(TICKET, service=service, queue=queue, counters=counters, **more)  # type: ignore[arg-type]  # because the fields are those of a ticket


services = st.sampled_from([service.id for service in site().services])
waits = st.none() | st.builds(lambda low, more: WaitRange(low_min=low, high_min=low + more), *[st.integers(0, 90)] * 2)
tickets = st.builds(
    ticket_of,
    services,
    wait=waits,
    ahead=st.integers(0, 99),
    code=st.sampled_from(["", "k7m2p9"]),
    number=st.sampled_from(["A001", "H1024", "A9001"]),
)


@pytest.mark.parametrize("dots", DOTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_standard_ticket_of_every_service_stays_within_its_bytes(language: str, dots: int) -> None:
    kept, _ = whole(dots)
    for service in site().services:
        bands = lay_out(ticket_of(service.id), catalogue(), language, NOW)
        data = ticket_bytes(bands, Way(dots, "hybrid", kept.keys))
        assert len(data) <= BUDGET, service.id
        assert len(data) * 10 / 19_200 <= 0.8, "seconds until the last byte is out, ten bits to a byte"


@settings(max_examples=40)
@given(tickets, st.sampled_from(LANGUAGES), st.sampled_from(DOTS), st.integers(0, 2**32), st.floats(0, 1))
def test_the_paper_is_the_same_whichever_words_the_printer_keeps(
    ticket: TicketView, language: str, dots: int, seed: int, share: float
) -> None:
    kept, memory = whole(dots)
    chance = random.Random(seed)
    some = {picture: key for picture, key in kept.keys.items() if chance.random() < share}
    bands = lay_out(ticket, catalogue(), language, NOW)
    all_kept = decoded(ticket_bytes(bands, Way(dots, "hybrid", kept.keys)), dots, memory)
    some_kept = decoded(ticket_bytes(bands, Way(dots, "hybrid", some)), dots, memory)
    assert len(some_kept) == len(all_kept)
    # Where a byte would look like a command to the printer, a lone dot is given up, here or there.
    differing = sum((one ^ other).bit_count() for one, other in zip(some_kept, all_kept, strict=True))
    assert differing <= 8


@settings(max_examples=30)
@given(tickets, st.sampled_from(LANGUAGES), st.sampled_from(DOTS), st.sampled_from(["hybrid", "raster", "native"]))
def test_the_number_is_last_and_15_mm_tall_in_every_mode(
    ticket: TicketView, language: str, dots: int, mode: str
) -> None:
    kept, memory = whole(dots)
    bands = lay_out(ticket, catalogue(), language, NOW)
    assert isinstance(bands[-1], Number)
    way = Way(dots, mode, kept.keys if mode == "hybrid" else {}, TCVN)  # type: ignore[arg-type]  # because it is one of the three
    rows = decoded(ticket_bytes(bands, way), dots, memory)
    assert ink_height(rows) >= 120


@pytest.mark.parametrize("mode", ["hybrid", "raster", "native"])
@pytest.mark.parametrize("dots", DOTS)
def test_a_phone_reads_the_code_in_every_mode(dots: int, mode: str) -> None:
    kept, memory = whole(dots)
    way = Way(dots, mode, kept.keys if mode == "hybrid" else {}, TCVN)  # type: ignore[arg-type]  # because it is one of the three
    rows = decoded(ticket_bytes(lay_out(TICKET, catalogue(), "vi", NOW), way), dots, memory)
    assert qr_codes(rows, dots) == [f"{ADDRESS}/t/{TICKET.code}"]


@pytest.mark.parametrize("tables", [TCVN, WINDOWS])
def test_words_that_the_printer_cannot_write_are_drawn(tables: dict[CodePage, int]) -> None:
    vietnamese: tuple[Band, ...] = (Subject("Đất đai, môi trường"),)
    khmer: tuple[Band, ...] = (Subject("ដីធ្លី បរិស្ថាន"),)
    assert len(ticket_bytes(vietnamese, Way(576, "native", {}, tables))) < 120
    way = Way(576, "native", {}, tables)
    assert decoded(ticket_bytes(khmer, way), 576) == decoded(ticket_bytes(khmer, Way(576)), 576)


def test_two_tables_write_the_same_letters() -> None:
    bands = lay_out(TICKET, catalogue(), "vi", NOW)
    one, other = (decoded(ticket_bytes(bands, Way(576, "native", {}, tables)), 576) for tables in (TCVN, WINDOWS))
    assert one == other


def test_smooth_edges_are_asked_for_only_where_the_printer_has_them() -> None:
    bands = lay_out(TICKET, catalogue(), "vi", NOW)
    plain, smooth = (ticket_bytes(bands, Way(576, "hybrid", smooth=each)) for each in (False, True))
    assert SMOOTH in smooth
    assert SMOOTH not in plain
    assert SMOOTH not in ticket_bytes(bands, Way(576, "raster", smooth=True))
    one, other = decoded(plain, 576), decoded(smooth, 576)
    assert one != other
    assert ink_height(one) == ink_height(other)


def test_a_number_or_a_value_that_is_no_plain_text_is_drawn() -> None:
    bands: tuple[Band, ...] = (Number("Đ048"),)
    assert decoded(ticket_bytes(bands, Way(576, "hybrid")), 576) == decoded(ticket_bytes(bands, Way(576)), 576)


# --------------------------------------------------------------------------------------------------- what is kept

shapes = st.builds(
    lambda rows, width: Picture(tuple(row % (1 << width) for row in rows), width),
    st.lists(st.integers(0, 2**600), min_size=1, max_size=40),
    st.integers(1, 600),
)


@example(Picture((1,) * 343, 24), nv.Key(65, 66))
@given(shapes, st.sampled_from([nv.Key(65, 66), nv.Key(122, 33)]))
def test_a_picture_is_kept_as_it_was_meant_and_looks_like_no_command(picture: Picture, key: nv.Key) -> None:
    data = nv.define(key, picture)
    assert not any(command in data for command in REALTIME)
    memory = NvMemory()
    press = Mechanism(640, lambda _: None, lambda _: None, memory)
    for command in Parser().feed(data + nv.show(key)):
        press.carry_out(command)
    assert not press.unknown
    shown = [row >> (640 - picture.width) for row in press.paper.rows[: len(picture.rows)]]
    differing = sum((have ^ want).bit_count() for have, want in zip(shown, picture.rows, strict=True))
    assert differing <= len(picture.rows)


steps = st.lists(st.tuples(st.binary(min_size=2, max_size=2), st.integers(0, 3)), max_size=12)


@given(st.lists(shapes, max_size=8), st.sets(st.tuples(st.integers(32, 126), st.integers(32, 126)), max_size=8))
def test_whatever_a_memory_holds_it_comes_to_hold_the_set_with_no_picture_written_twice(
    wanted: list[Picture], foreign: set[tuple[int, int]]
) -> None:
    kept = KeptSet(wanted)
    listed = frozenset(nv.Key(*key) for key in foreign)
    written: list[nv.Key] = []
    for _ in range(200):
        step = kept.next_step(listed, 1 << 20)
        if step is None:
            break
        if isinstance(step, Delete):
            assert not kept.kept(listed), "nothing is printed from a memory that is not known to be ours"
            listed -= {step.key}
        else:
            assert isinstance(step, Define)
            written.append(step.key)
            listed |= {step.key}
    assert len(written) == len(set(written))
    assert kept.kept(listed) == kept.keys


@given(st.lists(shapes, min_size=1, max_size=6, unique=True), st.lists(shapes, min_size=1, max_size=6, unique=True))
def test_a_memory_that_holds_another_set_is_not_printed_from(one: list[Picture], other: list[Picture]) -> None:
    first, second = KeptSet(one), KeptSet(other)
    if first.marks != second.marks:
        assert not first.kept(frozenset(second.marks) | frozenset(second.keys.values()))


@given(st.binary(max_size=90))
def test_a_list_that_makes_no_sense_is_no_list(said: bytes) -> None:
    found = nv.keys(said)
    if found is not None:
        assert all(32 <= code <= 126 for key in found[0] for code in key)
    room = nv.free(said)
    assert room is None or room >= 0


def test_a_long_list_comes_in_blocks() -> None:
    memory = NvMemory()
    said: list[bytes] = []
    press = Mechanism(576, lambda _: None, said.append, memory)
    keys = [nv.Key(65 + at // 26, 65 + at % 26) for at in range(90)]
    dot = Picture((1,), 8)
    commands = b"".join(nv.define(key, dot) for key in keys) + nv.LIST_KEYS + nv.ACK + nv.ACK + nv.ACK + nv.FREE_BYTES
    for command in Parser().feed(commands):
        press.carry_out(command)
    blocks = [nv.keys(answer[:-1]) for answer in said[:-1]]
    assert [block[1] for block in blocks if block] == [True, True, False]
    assert frozenset().union(*(block[0] for block in blocks if block)) == frozenset(keys)
    assert nv.free(said[-1][:-1]) == memory.free
    assert not press.unknown
