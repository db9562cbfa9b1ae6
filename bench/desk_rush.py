"""Every clerk presses "next" at the same instant, round after round, while the hub is killed now and then.

Half of the desks press over the bus, half over HTTP; whoever hears nothing asks again with the same id, as keypads and
pages do. Answers are timed in the rounds in which the hub lived: every other round comes when the boards have been told
of the one before (`answer`), the rest right on its heels, while they are being told (`answer_on_heels`); no clerk is as
quick. Beside them: what one bare commit takes on the same disk, measured right before and right after, and how busy the
machine was with other things.
"""

import datetime
import json
import os
import select
import statistics
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from appliance.wire.messages import Answer, DeskAction, TicketRequest
from bench.bare_commits import commit_times
from bench.lines import HttpLine, Line, MqttLine, RefusedError
from bench.report import Figure
from bench.stand import SITE, Stand
from broker import verify
from broker.commands import Command, Message
from broker.database import open_reader
from broker.hub import Hub
from broker.hub_time import MessageTime
from broker.model import Closing, Hours, Site
from broker.site_files import load_site
from broker.store import Store

ROUNDS = 400
KILLED_IN = (60, 130, 200, 270, 340)
AGAIN_S = 0.7
COMMITS_S = 3.0
TOLD_S = 0.2
NOT_LONGER_S = 60.0


class Presses:
    """One desk's requests: the same press until `fresh` makes a new one."""

    def __init__(self, desk: str) -> None:
        self.desk, self.id = desk, ""

    def fresh(self) -> None:
        """The next press is a new one."""
        self.id = str(uuid.uuid4())

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return json.dumps({"v": 1, "id": self.id, "desk": self.desk, "action": "next"}).encode()

    def posts(self) -> Iterator[tuple[str, bytes]]:
        """The same over HTTP."""
        while True:
            yield f"Idempotency-Key: {self.id}\r\n", b"{}"


class Seat:
    """A desk and its line, opened anew when the hub dies on it."""

    def __init__(self, desk: str, connect: Callable[[Presses], Line]) -> None:
        self._presses, self._connect = Presses(desk), connect
        self.line: Line | None = None
        self.asked = 0.0

    def press(self, *, again: bool = False) -> None:
        """Ask for the next visit, or the same once more. A hub that is away is asked later."""
        if not again:
            self._presses.fresh()
            self.asked = time.perf_counter()
        try:
            self.line = self.line or self._connect(self._presses)
            self.line.ask()
        except OSError:
            self.line = None

    def called(self) -> str:
        """Who is called, by the answer that is there now; empty while it is not whole."""
        assert self.line is not None
        try:
            answers = [json.loads(body) for body in self.line.heard] if self.line.answers() else []
        except OSError:
            self.line = None
            return ""
        return next((str(each["ticket"]["id"]) for each in answers if each["re"] == self._presses.id), "")


def run(say: Callable[[str], None]) -> list[Figure]:
    """All figures."""
    with tempfile.TemporaryDirectory(prefix="goiso-bench-") as directory:
        folder = Path(directory)
        site = replace(load_site(SITE), hours=Hours(), closing=Closing())
        desks = [name for name, desk in site.desks.items() if site.counters[desk.counter].kind == "intake"]
        issued = _fill(folder, site, desks)
        say(f"{len(desks)} desks, {ROUNDS} rounds, the hub killed {len(KILLED_IN)} times")
        load = os.getloadavg()[0]
        commits_s = commit_times(folder, COMMITS_S)
        stand = Stand(folder)
        stand.start()
        try:
            seats = [_seat(stand, desk, place) for place, desk in enumerate(desks)]
            called, times_ms, on_heels_ms = _rounds(stand, seats)
        finally:
            stand.stop()
        commits_s += commit_times(folder, COMMITS_S)
        with open_reader(folder / "hub.sqlite") as db:
            verdict = verify.check(db)
    bare_ms = [1000 * each for each in commits_s]
    cuts, heels, bare = (statistics.quantiles(times, n=100) for times in (times_ms, on_heels_ms, bare_ms))
    return [
        Figure(name="calls", value=len(called)),
        Figure(name="double_calls", value=sum(n - 1 for n in Counter(called).values()), at_most=0),
        Figure(name="lost_tickets", value=len(issued - set(called)), at_most=0),
        Figure(name="complaints_of_verify", value=len(verdict.complaints), at_most=0),
        Figure(name="load_before", value=load),
        Figure(name="bare_commit_ms_p50", value=bare[49], unit="ms"),
        Figure(name="bare_commit_ms_p99", value=bare[98], unit="ms"),
        Figure(name="answer_ms_p50", value=cuts[49], unit="ms", baseline="bare_commit_ms_p50"),
        Figure(name="answer_ms_p95", value=cuts[94], unit="ms"),
        Figure(name="answer_ms_p99", value=cuts[98], unit="ms", baseline="bare_commit_ms_p99", at_most=50.0),
        Figure(name="answer_on_heels_ms_p50", value=heels[49], unit="ms", baseline="answer_ms_p50"),
        Figure(name="answer_on_heels_ms_p99", value=heels[98], unit="ms", baseline="answer_ms_p99"),
    ]


