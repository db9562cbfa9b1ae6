"""A real kiosk process: what it costs while nobody comes, and from the touch that takes a number to the first byte.

Real Mosquitto, the hub's and the kiosk's own processes, the kiosk's window on a display that SDL only pretends to have,
a printer made of software on a TCP line. The touch is put where SDL puts it; the time ends when the ticket's first byte
is at the printer. The baseline, in turn with it, is the least that such a promise takes: the wish on disk, a bare bus
with a responder that makes it durable, and on disk again that printing begins.
"""

import socket
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from appliance.runtime.config import BusSection, ClockSection, DataSection, DeviceSection, dump
from appliance.runtime.site_words import HubSection
from bench.bare_commits import open_database
from bench.centre_words import procedures, site
from bench.dispenser_paper import TICKET
from bench.lines import MqttLine, bodies
from bench.process_figures import cpu_s, rss_mb
from bench.report import Figure
from bench.stand import Stand
from bench.timed_door import TimedDoor
from kiosk import events as e
from kiosk.catalogue import Catalogue
from kiosk.config import KioskConfig, PrinterSection, ScreenSection
from kiosk.drivers import escpos_bytes as escpos
from kiosk.drivers.ruler import FontRuler
from kiosk.flow import step
from kiosk.screens import view
from kiosk.search import SearchIndex
from kiosk.sight import Sight
from kiosk.states import Times, begin
from virtual_centre.child import Child
from virtual_centre.ports import HOST
from virtual_centre.printer.doors import TcpDoor
from virtual_centre.printer.emulator import PrinterEmulator
from virtual_centre.printer.nv_memory import NvMemory

FIELD, SERVICE = "tnmt", "tnmt-nop"
SETTLE_S, IDLE_S = 20.0, 30.0
SIZE = (1080, 1920)
TICKETS, BETWEEN_S, PATIENCE_S = 100, 0.45, 10.0
MOST_MS, MOST_CPU, MOST_MB = 20.0, 1.0, 70.0

Point = tuple[float, float]


def measure(say: Callable[[str], None]) -> list[Figure]:
    """All figures of a kiosk process."""
    with tempfile.TemporaryDirectory(prefix="goiso-bench-") as directory:
        folder = Path(directory)
        stand, door = Stand(folder), TimedDoor(TcpDoor())
        printer = PrinterEmulator(door=door, memory=NvMemory())
        stand.start()
        printer.start()
        kiosk = _kiosk(stand, printer.address)
        kiosk.start()
        try:
            say(f"an idle kiosk, {SETTLE_S + IDLE_S:.0f} s")
            time.sleep(SETTLE_S)
            before = cpu_s(kiosk.pid)
            time.sleep(IDLE_S)
            cpu, rss = 100 * (cpu_s(kiosk.pid) - before) / IDLE_S, rss_mb(kiosk.pid)
            say(f"{TICKETS} tickets, about {TICKETS * 2} s")
            ours, bare = _tickets(stand, door)
            later = rss_mb(kiosk.pid)
        finally:
            kiosk.stop()
            printer.stop()
            stand.stop()
    return [
        Figure(name="idle_cpu_percent", value=cpu, unit="%", at_most=MOST_CPU),
        Figure(name="rss_mb", value=rss, unit="MB", at_most=MOST_MB),
        Figure(name="rss_mb_after_the_tickets", value=later, unit="MB", at_most=MOST_MB),
        Figure(name="bare_promise_ms_p50", value=statistics.median(bare), unit="ms"),
        Figure(name="bare_promise_ms_p99", value=_p99(bare), unit="ms"),
        Figure(
            name="touch_to_first_byte_ms_p50",
            value=statistics.median(ours),
            unit="ms",
            baseline="bare_promise_ms_p50",
        ),
        Figure(
            name="touch_to_first_byte_ms_p99",
            value=_p99(ours),
            unit="ms",
            baseline="bare_promise_ms_p99",
            at_most=MOST_MS,
        ),
    ]


