"""One citizen, one card, two kiosks: real processes on a real bus, and the morning after."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from appliance.runtime.config import BusSection
from appliance.runtime.link import Heard, MqttLink
from appliance.runtime.shared_clock import write_shared_clock
from appliance.wire.cards import CardKey
from appliance.wire.messages import TicketRequest
from broker import verify
from broker.database import open_reader
from tests.hub_process import HubProcess
from tests.system.box_process import BoxProcess
from tests.system.touched_kiosk import TouchedKiosk
from tests.waiting import Mailbox, eventually
from virtual_centre.bus_server import BusServer

CARD = "096149000123|381234567|Nguyễn Thị Trăng|01051949|Nữ|Ấp 4, xã Phú Hưng|25042021"
NIGHT_PACE = 10_000.0
"""From morning to midnight in six seconds."""


class Kiosk(TouchedKiosk):
    """A kiosk with a simulated screen, printer and scanner, and a citizen before it."""

    def __init__(self, folder: Path, name: str, bus: BusServer, hub: HubProcess) -> None:
        super().__init__(
            BoxProcess(
                folder / name,
                "kiosk",
                name,
                bus.port,
                hub.clock,
                hub={"url": f"http://127.0.0.1:{hub.port}"},
                screen={"driver": "sim"},
                printer={"driver": "sim"},
                scanner={"driver": "sim"},
                times={"take_s": 60.0, "sorry_s": 60.0, "answer_s": 10.0},
            )
        )
        self.box.start()

    def attends(self) -> None:
        """Once it has answered a finger: by then it has also heard what we heard on the bus."""
        self.settled()
        self.touch("start", "Chose tnmt")
        self.touch("services", "WentBack")

    def shows(self, code: str) -> None:
        self.settled()
        self.box.stage.act("scanner", "show", scan=code)

    @property
    def papers(self) -> int:
        return sum(frame.kind == "paper" for frame in list(self.box.stage.frames))


class Hall:
    """Bus, hub, two kiosks, one clock, and somebody who listens to the bus."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.said = folder, Mailbox()
        self.bus = BusServer(folder / "bus")
        self.bus.start()
        self.hub = HubProcess(folder / "hub", self.bus)
        self.hub.start()
        self._spy = MqttLink(
            BusSection(port=self.bus.port), "ca-mau", "spy", [(CardKey, "+"), (TicketRequest, "+")], self._hear
        )
        self._spy.start()
        self.kiosks = [Kiosk(folder, f"kiosk-{n}", self.bus, self.hub) for n in (1, 2)]

    def _hear(self, event: object) -> None:
        if isinstance(event, Heard):
            self.said.post((event.place, event.message))

    def keys(self, day: str) -> None:
        """Until both kiosks were told the key of `day`."""
        waiting = {"kiosk-1", "kiosk-2"}
        while waiting:
            place, message = self.said.next(tuple)
            if isinstance(message, CardKey) and message.day == day:
                waiting.discard(place)

    def token(self) -> str:
        """The token of the next wish on the bus."""
        while True:
            _, message = self.said.next(tuple)
            if isinstance(message, TicketRequest):
                return str(message.card)

    def numbers(self) -> list[str]:
        with closing(sqlite3.connect(f"file:{self.folder}/hub/hub.sqlite?mode=ro", uri=True)) as book:
            rows = book.execute("SELECT json_extract(body, '$.number') FROM facts WHERE kind = 'issued' ORDER BY seq")
            return [number for (number,) in rows]

    def files(self) -> bytes:
        return b"".join(path.read_bytes() for path in sorted((self.folder / "hub").glob("hub.sqlite*")))

    def close(self) -> None:
        for kiosk in self.kiosks:
            kiosk.box.close()
        self._spy.stop()
        self.hub.stop()
        self.bus.stop()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = Hall(tmp_path)
    yield hall
    hall.close()


def test_one_card_two_kiosks_two_queues_and_the_next_day(hall: Hall) -> None:
    one, two = hall.kiosks
    hall.keys("2026-11-23")
    for kiosk in (one, two):
        kiosk.attends()
    one.shows(CARD)
    one.take()
    monday = hall.token()
    one.page("take")
    two.shows(CARD)
    two.take()
    assert hall.token() == monday, "one person, one token, at every kiosk"
    two.page("held")
    assert (one.papers, two.papers) == (1, 0)
    two.touch("held", "WentHome")
    two.shows(CARD)
    two.take("gtvt", "gtvt-nop")
    two.page("take")
    assert hall.numbers() == ["A001", "H001"]
    assert monday.encode() in hall.files()

    for kiosk in (one, two):
        kiosk.touch("take", "WentHome")
    write_shared_clock(hall.hub.clock["path"], None, NIGHT_PACE)
    hall.keys("2026-11-24")
    write_shared_clock(hall.hub.clock["path"], None, 1.0)
    two.attends()
    two.shows(CARD)
    two.take()
    tuesday = hall.token()
    two.page("take")
    assert tuesday not in ("", monday)
    assert hall.numbers() == ["A001", "H001", "A001"]
    eventually(lambda: monday.encode() not in hall.files())
    assert verify.check(open_reader(hall.folder / "hub" / "hub.sqlite")).sound
