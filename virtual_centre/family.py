"""All programs of the virtual centre, kept alive: what systemd is on a real machine.

Rules: one owner thread, the main one (a child's leash is held by the thread that started it); other threads only ask.
What dies is started again, later each time it dies young; what was switched off stays off until it is switched on.
"""

import logging
import os
import queue
import selectors
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from appliance.runtime.errors import CannotStart
from virtual_centre.child import Child

logger = logging.getLogger(__name__)

Condition = Literal["off", "starting", "ready", "dead"]

FIRST_PAUSE_S = 0.25
LONGEST_PAUSE_S = 10.0
GROWN_UP_S = 20.0
"""A child that lived this long did not die of its start."""


@dataclass
class _Member:
    child: Child
    start: Callable[[], None]
    speaks: bool
    told: Callable[[Condition], None]
    condition: Condition = "off"
    started_at: float = 0.0
    pause_s: float = FIRST_PAUSE_S
    due: float | None = None
    deaths: int = 0


class Family:
    """The children by name. `add`, `switch` and `end` may be called from any thread; the rest belongs to the owner."""

    def __init__(self) -> None:
        self._members: dict[str, _Member] = {}
        self._asked: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._bell = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._ending = False

    # ------------------------------------------------------------------------------------------------- any thread

    def add(
        self,
        child: Child,
        told: Callable[[Condition], None] = lambda _: None,
        start: Callable[[], None] | None = None,
    ) -> None:
        """Take a child in, switched off. `told` hears of each change of its condition, on the owner's thread.

        A child says itself when it is ready, unless `start` is given: then it is when `start` returns.
        """
        member = _Member(child, start or child.start, start is None, told)
        self._ask(lambda: self._members.setdefault(child.name, member))

    def switch(self, name: str, on: bool) -> None:
        """Start `name`, or kill it as a power cut would and leave it dead."""
        self._ask(lambda: self._start(self._members[name]) if on else self._rest(self._members[name], Child.kill))

    def dismiss(self, name: str) -> None:
        """Let `name` end in good order; it may be switched on again."""
        self._ask(lambda: self._rest(self._members[name], Child.stop))

    def remove(self, name: str) -> None:
        """Let `name` end in good order and forget it."""
        self.dismiss(name)
        self._ask(lambda: self._members.pop(name))

    def end(self) -> None:
        """Let `run` return. Also from a signal handler."""
        self._ending = True
        os.eventfd_write(self._bell, 1)

    def _ask(self, work: Callable[[], object]) -> None:
        self._asked.put(work)  # type: ignore[arg-type]  # because nobody looks at the result
        os.eventfd_write(self._bell, 1)

    # -------------------------------------------------------------------------------------------------- the owner

    def condition(self, name: str) -> Condition:
        """How `name` is now."""
        return self._members[name].condition

    def deaths(self, name: str) -> int:
        """How often `name` has died unasked."""
        return self._members[name].deaths

    def children(self) -> dict[str, Child]:
        """Everybody by name, in the order of their coming."""
        return {name: member.child for name, member in self._members.items()}

    @property
    def ending(self) -> bool:
        """Whether `end` was called."""
        return self._ending

    def run(self, until: Callable[[], bool] = lambda: False, within_s: float = float("inf")) -> bool:
        """Keep everybody alive until `end` is called (False), `until` holds (True) or the time is over (False)."""
        limit = time.monotonic() + within_s
        while not self._ending:
            self._obey()
            if until():
                return True
            if time.monotonic() >= limit:
                return False
            self._wait(limit)
        return False

    def stop(self) -> None:
        """End all, boxes first: asked together, waited for one by one. What was asked for and not done stays undone."""
        members = [member for member in reversed(self._members.values()) if member.child.running]
        infrastructure = [member for member in members if not member.speaks]
        for group in ([member for member in members if member.speaks], infrastructure):
            for member in group:
                member.child.signal(15)
            for member in group:
                member.child.wait()
        os.close(self._bell)

    def _obey(self) -> None:
        while not self._asked.empty():
            self._asked.get()()

    def _wait(self, limit: float) -> None:
        """Sleep until somebody asks, speaks, dies or is due, and deal with it."""
        with selectors.DefaultSelector() as watch:
            watch.register(self._bell, selectors.EVENT_READ)
            for member in self._members.values():
                if member.child.exit_pipe >= 0 and member.condition in ("starting", "ready"):
                    watch.register(member.child.exit_pipe, selectors.EVENT_READ, (self._bury, member))
                if member.condition == "starting" and member.child.notices is not None:
                    watch.register(member.child.notices, selectors.EVENT_READ, (self._listen, member))
            due = [member.due for member in self._members.values() if member.due is not None]
            moment = min([limit, *due])
            timeout = None if moment == float("inf") else max(0.0, moment - time.monotonic())
            for key, _ in watch.select(timeout):
                if key.data is None:
                    os.eventfd_read(self._bell)
                else:
                    deal, member = key.data
                    deal(member)
        self._restart_the_due()

    def _restart_the_due(self) -> None:
        now = time.monotonic()
        for member in self._members.values():
            if member.due is not None and member.due <= now:
                self._start(member)

    def _start(self, member: _Member) -> None:
        if member.child.running:
            return
        member.due = None
        member.started_at = time.monotonic()
        self._tell(member, "starting")
        try:
            member.start()
        except CannotStart as error:
            logger.warning("%s: %s", member.child.name, error)
            self._plan_restart(member)
        else:
            if not member.speaks:
                self._tell(member, "ready")

    def _listen(self, member: _Member) -> None:
        if member.condition == "starting" and member.child.is_ready():
            self._tell(member, "ready")

    def _bury(self, member: _Member) -> None:
        if member.condition not in ("starting", "ready") or member.child.running:
            return
        logger.warning(
            "%s ended with %s: %s", member.child.name, member.child.ended_with, member.child.last_words() or "no word"
        )
        self._plan_restart(member)

    def _plan_restart(self, member: _Member) -> None:
        now = time.monotonic()
        member.deaths += 1
        if now - member.started_at >= GROWN_UP_S:
            member.pause_s = FIRST_PAUSE_S
        member.due = now + member.pause_s
        member.pause_s = min(2 * member.pause_s, LONGEST_PAUSE_S)
        self._tell(member, "dead")

    def _rest(self, member: _Member, way: Callable[[Child], None]) -> None:
        member.due = None
        member.pause_s = FIRST_PAUSE_S
        way(member.child)
        self._tell(member, "off")

    def _tell(self, member: _Member, condition: Condition) -> None:
        if condition != member.condition:
            member.condition = condition
            member.told(condition)
