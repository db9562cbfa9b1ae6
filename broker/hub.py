"""The one writer: commands in, facts on disk, then answers and states out.

Rules: one thread owns lobby and store; commands that wait together share one commit; nothing leaves before it is
durable; a failed commit changes nothing and answers nobody, so that every client asks again.
"""

import logging
import queue
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable
from typing import TypeVar

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from appliance.wire.messages import Ack, Answer, Health
from broker import day_appointments, day_cards, offline, quarantine, sent_away, views
from broker import facts as f
from broker import refusals as no
from broker.apply import apply
from broker.commands import Command, Unreadable, set_aside
from broker.decide import decide, subject, turn_of_day
from broker.hub_jobs import AckListener, Done, FactListener, Inbox, Job, Listener, Look, Unavailable, gather, wait
from broker.hub_time import HubTime
from broker.integrity import counting
from broker.journals import Journals
from broker.lobby import Lobby
from broker.model import Site
from broker.rebuild import rebuild
from broker.refusals import Refusal
from broker.roll_call import RollCall
from broker.states import States, Told
from broker.store import Store, Transaction

logger = logging.getLogger(__name__)

BATCH = 256
TICK_S = 1.0
STUCK_S = 30.0
T = TypeVar("T")

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Answer).decode


class Hub:
    """The running hub of one site. `fresh_key` makes 32 random bytes."""

    def __init__(
        self,
        site: Site,
        store: Store,
        make_time: Callable[[int, Callable[[], bool]], HubTime],
        fresh_key: Callable[[], bytes],
    ) -> None:
        self.site = site
        self._store = store
        self._fresh_key = fresh_key
        self._inbox: Inbox = queue.SimpleQueue()
        self._listeners: list[Listener] = []
        self._ack_listeners: list[AckListener] = []
        self._fact_listeners: list[FactListener] = []
        self._happened: list[f.Entry] = []
        self._load()
        self._roll = RollCall(self._lobby.kiosks)
        self._time = make_time(store.last_at(), lambda: bool(self._lobby.tickets))
        self.generation = store.next_generation(above=self._time.now())
        self._states = States(self._lobby, self.generation)
        self._thread = threading.Thread(target=self._run, name="hub", daemon=True)
        self._stopped = False
        self._turned = time.monotonic()

    # ------------------------------------------------------------------------------------------------- the doors

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what is waiting, then end."""
        self._inbox.put(None)
        if self._thread.is_alive():
            self._thread.join(10)

    @property
    def alive(self) -> bool:
        """Whether the writer works, and is not stuck."""
        return self._thread.is_alive() and time.monotonic() - self._turned < STUCK_S

    def submit(self, command: Command, done: Done) -> None:
        """Carry out `command`; `done` is called on the writer's thread once it is durable."""
        self._inbox.put(Job(command, done))

    def handle(self, command: Command, timeout_s: float = 5.0) -> Answer:
        """Carry out `command` and wait until it is durable. Raises Unavailable."""
        answer = wait(lambda done: self.submit(command, done), timeout_s)
        if not isinstance(answer, Answer):
            raise Unavailable("not made durable")
        return answer

    def look(self, function: Callable[[Lobby], T], timeout_s: float = 5.0) -> T:
        """What `function` finds in the lobby between two commits. Raises Unavailable, or what it raises."""
        found: T = wait(lambda done: self._inbox.put(Look(function, done)), timeout_s)
        return found

    def now(self) -> int:
        """The hub's time, Unix milliseconds. Raises Unavailable."""
        return int(wait(self.when, 5.0))

    def when(self, done: Callable[[int], None]) -> None:
        """Tell `done` the hub's time (Unix ms), on the writer's thread: proof that it works."""
        self.peek(lambda _, now: done(now))

    def peek(self, function: Callable[[Lobby, int], None]) -> None:
        """Show `function` the lobby and the hub's time (Unix ms) between two commits, on the writer's thread."""
        self._inbox.put(Look(lambda lobby: function(lobby, self._time.now()), lambda _: None))

    def listen(self, listener: Listener) -> None:
        """Tell `listener` every state after its commit, on the writer's thread."""
        self._listeners.append(listener)

    def listen_to_acks(self, listener: AckListener) -> None:
        """Tell `listener` how much of a device's journal is on disk, on the writer's thread."""
        self._ack_listeners.append(listener)

    def listen_to_facts(self, listener: FactListener) -> None:
        """Tell `listener` what happened, after its commit, on the writer's thread."""
        self._fact_listeners.append(listener)

    def repeat(self) -> None:
        """Tell the listeners every state once more."""
        self._inbox.put(Look(lambda _: self._tell(self._states.all()), lambda _: None))

    def greet(self) -> None:
        """The bus is there: tell every state once more, and hear the kiosks out before new numbers are given."""
        self.repeat()
        self._inbox.put(Look(lambda _: self._roll.begin(time.monotonic()), lambda _: None))

    def meet(self, device: str, health: Health) -> None:
        """A device said how it is: it is told how far its journal is here."""
        self._inbox.put(Look(lambda _: self._meet(device, health), lambda _: None))

    def _meet(self, device: str, health: Health) -> None:
        epoch = health.epoch or ""
        upto = self._journals.upto(device, epoch)
        if health.gen > self.generation:
            logger.error("%s knows generation %d, this data %d: a restored copy?", device, health.gen, self.generation)
            self.generation = self._store.next_generation(above=health.gen)
            self._states = States(self._lobby, self.generation, self._states.rev)
        if epoch:
            self._acknowledge(device, epoch, upto)
            self._roll.answered(device, health, self.generation)

    def _acknowledge(self, device: str, epoch: str, upto: int) -> None:
        for listener in self._ack_listeners:
            listener(Ack(gen=self.generation, epoch=epoch, upto=upto), device)

    # ------------------------------------------------------------------------------------------------ the writer

    def _load(self) -> None:
        self._lobby = rebuild(self.site, self._store, self._fresh_key)
        self._journals = Journals(self._store.journals())

    def _reload(self) -> None:
        self._load()
        self._states = States(self._lobby, self.generation, self._states.rev)

    def _run(self) -> None:
        next_tick = 0.0
        while not self._stopped:
            self._turned = time.monotonic()
            rest = min(next_tick - self._turned, self._states.due() - self._turned, self._roll.pause())
            batch = gather(self._inbox, max(0.0, rest), BATCH)
            self._stopped = None in batch
            jobs = [item for item in batch if isinstance(item, Job)]
            if jobs := self._roll.admit(jobs, self._journals, self._turned):
                self._commit(jobs)
            for item in batch:
                if isinstance(item, Look):
                    item.answer(self._lobby)
            if time.monotonic() >= next_tick:
                next_tick = time.monotonic() + TICK_S
                self._tick()
            crowd = not self._inbox.empty()
            self._tell(self._states.changed(self._time.now(), time.monotonic(), crowd))

    def _tick(self) -> None:
        now = self._time.now()
        self._lobby.haste = self._time.pace()
        if self._lobby.day and self._lobby.day != self._lobby.calendar.day(now) and self._time.trusted():
            self._attempt([], now)
        self._store.sweep_after_night()
        self._states.touch_all()

    def _commit(self, jobs: list[Job]) -> None:
        if not self._attempt(jobs) and len(jobs) > 1:
            for job in jobs:  # one of them may be poison: the others must not suffer
                self._attempt([job])
        for job in jobs:
            job.done(job.answer)
        for device, epoch, upto in self._journals.advanced():
            self._acknowledge(device, epoch, upto)

    def _attempt(self, jobs: list[Job], turn_at: int | None = None) -> bool:
        self._happened = []
        try:
            with self._store.transaction() as transaction:
                if turn_at is not None:
                    self._turn_day(transaction, turn_at)
                for job in jobs:
                    job.answer = self._carry_out(transaction, job.command)
        except sqlite3.Error:
            logger.exception("could not write to %s; nothing was changed", self._store.path)
        except Exception:  # because a fault in one rule must not end the service of the whole hall
            logger.exception("could not carry out %d command(s); nothing was changed", len(jobs))
            if len(jobs) == 1:
                self._reload()
                self._pass_over(jobs[0])
                return False
        else:
            for listener in self._fact_listeners:
                listener(self._happened)
            return True
        self._reload()
        for job in jobs:
            job.answer = None
        return False

    def _pass_over(self, job: Job) -> None:
        """Refuse what no rule could carry out, and keep it aside: its journal must not stop there for ever."""
        job.answer = views.refusal(job.command.message.id, no.BROKEN, self.generation)
        if not isinstance(job.command.message, Unreadable):
            self._attempt([Job(set_aside(job.command), job.done)])

    def _carry_out(self, transaction: Transaction, command: Command) -> Answer:
        message = command.message
        known, reply = transaction.reply(message.id)
        if known:
            answer = _decode(reply) if reply else views.refusal(message.id, no.LONG_AGO, self.generation)
            answer = replace(answer, gen=self.generation)
        else:
            answer = self._first_answer(transaction, command)
            if not answer.ok and offline.is_on_paper(message):  # a person must look
                transaction.quarantine(self._time.now(), command.actor, *quarantine.of_paper(message, answer))
        epoch, seq = getattr(message, "epoch", UNSET), getattr(message, "seq", UNSET)
        if command.device and epoch is not UNSET and seq is not UNSET:
            upto = self._journals.arrived(command.device, epoch, seq)
            transaction.advance(command.device, epoch, upto)
        return answer

    def _first_answer(self, transaction: Transaction, command: Command) -> Answer:
        message = command.message
        now = self._time.now(message)
        day = self._lobby.calendar.day(now)
        if isinstance(message, Unreadable):
            transaction.quarantine(now, message.source, message.code, message.detail, day_cards.hidden(message.payload))
            return views.refusal(message.id, Refusal(message.code, no.UNREADABLE_WORDS), self.generation)
        if self._lobby.day != day:
            if not self._time.trusted():
                return views.refusal(message.id, no.CLOCK_UNSET, self.generation)
            self._turn_day(transaction, now)
        outcome = decide(self._lobby, command, now)
        facts = sent_away.noted(self.site, message, outcome)
        first = self._happen(transaction, f.Entry(message.id, day, now, facts)) if facts else None
        if isinstance(outcome, Refusal):
            answer = views.refused(self._lobby, message.id, outcome, now, self.generation)
            transaction.remember(message.id, day, first, _encode(answer))
            return answer
        day_cards.keep(transaction, self._lobby, message, outcome)
        day_appointments.keep(transaction, self._lobby, message, outcome, now)
        counting.keep(transaction, self._lobby, message, outcome, now)
        about = subject(command, outcome, self._lobby)
        answer = views.answer(self._lobby, message.id, about, now, self.generation)
        transaction.remember(message.id, day, first, _encode(answer))
        return answer

    def _happen(self, transaction: Transaction, entry: f.Entry) -> int:
        first = transaction.append(entry)
        apply(self._lobby, entry)
        self._happened.append(entry)
        self._states.touch(entry.facts)
        return first

    def _turn_day(self, transaction: Transaction, now: int) -> None:
        for day, at, facts in turn_of_day(self._lobby, now):
            self._lobby.day_key = self._store.day_key(day, self._fresh_key())
            self._happen(transaction, f.Entry(str(uuid.uuid4()), day, at, facts))
        transaction.turn_day(self._lobby.day)
        self._states.touch_all()

    def _tell(self, told: list[Told]) -> None:
        for state, place in told:
            for listener in self._listeners:
                listener(state, place)
