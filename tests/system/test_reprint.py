"""A lost paper, printed again by a real kiosk on a real bus: once, and marked, also when the kiosk is killed."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from broker import verify
from broker.staff.machine import ThisMachine
from broker.staff.service import Staff
from broker.staff.store import StaffStore
from tests.hub_process import HubProcess
from tests.system.dispenser import Dispenser
from tests.waiting import eventually
from virtual_centre.bus_server import BusServer
from virtual_centre.printer.emulator import PrintedTicket


class Hall:
    """A bus, a hub and a kiosk as processes, and somebody at reception."""

    def __init__(self, folder: Path) -> None:
        self.bus = BusServer(folder / "bus")
        self.bus.start()
        self.hub = HubProcess(folder / "hub", self.bus)
        staff = Staff(StaffStore(folder / "hub" / "staff.sqlite"), ThisMachine())
        self._secret = staff.programs.grant("reception", "reception", (), actor="test")
        staff.store.close()
        self.hub.start()
        # A slow printer, so that there is time to be killed in.
        self.kiosk = Dispenser(folder / "kiosk", self.bus, self.hub, speed_mm_s=100.0).start()

    def call(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self._secret}", "Content-Type": "application/json"}
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.hub.port}/api/v1{path}", data, headers
        )  # because it is our own hub
        with urllib.request.urlopen(request, timeout=60) as answer:
            said: dict[str, Any] = json.load(answer)
        return said

    def asks(self, ticket: str) -> None:
        """Ask for its paper as soon as the kiosk can print."""

        def asked() -> bool:
            try:
                self.call(f"/tickets/{ticket}/reprint", {"device": "kiosk-1"})
            except urllib.error.HTTPError:
                return False  # the hub does not know it yet, or it has not found its printer yet
            return True

        eventually(asked)

    def told(self, ticket: str) -> list[str]:
        """What the story says of its papers."""
        steps = self.call(f"/tickets/{ticket}/story")["steps"]
        return [step["outcome"] for step in steps if step["what"] == "reprinted"]

    def close(self) -> None:
        self.kiosk.close()
        self.hub.stop()
        self.bus.stop()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    yield made
    made.close()


def test_a_paper_is_printed_once_though_the_kiosk_dies_in_the_middle(hall: Hall, tmp_path: Path) -> None:
    ticket = hall.call("/tickets", {"service": "tnmt-nop"})["ticket"]["id"]
    hall.asks(ticket)
    hall.kiosk.paper.next(PrintedTicket)
    assert eventually(lambda: hall.told(ticket) == ["printed"])
    hall.asks(ticket)
    eventually(lambda: hall.kiosk.printer.unfinished.rows)
    hall.kiosk.box.kill()
    hall.kiosk.start()
    assert eventually(lambda: hall.told(ticket) == ["printed", "uncertain"])
    hall.asks(ticket)
    assert eventually(lambda: hall.told(ticket) == ["printed", "uncertain", "printed"])
    hall.close()
    assert verify.main(["--data", str(tmp_path / "hub")]) == verify.OK
