"""What goes over the cable to a ticket printer: the picture that was meant, in few bytes, no command hidden in it."""

import msgspec
import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue import Catalogue
from kiosk.drivers import escpos_bytes as escpos
from kiosk.drivers.strip import Strip
from kiosk.drivers.strips import draw
from kiosk.ticket import lay_out
from tests.kiosk_scene import NOW, TICKET, site
from virtual_centre.printer.commands import Parser
from virtual_centre.printer.mechanism import Mechanism
from virtual_centre.printer.paper import Paper

DOTS = 576
rows = st.lists(st.integers(0, 2**DOTS - 1) | st.just(0), max_size=12)
strips = st.builds(Strip, rows.map(tuple), st.just(False), st.integers(0, 600))


def printed(data: bytes) -> tuple[Paper, list[bytes], list[bytes]]:
    """The paper that `data` makes, what the printer answers, and what it did not understand."""
    papers: list[Paper] = []
    said: list[bytes] = []
    mechanism = Mechanism(DOTS, papers.append, said.append)
    for command in Parser().feed(data):
        mechanism.carry_out(command)
    (paper,) = papers
    return paper, said, mechanism.unknown


def meant(shown: list[Strip]) -> list[int]:
    """The rows that strips stand for."""
    out: list[int] = []
    for strip in shown:
        for row in strip.rows:
            out += [int("".join(bit * 2 for bit in f"{row:b}"), 2)] * 2 if strip.doubled else [row]
        out += [0] * strip.feed
    return out


@given(st.lists(strips, max_size=4))
def test_the_paper_shows_what_was_meant(shown: list[Strip]) -> None:
    paper, _, unknown = printed(escpos.ticket(shown, DOTS))
    wanted = meant(shown)
    assert not unknown
    got = paper.rows[escpos.TOP : escpos.TOP + len(wanted)]
    # A lone dot may be given up where it would have looked like a command to the printer.
    assert all(have & ~want == 0 for have, want in zip(got, wanted, strict=True))
    assert sum((want ^ have).bit_count() for have, want in zip(got, wanted, strict=True)) <= len(wanted)


@pytest.mark.parametrize("language", ["vi", "en", "km"])
def test_a_real_ticket_comes_out_dot_by_dot_in_modest_bytes(language: str) -> None:
    shown = draw(lay_out(TICKET, Catalogue(site()), language, NOW), DOTS)
    data = escpos.ticket(shown, DOTS)
    paper, said, unknown = printed(data)
    wanted = meant(shown)
    assert paper.rows[escpos.TOP : escpos.TOP + len(wanted)] == wanted
    assert said == [b"\x00"], "the barrier is answered"
    assert not unknown
    assert len(data) < 24_000, "a full picture of the same paper takes 60 kB"


def test_a_phone_reads_the_code_on_the_paper() -> None:
    address = "https://so.example.vn"
    catalogue = Catalogue(msgspec.structs.replace(site(), public_url=address))
    paper, _, _ = printed(escpos.ticket(draw(lay_out(TICKET, catalogue, "vi", NOW), DOTS), DOTS))
    picture = np.array([[0 if row >> (DOTS - 1 - x) & 1 else 255 for x in range(DOTS)] for row in paper.rows], np.uint8)
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == f"{address}/t/{TICKET.code}"


@given(st.binary(max_size=400))
def test_no_picture_carries_a_command(picture: bytes) -> None:
    safe = escpos.harmless(picture)
    assert len(safe) == len(picture)
    assert not any(command in safe for command in (b"\x10\x04", b"\x10\x05", b"\x10\x14"))


@given(st.binary(max_size=300), st.lists(st.integers(1, 40), max_size=20))
def test_commands_do_not_depend_on_how_the_network_cut_them(data: bytes, cuts: list[int]) -> None:
    whole, pieces, parser, at = Parser().feed(data), [], Parser(), 0
    for size in [*cuts, len(data)]:
        pieces += parser.feed(data[at : at + size])
        at += size
    assert text_joined(pieces) == text_joined(whole)


def text_joined(commands: list) -> list[tuple[str, bytes]]:
    """Commands with neighbouring characters put together: where a line of text was cut does not matter."""
    joined: list[tuple[str, bytes]] = []
    for name, args, _ in commands:
        if name == "text" and joined and joined[-1][0] == "text":
            joined[-1] = ("text", joined[-1][1] + args)
        else:
            joined.append((name, args))
    return joined


hostile = st.sampled_from(
    [
        b"\x1d(k\x03\x001C",
        b"\x1d(k\x02\x001C",
        b"\x1d(k\x03\x001P0",
        b"\x1d(k\x03\x001Q0",
        b"\x1d(H\x01\x000",
        b"\x1dv0\x00",
    ]
)


@given(st.lists(hostile | st.binary(max_size=40), max_size=60).map(b"".join))
def test_noise_on_the_cable_never_stops_the_printer(data: bytes) -> None:
    mechanism = Mechanism(DOTS, lambda _: None, lambda _: None)
    for command in Parser().feed(data):
        mechanism.carry_out(command)
