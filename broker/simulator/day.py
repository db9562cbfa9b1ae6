"""One working day of a centre on virtual time: citizens come, clerks call, serve, send on, rest and go home.

People do here what they would do in the hall. Who is refused takes the first offer, if there is one. No clerk goes home
while somebody may still need them, as long as the shift is patient.

Rules: pure; chance and the day's visits are passed in; all times are Unix milliseconds; what is
said carries no time, the hall is told when it is.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from random import Random
from typing import Any, Protocol

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from appliance.wire.choices import Action, Offer
from appliance.wire.messages import DeskAction, Fate, Rating, TicketRequest
from appliance.wire.parts import ActionArgs
from broker.commands import Command, Message
from broker.decide import Outcome
from broker.lobby import Lobby
from broker.refusals import Refusal
from broker.scheduling import choose
from broker.simulator.shifts import Shift, Turn
from broker.simulator.visits import Pace, Press, Visit, fresh_id

KIOSK = "kiosk-1"
NO_ARGS = ActionArgs()
PAPER_MS = 2_000
"""From the number to the paper in the citizen's hand."""
OFFER_MS = 8_000
"""To read what is offered instead of a number, and take it."""


class Rules(Protocol):
    """The hall: what is there, and what comes of a command."""

    @property
    def lobby(self) -> Lobby:
        """What is there now."""

    def carry_out(self, command: Command, now: int) -> Outcome:
        """Let `command` happen at `now` (Unix ms): the facts, or why it is refused."""


