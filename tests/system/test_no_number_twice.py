"""A full centre at once: no number twice, no citizen at two desks, no hole, also when the hub is killed in between."""

import itertools
import threading
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor

import pytest

from broker import verify
from broker.database import open_reader
from tests.bus_client import BusClient
from tests.hub_core import centre
from tests.hub_process import HubProcess
from virtual_centre.bus_server import BusServer

KIOSKS, TICKETS = 4, 2000
SITE = centre()
INTAKE = [desk for desk in SITE.desks if desk.startswith("q")]
SERVICES = [service.id for service in SITE.services.values() if SITE.queues[service.queue].counters[0].startswith("q")]


class FullCentre:
    """Four kiosks that take numbers and 25 keypads that call them until nobody is left."""

    def __init__(self, bus, hub):
        self.hub = hub
        self.kiosks = [BusClient(f"kiosk-{n}", bus.port).start() for n in range(1, KIOSKS + 1)]
        self.keypads = {desk: BusClient(f"keypad-{desk}", bus.port).start() for desk in INTAKE}
        self.taken, self.called, self.all_taken = [], [], threading.Event()

    def run(self, kills):
        for desk, keypad in self.keypads.items():
            assert keypad.press(desk, "open").ok
        services = itertools.cycle(SERVICES)
        with ThreadPoolExecutor(KIOSKS + len(INTAKE) + 1) as pool:
            killer = pool.submit(self._kill, kills)
            takers = [
                pool.submit(self._take, kiosk, list(itertools.islice(services, TICKETS // KIOSKS)))
                for kiosk in self.kiosks
            ]
            servers = [pool.submit(self._serve, desk) for desk in INTAKE]
            for job in takers:
                job.result(300)
            self.all_taken.set()
            for job in (*servers, killer):
                job.result(300)

    def close(self):
        for client in (*self.kiosks, *self.keypads.values()):
            client.stop()

    @property
    def resent(self):
        return sum(client.resent for client in (*self.kiosks, *self.keypads.values()))

    def _take(self, kiosk, services):
        self.taken.extend(kiosk.take(service).ticket for service in services)

    def _serve(self, desk):
        while True:
            last_round = self.all_taken.is_set()
            answer = self.keypads[desk].press(desk, "next")
            assert answer.ok, answer
            if answer.ticket is not None:
                self.called.append(answer.ticket.id)
            elif last_round:
                return

    def _kill(self, kills):
        for done in range(1, kills + 1):
            while len(self.taken) < TICKETS * done // (kills + 1):
                self.all_taken.wait(0.01)
            self.hub.kill()
            self.hub.start()


@pytest.fixture
def bus(tmp_path):
    server = BusServer(tmp_path / "bus")
    server.start()
    yield server
    server.stop()


@pytest.mark.parametrize("kills", [0, 3])
def test_four_kiosks_and_twenty_five_desks_at_once(tmp_path, bus, kills):
    hub = HubProcess(tmp_path / "hub", bus)
    hub.start()
    full = FullCentre(bus, hub)
    full.run(kills)
    full.close()
    hub.stop()

    assert len({ticket.number for ticket in full.taken}) == len(full.taken) == TICKETS, "one number given twice"
    series = defaultdict(list)
    for ticket in full.taken:
        series[ticket.queue].append(int(ticket.number.removeprefix(SITE.queues[ticket.queue].prefix)))
    for queue, found in series.items():
        assert sorted(found) == list(range(1, len(found) + 1)), f"a hole in queue {queue}"
    assert max(Counter(full.called).values()) == 1, "one citizen called to two desks"
    assert set(full.called) == {ticket.id for ticket in full.taken}, "somebody was never called"
    assert not kills or full.resent, "the kills were not felt"
    verdict = verify.check(open_reader(tmp_path / "hub" / "hub.sqlite"))
    assert verdict.sound, verdict.complaints
