"""Paper in tests: what bytes become on it, and what eyes and phones read there."""

import functools

import msgspec
import numpy as np
import zxingcpp

from kiosk.catalogue import Catalogue
from kiosk.drivers import nv_bytes as nv
from kiosk.drivers.kept import KeptSet
from kiosk.drivers.pictures import pictures
from kiosk.fixed import fixed_bands
from tests.kiosk_scene import site
from virtual_centre.printer.commands import Parser
from virtual_centre.printer.mechanism import Mechanism
from virtual_centre.printer.nv_memory import NvMemory
from virtual_centre.printer.paper import Paper

ADDRESS = "https://so.trungtam.camau.example.vn"


@functools.cache
def catalogue() -> Catalogue:
    """The first centre, with an address that phones reach."""
    return Catalogue(msgspec.structs.replace(site(), public_url=ADDRESS))


@functools.cache
def whole(dots: int) -> tuple[KeptSet, NvMemory]:
    """Everything that can be kept, and a memory that keeps it."""
    kept = KeptSet(pictures(fixed_bands(catalogue()), dots))
    memory = NvMemory()
    press = Mechanism(dots, lambda _: None, lambda _: None, memory)
    for picture, key in kept.keys.items():
        for command in Parser().feed(nv.define(key, picture)):
            press.carry_out(command)
    assert not press.unknown
    assert len(memory.keys) == len(kept.keys)
    return kept, memory


def decoded(data: bytes, dots: int, memory: NvMemory | None = None) -> list[int]:
    """The rows of the one piece of paper that `data` makes; every command was understood."""
    papers: list[Paper] = []
    press = Mechanism(dots, papers.append, lambda _: None, memory)
    for command in Parser().feed(data):
        press.carry_out(command)
    assert not press.unknown
    (paper,) = papers
    return paper.rows


def pixels(rows: list[int], dots: int) -> np.ndarray:
    """A picture of the paper, 0 black."""
    size = -(-dots // 8)
    packed = b"".join((row << (size * 8 - dots)).to_bytes(size, "big") for row in rows)
    bits = np.unpackbits(np.frombuffer(packed, np.uint8).reshape(len(rows), size), axis=1)[:, :dots]
    return np.where(bits, 0, 255).astype(np.uint8)


def ink_height(rows: list[int]) -> int:
    """How many rows the last thing on paper is tall."""
    inked = [index for index, row in enumerate(rows) if row]
    top = bottom = inked[-1]
    while top and rows[top - 1]:
        top -= 1
    return bottom - top + 1


def qr_codes(rows: list[int], dots: int) -> list[str]:
    """What a phone reads on it."""
    return [code.text for code in zxingcpp.read_barcodes(pixels(rows, dots))]
