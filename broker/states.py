"""What the boards are told: which states changed, each with a higher revision.

Rules: a state that says nothing new is not told again; calls and desks at once, queue counts at most ten times a
second, a range that alone has moved (a call more or less, a desk that rests) at most every `WAIT_PAUSE_S`, and looked
for every `LOOK_PAUSE_S`. No clock of its own: `elapsed` is `time.monotonic()`, in seconds.
"""

from typing import Any, NamedTuple

from msgspec import UNSET
from msgspec.structs import replace

from appliance.wire.messages import QueueState, State
from broker import facts as f
from broker import views
from broker.lobby import Lobby

QUEUE_PAUSE_S = 0.1
WAIT_PAUSE_S = 15.0
LOOK_PAUSE_S = 5.0
FORETOLD_PAUSE_S = 1.0
"""In a crowd a queue's range stands for so long: the writer has no time then to foretell all of them again."""
TURNS_HELD = 3
"""For so many turns of the hub states wait while commands do: who asked is answered before everybody is told."""


class Told(NamedTuple):
    """A state and the queue or desk it speaks of ("" for the whole centre)."""

    state: State
    place: str


class States:
    """The states of a lobby as last told, and which of them must be looked at again."""

    def __init__(self, lobby: Lobby, gen: int, rev: int = 0) -> None:
        self.rev = rev
        self._lobby = lobby
        self._gen = gen
        self._told: dict[tuple[type, str], State] = {}
        self._queues_told = float("-inf")
        self._foretold: dict[str, float] = {}
        self._look_again: dict[str, float] = {}
        self._held = 0
        self.touch_all()

    def touch(self, facts: tuple[f.AnyFact, ...]) -> None:
        """Remember what these facts may have changed."""
        for fact in facts:
            for inner in (fact, *getattr(fact, "facts", ())):
                self._queues.update(filter(None, (getattr(inner, name, "") for name in ("queue", "to_queue"))))
                self._queues.update(queue for _, queue in getattr(inner, "freed", ()))
                if desk := getattr(inner, "desk", ""):
                    self._desks.add(desk)
            if isinstance(fact, f.NoticeSet):
                self._site = True

    def touch_all(self) -> None:
        """Look at everything again: time alone changes phases, waits and opening."""
        self._queues: set[str] = set(self._lobby.site.queues)
        self._desks: set[str] = set(self._lobby.site.desks)
        self._site = True

    def due(self) -> float:
        """When `changed` must be asked next for queue counts that were held back, in seconds of `elapsed`."""
        return self._queues_told + QUEUE_PAUSE_S if self._queues else float("inf")

    def changed(self, now: int, elapsed: float, crowd: bool = False) -> list[Told]:
        """The states that say something new at `now` (Unix ms of the business clock); later while a `crowd` waits."""
        if crowd and self._held < TURNS_HELD:
            self._held += 1
            return []
        self._held = 0
        told: list[Told] = []
        if self._desks:
            for desk in sorted(self._desks, key=self._call_seq):
                self._keep(told, views.desk_state(self._lobby, desk, now, self._gen, 0), desk)
            self._keep(told, views.calls_state(self._lobby, self._gen, 0), "")
            self._desks = set()
        if self._queues and elapsed >= self._queues_told + QUEUE_PAUSE_S:
            self._queues_told = elapsed
            for queue in self._queues:
                self._keep_queue(told, queue, now, elapsed)
            for desk in self._whose_next_may_differ():
                self._keep(told, views.desk_state(self._lobby, desk, now, self._gen, 0), desk)
            self._queues = set()
        if self._site:
            self._site = False
            self._keep(told, views.site_state(self._lobby, now, self._gen, 0), "")
        return told

    def _call_seq(self, desk: str) -> int:
        """Desks are told of in the order of their calls: of a crowd of them, the list has no room for all."""
        ticket = self._lobby.tickets.get(self._lobby.seats[desk].ticket)
        return ticket.call_seq if ticket else 0

    def _whose_next_may_differ(self) -> list[str]:
        return [desk.id for desk in self._lobby.site.desks.values() if not self._queues.isdisjoint(desk.skills)]

    def all(self) -> list[Told]:
        """Every state as last told."""
        return [Told(state, place) for (_, place), state in self._told.items()]

    def _keep_queue(self, told: list[Told], queue: str, now: int, elapsed: float) -> None:
        last = self._told.get((QueueState, queue))
        if isinstance(last, QueueState):
            counts = views.queue_counts(self._lobby, queue, now, self._gen, 0)
            if replace(last, rev=0, wait=UNSET) == counts:
                if elapsed < self._look_again[queue]:
                    return
            elif elapsed < self._foretold[queue] + FORETOLD_PAUSE_S:
                self._keep(told, replace(counts, wait=last.wait), queue)
                self._look_again[queue] = elapsed  # the range may be wrong by now
                return
        state = views.queue_state(self._lobby, queue, now, self._gen, 0)
        moved = isinstance(last, QueueState) and last.wait != state.wait
        pause_s = WAIT_PAUSE_S if moved else LOOK_PAUSE_S
        self._foretold[queue] = elapsed
        self._look_again[queue] = max(self._look_again.get(queue, 0.0), elapsed + pause_s)
        self._keep(told, state, queue)

    def _keep(self, told: list[Told], state: Any, place: str) -> None:
        key = (type(state), place)
        last = self._told.get(key)
        if last is not None and replace(last, rev=0) == state:
            return
        self.rev += 1
        self._told[key] = replace(state, rev=self.rev)
        told.append(Told(self._told[key], place))
