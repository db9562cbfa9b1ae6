"""11,744 presses through everything that goes wrong on the way, and how soon a press has its lamp.

Real terminals, a real Mosquitto, a real hub; lines that repeat and reorder, a cable that is cut, and terminals, hub and
bus that are killed at random. Every finished visit is rated by one person who presses until the lamp says thank you.
"""

import random
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from appliance.runtime.config import BusSection
from appliance.runtime.errors import CannotStart
from appliance.runtime.link import Heard, MqttLink
from appliance.wire.messages import Answer, DeskAction, TicketRequest
from bench.press_lamps import lamp_times
from bench.report import Figure
from bench.stand import SITE, Stand
from broker.site_files import load_site
from virtual_centre.cable import Cable
from virtual_centre.child import Child
from virtual_centre.edge_loop import EdgeLoop
from virtual_centre.gallery import Gallery, Showing
from virtual_centre.ports import HOST
from virtual_centre.stage_server import StageServer

PRESSES, DESKS, LAMPS = 11_744, 25, 300
AGAIN_S, LONG_S, PATIENCE_S = 1.0, 20.0, 120.0
THANKED = ("thanked", "spent")
SHARES = (70, 20, 6, 4)
"""How many of a hundred choose each level."""


def run(say: Callable[[str], None]) -> list[Figure]:
    """The figures."""
    with tempfile.TemporaryDirectory() as folder:
        say(f"{LAMPS} presses, each until its lamp")
        times = lamp_times(Path(folder), LAMPS)
        say(f"{PRESSES} presses at {DESKS} desks, with cuts and kills")
        storm = Storm(Path(folder), PRESSES, DESKS, random.Random(5))
        miscounted = storm.run()
    say(f"{storm.mischief} cuts and kills, {storm.seconds:.0f} s")
    return [
        Figure(name="miscounted_presses", value=miscounted, at_most=0),
        Figure(name="presses_mischief", value=storm.mischief, at_least=10),
        Figure(name="press_to_lamp_ms_p50", value=statistics.median(times.lamp), unit="ms"),
        Figure(name="press_to_lamp_ms_p99", value=_p99(times.lamp), unit="ms", at_most=80),
        Figure(name="press_disk_alone_ms_p99", value=_p99(times.disk), unit="ms"),
    ]


def _p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


class Storm:
    """`presses` people at `desks` desks, and everything that can happen to them."""

    def __init__(self, folder: Path, presses: int, desks: int, dice: random.Random) -> None:
        site = load_site(SITE)
        served = {service.queue: service.id for service in reversed(site.services.values())}
        self._desks = {desk.id: served[desk.skills[0]] for desk in list(site.desks.values())[:desks]}
        self._presses, self._dice, self._folder = presses, dice, folder
        self._stand = Stand(folder)
        self._faces = Faces()
        self._said: Counter[int] = Counter()
        self._lock = threading.Lock()
        self._failed: list[BaseException] = []
        self.mischief = 0
        self.seconds = 0.0

    def run(self) -> int:
        """By how many the hub's counts differ from what people chose, level by level."""
        began = time.monotonic()
        self._stand.start()
        gallery = Gallery()
        gallery.visit(self._faces.take)
        try:
            with EdgeLoop() as loop, Cable(loop, self._stand.bus.port) as cable:
                stage = StageServer(loop, gallery)
                stage.start()
                terminals = self._terminals(cable.port, stage.port)
                terminals.start()
                people = [
                    threading.Thread(target=self._try, args=(self._people, desk, share, stage.send))
                    for desk, share in zip(self._desks, self._shares(), strict=True)
                ]
                for thread in people:
                    thread.start()
                self._weather(people, terminals, cable)
                if self._failed:
                    raise self._failed[0]
                wrong = self._wrong()
                terminals.kill()
                stage.stop()
        finally:
            self._stand.stop()
        self.seconds = time.monotonic() - began
        return wrong

    def _shares(self) -> list[int]:
        each, more = divmod(self._presses, len(self._desks))
        return [each + (place < more) for place in range(len(self._desks))]

    def _terminals(self, bus: int, stage: int) -> Child:
        journals = self._folder / "terminals"
        journals.mkdir()
        command = [sys.executable, "-m", "bench.press_terminals", str(bus), f"{HOST}:{stage}", str(journals)]
        return Child("terminals", [*command, *self._desks], self._folder / "terminals.log")

    def _try(self, work: Callable[..., None], *about: object) -> None:
        try:
            work(*about)
        except BaseException as error:  # because a thread's death must end the bench, not hang it  # noqa: BLE001
            self._failed.append(error)

    # ------------------------------------------------------------------------------------------------------ people

    def _people(self, desk: str, share: int, send: Callable[..., bool]) -> None:
        asker = Asker(f"keypad-{desk}", self._stand.bus.port)
        dice = random.Random(desk)
        asker.press(desk, "open")
        number = ""
        for visit in range(share + 1):
            if visit < share:
                asker.ask(TicketRequest(id=str(uuid.uuid4()), service=self._desks[desk]))
            answer = asker.press(desk, "next" if visit < share else "finish")
            if number:
                level = dice.choices((1, 2, 3, 4), SHARES)[0]
                self._rate(f"rating-{desk}", number, level, send)
            number = answer.ticket.number if answer.ticket else ""
        asker.stop()

    def _rate(self, device: str, number: str, level: int, send: Callable[..., bool]) -> None:
        """Press once the lamps are lit, again only after a power cut, until thanks, or until the visit has voted."""
        end, state = time.monotonic() + PATIENCE_S, ""
        while state not in THANKED:
            if time.monotonic() > end or self._failed:
                raise CannotStart(f"{device} never said thank you for {number}")
            state = self._faces.state(device, number, ("open", *THANKED))
            if state == "open":
                send(device, "panel", "press", button=level)
                state = self._faces.state(device, number, THANKED, LONG_S)
        with self._lock:
            self._said[level] += 1

    # ----------------------------------------------------------------------------------------------------- weather

    def _weather(self, people: list[threading.Thread], terminals: Child, cable: Cable) -> None:
        """On this thread, for what a thread has started does not outlive it."""
        while any(person.is_alive() for person in people):
            time.sleep(self._dice.uniform(0.5, 2.5))
            match self._dice.choices(("terminals", "cable", "hub", "bus"), (4, 4, 2, 1))[0]:
                case "terminals":
                    terminals.kill()
                    self._faces.power_cut()
                    terminals.start()
                case "cable":
                    cable.cut()
                    time.sleep(self._dice.uniform(0.0, 1.0))
                    cable.mend()
                case "hub":
                    self._stand.hub.kill()
                    self._stand.start_hub()
                case _:
                    self._stand.bus.kill()
                    self._stand.bus.start()
            self.mischief += 1

    # -------------------------------------------------------------------------------------------------------- sums

    def _wrong(self) -> int:
        """Waits until the last journal is told; a count that grows too high later is waited for as well."""
        end, calm = time.monotonic() + PATIENCE_S, 0
        while time.monotonic() < end and calm < 5:
            time.sleep(0.5)
            calm = calm + 1 if self._counted() == self._said else 0
        counted = self._counted()
        return sum(abs(counted[level] - self._said[level]) for level in {*counted, *self._said})

    def _counted(self) -> Counter[int]:
        with closing(sqlite3.connect(f"file:{self._folder / 'hub.sqlite'}?mode=ro", uri=True)) as book:
            rows = book.execute(
                "SELECT bucket, sum(n) FROM daily WHERE dimension = 'site' AND measure = 'rating' GROUP BY 1"
            )
            return Counter({level: n for level, n in rows if n})


