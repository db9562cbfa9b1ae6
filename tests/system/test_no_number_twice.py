"""A full centre at once: no number twice, no citizen at two desks, no hole, also when the hub is killed in the middle."""

import itertools
import threading
from collections import Counter
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
    kiosks = [BusClient(f"kiosk-{n}", bus.port).start() for n in range(1, KIOSKS + 1)]
    keypads = {desk: BusClient(f"keypad-{desk}", bus.port).start() for desk in INTAKE}
    for desk, keypad in keypads.items():
        assert keypad.press(desk, "open").ok
    taken, called, all_taken = [], [], threading.Event()

    def take(kiosk, services):
        for service in services:
            taken.append(kiosk.take(service).ticket)

    def serve(desk):
        while True:
            last_round = all_taken.is_set()
            answer = keypads[desk].press(desk, "next")
            assert answer.ok, answer
            if answer.ticket is not None:
                called.append((answer.ticket.id, desk))
            elif last_round:
                return

    def kill_now_and_then():
        for done in range(1, kills + 1):
            while len(taken) < TICKETS * done // (kills + 1):
                all_taken.wait(0.01)
            hub.kill()
            hub.start()

    with ThreadPoolExecutor(KIOSKS + len(INTAKE) + 1) as pool:
        killer = pool.submit(kill_now_and_then)
        services = itertools.cycle(SERVICES)
        takers = [pool.submit(take, k, list(itertools.islice(services, TICKETS // KIOSKS))) for k in kiosks]
        servers = [pool.submit(serve, desk) for desk in INTAKE]
        for job in takers:
            job.result(90)
        all_taken.set()
        for job in (*servers, killer):
            job.result(90)
    for client in (*kiosks, *keypads.values()):
        client.stop()
    hub.stop()

    assert len(taken) == TICKETS
    numbers = {ticket.number for ticket in taken}
    assert len(numbers) == TICKETS, "one number given twice"
    series: dict[str, list[int]] = {}
    for ticket in taken:
        series.setdefault(ticket.queue, []).append(int(ticket.number.lstrip(SITE.queues[ticket.queue].prefix)))
    for queue, found in series.items():
        assert sorted(found) == list(range(1, len(found) + 1)), f"a hole in queue {queue}"
    calls = Counter(ticket for ticket, _ in called)
    assert max(calls.values()) == 1, "one citizen called to two desks"
    assert set(calls) == {ticket.id for ticket in taken}, "somebody was never called"
    if kills:
        assert sum(client.resent for client in (*kiosks, *keypads.values())), "the kills were not felt"
    verdict = verify.check(open_reader(tmp_path / "hub" / "hub.sqlite"))
    assert verdict.sound, verdict.complaints