class Day:
    """A day of `visits` in `hall`, with clerks who keep to `shift`."""

    def __init__(self, hall: Rules, shift: Shift, visits: Sequence[Visit], pace: Pace, chance: Random) -> None:
        self._hall, self._lobby, self._site = hall, hall.lobby, hall.lobby.site
        self._shift, self._pace, self._chance = shift, pace, chance
        self._now = shift.midnight
        self._order = count()
        self._agenda: list[tuple[int, int, Callable[..., None], tuple[Any, ...]]] = []
        self._visits = {visit.id: visit for visit in visits}
        self._stage: dict[str, int] = {}
        self._gone: set[str] = set()
        self._idle: dict[str, None] = {}
        self._tired: dict[str, int] = {}
        self._intake = {desk.id for desk in self._site.desks.values() if self._is_intake(desk.counter)}
        self._present: set[str] = set()
        for visit in visits:
            self._at(shift.midnight + round(1000 * visit.at_s), self._come, visit)
        for desk in self._site.desks:
            for turn in shift.turns(desk, chance):
                self._at(turn.at, self._turn, desk, turn)

    def run(self) -> Iterator[int]:
        """Let the day happen: the moments (Unix ms) at which somebody did something, each after it is done."""
        while self._agenda:
            self._now, _, deed, arguments = heapq.heappop(self._agenda)
            deed(*arguments)
            yield self._now

    # -------------------------------------------------------------------------------------------------- citizens

    def _come(self, visit: Visit, accept: Offer | UnsetType = UNSET) -> None:
        outcome = self._say(
            KIOSK,
            TicketRequest(
                id=visit.id,
                service=visit.service,
                priority=visit.group or UNSET,
                accept=accept,
                lang=visit.lang,
                clock="synced",
            ),
        )
        if not isinstance(outcome, Refusal):
            self._after(PAPER_MS, self._hold_paper, visit)
            self._at(max(self._now, self._lobby.tickets[visit.id].due), self._wait_in, visit.works[0].queue)
        elif outcome.offers:
            again = replace(visit, id=self._id())
            self._visits[again.id] = again
            self._after(OFFER_MS, self._come, again, outcome.offers[0])

    def _hold_paper(self, visit: Visit) -> None:
        self._say(KIOSK, Fate(id=self._id(), fate="printed", ticket=visit.id))

    def _wait_in(self, queue: str) -> None:
        """Somebody waits there from now on: a free clerk sees it, and after a while one who helps."""
        self._wake(queue)
        self._after(self._site.rules.backup_after_s * 1000, self._wake, queue)

    def _return(self, visit: Visit) -> None:
        """A late-comer speaks to a clerk of the same field, if one is still there."""
        queue = visit.works[0].queue
        for desk in self._site.desks.values():
            if queue in desk.skills and desk.id in self._present and self._lobby.seats[desk.id].status == "open":
                self._press(desk.id, "recall", ActionArgs(ticket=visit.id))
                self._wake(queue)
                return

    def _vote(self, desk: str, press: Press) -> None:
        self._say(f"rating-{desk}", Rating(id=self._id(), level=press.level), desk)

    # ---------------------------------------------------------------------------------------------------- clerks

    def _wake(self, queue: str) -> None:
        """The clerk who has been free for longest looks up, if there is somebody to call."""
        for desk in self._idle:
            seat = self._site.desks[desk]
            if (queue in seat.skills or queue in seat.backups) and choose(self._lobby, desk, self._now):
                del self._idle[desk]
                self._react(desk)
                return

    def _react(self, desk: str, busy_s: float = 0.0) -> None:
        self._after(round(1000 * (busy_s + self._chance.uniform(*self._pace.reaction_s))), self._go_on, desk)

    def _go_on(self, desk: str) -> None:
        """A clerk with nobody at the desk: rest, go, call the next one, or wait for one."""
        if desk in self._tired:
            self._rest(desk)
        elif self._may_leave(desk):
            self._leave(desk)
        elif choose(self._lobby, desk, self._now) is None:
            self._idle[desk] = None
        else:
            self._call(desk)

    def _call(self, desk: str) -> None:
        self._press(desk, "next")
        visit = self._visits[self._lobby.seats[desk].ticket]
        if visit.missed and visit.id not in self._gone:
            self._gone.add(visit.id)
            self._call_in_vain(desk, visit)
        else:
            work = visit.works[self._stage.setdefault(visit.id, 0)]
            walk_s = self._chance.uniform(*self._pace.walk_s)
            self._after(round(1000 * (walk_s + work.contact_s)), self._finish, desk, visit)

    def _call_in_vain(self, desk: str, visit: Visit) -> None:
        rules = self._site.rules
        for time in range(1, rules.recall_times):
            self._after(1000 * time * rules.recall_gap_s, self._press, desk, "recall")
        self._after(1000 * rules.no_show_after_s, self._give_up, desk, visit)

    def _give_up(self, desk: str, visit: Visit) -> None:
        self._press(desk, "no_show")
        if visit.back_after_s:
            self._after(round(1000 * visit.back_after_s), self._return, visit)
        self._react(desk)

    def _finish(self, desk: str, visit: Visit) -> None:
        """The visit goes on to its next desk with the same number, or ends and may be rated."""
        stage = self._stage[visit.id]
        if stage + 1 < len(visit.works):
            queue = visit.works[stage + 1].queue
            self._stage[visit.id] = stage + 1
            self._press(desk, "transfer", ActionArgs(to_queue=queue))
            self._wait_in(queue)
        else:
            self._press(desk, "finish")
            for press in visit.presses:
                self._after(round(1000 * press.after_s), self._vote, desk, press)
        self._react(desk, visit.works[stage].wrap_up_s)

    # ---------------------------------------------------------------------------------------------------- shifts

    def _turn(self, desk: str, turn: Turn) -> None:
        if turn.what == "come":
            if desk not in self._present:
                self._press(desk, "open" if self._lobby.seats[desk].status == "closed" else "resume")
                self._begin(desk)
            return
        if turn.what == "rest":
            self._tired[desk] = self._tired.get(desk, 0) + turn.rest_ms
        self._look_up(desk)

    def _look_up(self, desk: str) -> None:
        if desk in self._idle:
            del self._idle[desk]
            self._go_on(desk)

    def _begin(self, desk: str) -> None:
        self._present.add(desk)
        self._react(desk)

    def _rest(self, desk: str) -> None:
        rest_ms = self._tired.pop(desk)
        self._press(desk, "pause", ActionArgs(reason="Nghỉ giải lao"))
        self._after(rest_ms, self._come_back, desk)

    def _come_back(self, desk: str) -> None:
        self._press(desk, "resume")
        self._react(desk)

    def _may_leave(self, desk: str) -> bool:
        """After the bell, when the own line is empty; second stages stay until no visit can come on to them."""
        if not self._shift.rung(self._now):
            return False
        if not self._shift.patient(self._now):
            return True
        if self._somebody_waits(self._site.desks[desk].skills):
            return False
        return desk in self._intake or not (self._intake & self._present or self._under_way())

    def _under_way(self) -> bool:
        """Whether a visit is at a desk, or waits for a second stage."""
        second = (queue for desk in self._present - self._intake for queue in self._site.desks[desk].skills)
        return any(seat.ticket for seat in self._lobby.seats.values()) or self._somebody_waits(second)

    def _somebody_waits(self, queues: Iterable[str]) -> bool:
        return any(self._lobby.waiting(queue, self._now) for queue in queues)

    def _leave(self, desk: str) -> None:
        if self._shift.over(self._now):
            self._press(desk, "close")
        else:
            self._press(desk, "pause", ActionArgs(reason="Nghỉ trưa"))
        self._present.discard(desk)
        if not self._intake & self._present:
            for other in tuple(self._idle):
                self._look_up(other)

    # --------------------------------------------------------------------------------------------------- the bus

    def _press(self, desk: str, action: Action, args: ActionArgs = NO_ARGS) -> None:
        self._say(f"keypad-{desk}", DeskAction(id=self._id(), desk=desk, action=action, args=args))

    def _say(self, device: str, message: Message, desk: str = "") -> Outcome:
        command = Command(message=message, actor=f"device:{device}", device=device, desk=desk)
        return self._hall.carry_out(command, self._now)

    def _at(self, at: int, deed: Callable[..., None], *arguments: Any) -> None:
        heapq.heappush(self._agenda, (at, next(self._order), deed, arguments))

    def _after(self, ms: int, deed: Callable[..., None], *arguments: Any) -> None:
        self._at(self._now + ms, deed, *arguments)

    def _id(self) -> str:
        return fresh_id(self._chance)

    def _is_intake(self, counter: str) -> bool:
        return self._site.counters[counter].kind == "intake"