class Faces:
    """What every terminal shows."""

    def __init__(self) -> None:
        self._bell = threading.Condition()
        self._now: dict[str, tuple[str, str]] = {}
        self._lives = 0

    def take(self, showing: Showing) -> None:
        """Something was shown."""
        if showing.kind == "face":
            with self._bell:
                self._now[showing.device] = (showing.facts["number"], showing.facts["state"])
                self._bell.notify_all()

    def power_cut(self) -> None:
        """All terminals are dark; a press that was under way is lost."""
        with self._bell:
            self._now.clear()
            self._lives += 1
            self._bell.notify_all()

    def state(self, device: str, number: str, among: tuple[str, ...], within_s: float = AGAIN_S) -> str:
        """The state of `device` once it is one of `among` for `number`; "" when it is not for a while, or goes dark."""

        def found() -> str:
            shown, state = self._now.get(device, ("", ""))
            return state if shown == number and state in among else ""

        with self._bell:
            life = self._lives
            self._bell.wait_for(lambda: found() or self._lives != life, within_s)
            return found()


class Asker:
    """A keypad and kiosk that asks again, with the same id, until it is answered."""

    def __init__(self, device: str, port: int) -> None:
        self._bell = threading.Condition()
        self._answers: dict[str, Answer] = {}
        self._link = MqttLink(
            BusSection(host=HOST, port=port, reconnect_s=0.3), "ca-mau", device, [(Answer, device)], self._hear
        )
        self._link.start()

    def stop(self) -> None:
        """Hang up."""
        self._link.stop()

    def press(self, desk: str, action: str) -> Answer:
        """Press a key."""
        return self.ask(DeskAction(id=str(uuid.uuid4()), desk=desk, action=action))  # type: ignore[arg-type]

    def ask(self, message: TicketRequest | DeskAction) -> Answer:
        """Its answer. Raises CannotStart when there is none, or it is no."""
        end = time.monotonic() + PATIENCE_S
        with self._bell:
            while message.id not in self._answers:
                if time.monotonic() > end:
                    raise CannotStart(f"no answer to {message}")
                self._link.publish(message)
                self._bell.wait_for(lambda: message.id in self._answers, AGAIN_S)
            answer = self._answers.pop(message.id)
        if not answer.ok:
            raise CannotStart(f"{message}: {answer.error}")
        return answer

    def _hear(self, event: object) -> None:
        if isinstance(event, Heard) and isinstance(event.message, Answer):
            with self._bell:
                self._answers[event.message.re] = event.message
                self._bell.notify_all()