def _fill(folder: Path, site: Site, desks: list[str]) -> set[str]:
    """As many visits as there will be presses, each in a queue of the desk that is to call it."""
    services = {service.queue: service.id for service in site.services.values()}
    now = datetime.datetime.now(ZoneInfo(site.zone)).isoformat(timespec="milliseconds")
    store = Store(folder / "hub.sqlite", site.id, site.zone)
    hub = Hub(site, store, lambda floor, _: MessageTime(floor), lambda: os.urandom(32))
    hub.start()

    refused: list[Answer | None] = []

    def do(message: Message) -> str:
        command = Command(message=message, actor="device:bench", device="bench", code=message.id)
        hub.submit(command, lambda answer: None if answer and answer.ok else refused.append(answer))
        return message.id

    for desk in desks:
        do(DeskAction(id=str(uuid.uuid4()), at=now, desk=desk, action="open"))
    wanted = [services[site.desks[desk].skills[0]] for desk in desks for _ in range(ROUNDS)]
    issued = {do(TicketRequest(id=str(uuid.uuid4()), at=now, service=service)) for service in wanted}
    hub.look(lambda _: None, NOT_LONGER_S)
    hub.stop()
    store.close()
    if refused:
        raise RefusedError(str(refused[0]))
    return issued


def _seat(stand: Stand, desk: str, place: int) -> Seat:
    port, token = stand.bus.port, stand.tokens["clerk"]
    up, down = f"goiso/v1/ca-mau/up/keypad-{desk}/desk", f"goiso/v1/ca-mau/down/keypad-{desk}/answer"
    path, headers = f"/api/v1/desks/{desk}/next", f"Authorization: Bearer {token}\r\n"
    if place % 2:
        return Seat(desk, lambda presses: MqttLine(port, f"keypad-{desk}", up, down, presses))
    return Seat(desk, lambda presses: HttpLine(stand.web_port, path, headers, presses.posts()))


def _rounds(stand: Stand, seats: list[Seat]) -> tuple[list[str], list[float], list[float]]:
    """Who was called, and how long answers took (ms), when the boards had been told and on the heels of a round."""
    called: list[str] = []
    times_ms: tuple[list[float], list[float]] = ([], [])
    for number in range(ROUNDS):
        on_heels = number % 2
        if not on_heels:
            time.sleep(TOLD_S)
        for seat in seats:
            seat.press()
        if number in KILLED_IN:
            stand.hub.kill()
            stand.start_hub()
        answers = _answers(seats)
        called += [ticket for ticket, _ in answers]
        if number not in KILLED_IN:
            times_ms[on_heels].extend(took_ms for _, took_ms in answers)
    return called, *times_ms


def _answers(seats: list[Seat]) -> list[tuple[str, float]]:
    """What every seat hears, each asking again after a silence: the visit, and after how many ms."""
    found: list[tuple[str, float]] = []
    waiting, end = list(seats), time.perf_counter() + NOT_LONGER_S
    while waiting and time.perf_counter() < end:
        ready, _, _ = select.select([seat.line for seat in waiting if seat.line], [], [], AGAIN_S)
        for seat in list(waiting):
            if seat.line in ready and (ticket := seat.called()):
                found.append((ticket, 1000 * (time.perf_counter() - seat.asked)))
                waiting.remove(seat)
        if not ready:
            for seat in waiting:
                seat.press(again=True)
    return found
