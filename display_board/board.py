"""What a board knows of the centre: the newest of every state the hub has published, and whether the hub still lives.

Rules: pure; a state counts only when its (gen, rev) is higher than the one held, so order, repeats and stale copies of
messages leave no trace; nothing is forgotten because the line is cut: the last good state stays and is called stale.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import msgspec

from appliance.wire.messages import CallsState, DeskState, HubBeat, QueueState, SiteState, State

STALE_AFTER_S = 5.0
"""The hub's heart beats every 2 s; this long without a beat and the board says that it may be out of date."""


@dataclass(frozen=True)
class Board:
    """All that was heard. `alive_at` is the monotonic second of the last sign of the hub, at first of our own start."""

    alive_at: float
    site: SiteState | None = None
    calls: CallsState | None = None
    queues: Mapping[str, QueueState] = field(default_factory=dict)
    desks: Mapping[str, DeskState] = field(default_factory=dict)
    beat: HubBeat | None = None
    beat_may_be_old: bool = True

    @property
    def gen(self) -> int:
        """The highest generation of the hub that has spoken."""
        held = (self.site, self.calls, self.beat, *self.queues.values(), *self.desks.values())
        return max((state.gen for state in held if state is not None), default=0)


def hear(board: Board, place: str, message: msgspec.Struct, now: float) -> Board:
    """The board after `message` about `place` (a queue, a desk, or "") arrived at monotonic second `now`.

    The very same object comes back when the message says nothing new.
    """
    match message:
        case SiteState() if _is_news(board.site, message):
            return replace(board, site=message)
        case CallsState() if _is_news(board.calls, message):
            return replace(board, calls=message)
        case QueueState() if _is_news(board.queues.get(place), message):
            return replace(board, queues={**board.queues, place: message})
        case DeskState() if _is_news(board.desks.get(place), message):
            return replace(board, desks={**board.desks, place: message})
        case HubBeat():
            return _beat(board, message, now)
        case _:
            return board


def link_came_up(board: Board) -> Board:
    """The bus is there again: the next beat may be the bus's own memory of a hub that died meanwhile."""
    return replace(board, beat_may_be_old=True)


def is_stale(board: Board, now: float) -> bool:
    """Whether nothing has been heard of the hub for `STALE_AFTER_S` before monotonic second `now`."""
    return now >= becomes_stale_at(board)


def becomes_stale_at(board: Board) -> float:
    """The monotonic second at which silence makes the board stale."""
    return board.alive_at + STALE_AFTER_S


def _is_news(held: State | None, message: State) -> bool:
    return held is None or (message.gen, message.rev) > (held.gen, held.rev)


def _beat(board: Board, beat: HubBeat, now: float) -> Board:
    """A beat that advances proves life. One that repeats is proof only when the bus cannot have kept it for us."""
    advances = board.beat is None or _moment(beat) > _moment(board.beat)
    if not advances and (board.beat_may_be_old or _moment(beat) < _moment(board.beat or beat)):
        return replace(board, beat_may_be_old=False)
    return replace(board, beat=beat, alive_at=now, beat_may_be_old=False)


def _moment(beat: HubBeat) -> tuple[int, datetime]:
    return beat.gen, datetime.fromisoformat(beat.at)