def _kiosk(stand: Stand, printer: str) -> Child:
    data = stand.folder / "kiosk"
    data.mkdir()
    config = KioskConfig(
        device=DeviceSection(id="kiosk-1", site="ca-mau"),
        hub=HubSection(url=f"http://{HOST}:{stand.web_port}"),
        data=DataSection(dir=str(data)),
        bus=BusSection(host=HOST, port=stand.bus.port),
        clock=ClockSection(trusted=True),
        screen=ScreenSection(fullscreen=False),
        printer=PrinterSection(address=printer),
    )
    path = data / "kiosk.toml"
    path.write_text(dump(config), encoding="utf-8")
    command = [sys.executable, "-m", "bench.touched_kiosk", str(_socket(stand)), "--config", str(path)]
    return Child("kiosk", command, data / "kiosk.log", {"SDL_VIDEODRIVER": "dummy"})


def _socket(stand: Stand) -> Path:
    return stand.folder / "fingers"


def _tickets(stand: Stand, door: TimedDoor) -> tuple[list[float], list[float]]:
    """For each ticket, ms from the touch to its first byte, and ms of a bare promise."""
    way = _way()
    finger = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    finger.connect(str(_socket(stand)))
    disk = open_database(str(stand.folder / "wish.sqlite"))
    ours, bare = [], []
    with stand.beside("bench.bare_bus", str(stand.bus.port), str(stand.folder / "bare-bus.sqlite")):
        line = MqttLine(stand.bus.port, "bare-1", "bare/up/1", "bare/down/1", bodies(lambda: {"id": str(uuid.uuid4())}))
        for _ in range(TICKETS):
            for x, y in way[:-2]:
                finger.send(f"{x} {y}".encode())
                time.sleep(BETWEEN_S)
            since, began = door.mark(), time.monotonic()
            finger.send(f"{way[-2][0]} {way[-2][1]}".encode())
            at, _ = door.until(escpos.RESET, since, PATIENCE_S)
            ours.append(1000 * (at - began))
            door.until(escpos.BARRIER, since, PATIENCE_S)
            time.sleep(BETWEEN_S)
            finger.send(f"{way[-1][0]} {way[-1][1]}".encode())
            began = time.monotonic()
            for step_on_disk in (True, False):
                disk.execute("INSERT INTO bare (body) VALUES (?)", (b"x" * 200,))
                if step_on_disk:
                    _ask(line)
            bare.append(1000 * (time.monotonic() - began))
            time.sleep(BETWEEN_S)
        line.close()
    finger.close()
    disk.close()
    return ours, bare


def _ask(line: MqttLine) -> None:
    line.ask()
    while not line.answers():
        pass


def _way() -> list[Point]:
    """Where to touch: from the start page to a number, and home again."""
    catalogue = Catalogue(site(), procedures=SearchIndex(procedures()))
    flow, points = begin("vi"), []
    for happens, touch in _TICKET:
        if touch is not None:
            page = view(Sight(flow, catalogue, {}, None, *SIZE, FontRuler()))
            rect = next(target.rect for target in page.targets if touch(target.event))
            points.append(((rect.x + rect.w / 2) / SIZE[0], (rect.y + rect.h / 2) / SIZE[1]))
        flow, _ = step(flow, happens, 0.0, Times())
    return points


def _is(kind: type, **named: str) -> Callable[[e.Event], bool]:
    return lambda event: isinstance(event, kind) and all(getattr(event, name) == value for name, value in named.items())


_TICKET: tuple[tuple[e.Event, Callable[[e.Event], bool] | None], ...] = (
    (e.Chose(FIELD), _is(e.Chose, field=FIELD)),
    (e.Wanted(SERVICE), _is(e.Wanted, service=SERVICE)),
    (e.Took(TICKET.id), _is(e.Took)),
    (e.Numbered(TICKET.id, TICKET), None),
    (e.Printed(TICKET.id), None),
    (e.WentHome(), _is(e.WentHome)),
)
"""What happens on the way of a ticket, and the touch that makes it happen."""


def _p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[98]
