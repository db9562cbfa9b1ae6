"""The conversation with a printer, byte by byte: which way it takes, what is asked when, what counts as an answer."""

from pathlib import Path

import pytest

from appliance.runtime.errors import ConfigError
from kiosk.drivers.escpos_bytes import status_request
from kiosk.drivers.lines import opener
from kiosk.drivers.printer_job import Confirmation, Word, put_on_paper
from kiosk.drivers.printer_probe import Found
from kiosk.drivers.printer_talk import Talk


class Parrot:
    """A printer that says something of its own accord, and else only that it is well."""

    def __init__(self, said: bytes = b"", at_once: int = 10_000) -> None:
        self._said = said
        self._at_once = at_once
        self.heard = b""

    def send(self, data: bytes, timeout_s: float) -> int:
        taken = data[: self._at_once]
        self.heard += taken
        self._said += b"\x12" if taken == status_request(1) else b""
        return len(taken)

    def receive(self, timeout_s: float) -> bytes:
        said, self._said = self._said, b""
        return said

    def close(self) -> None: ...


def test_what_was_said_before_a_ticket_does_not_confirm_it() -> None:
    talk, way = Talk(Parrot(b"\x00")), Confirmation("barrier")
    assert put_on_paper(talk, Found(requests=(1,), tells=True), way.question(), way, deadline_s=0.3) is Word.UNCONFIRMED


def test_nothing_is_asked_in_the_middle_of_a_picture() -> None:
    """However slowly it is taken: the printer would print the question."""
    parrot, way = Parrot(at_once=7), Confirmation("barrier")
    ticket = bytes(3000) + way.question()
    put_on_paper(Talk(parrot), Found(requests=(1,)), ticket, way, deadline_s=0.3)
    assert parrot.heard.startswith(ticket)


@pytest.mark.parametrize(
    "address", ["", "http://x", "tcp://", "tcp://host:99999", "serial:", "serial:/dev/x?baud=fast", "usb:nonsense"]
)
def test_an_address_that_is_none_is_refused_by_name(tmp_path: Path, address: str) -> None:
    with pytest.raises(ConfigError, match=r"printer\.address"):
        opener(address, tmp_path)
