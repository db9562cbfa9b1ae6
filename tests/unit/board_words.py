"""States of a hub for tests of the board: short to write, valid on the wire."""

from zoneinfo import ZoneInfo

from msgspec import UNSET

from appliance.wire.choices import DeskPhase, DeskStatus
from appliance.wire.messages import CallsState, DeskState, HubBeat, QueueState, SiteState, WaitRange
from appliance.wire.site import SiteDocument
from appliance.wire.told import Call
from display_board.announce import Announcer
from display_board.board import Board
from display_board.calls import Called
from display_board.compose import Moment, Scene

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
AT = "2026-11-23T07:42:00+07:00"
NOW = 1_795_394_520.0  # that instant


DESKS = ("q01a", "q01b", "q02a", "q03b", "q09a")


def ticket(n: int) -> str:
    return f"00000000-0000-4000-8000-{n:012d}"


def call(
    seq: int, number: str = "", desk: str = "q01a", times: int = 1, label: str = "Quầy 1", lang: str = "vi"
) -> Call:
    return Call(
        seq=seq,
        ticket=ticket(seq),
        number=number or f"A{seq:03d}",
        desk=desk,
        counter=desk[:3],
        label=f"Quầy {int(desk[1:3])}",
        lang=lang,
        at=AT,
        times=times,
    )


def called(seq: int, times: int = 1, *, listed: bool = True) -> Called:
    """The same as the board knows it."""
    one = call(seq, times=times)
    return Called(seq, times, one.ticket, one.number, one.desk, one.counter, one.label, listed=listed)


def calls(rev: int, *listed: Call, gen: int = 1) -> CallsState:
    return CallsState(gen=gen, rev=rev, calls=listed)


def site(
    rev: int = 1, *, opened: bool = True, notice: str = "", gen: int = 1, queues: tuple[str, ...] = ("a", "h")
) -> SiteState:
    return SiteState(
        gen=gen,
        rev=rev,
        open=opened,
        notice=notice,
        services=(),
        queues=queues,
        desks=DESKS,
        languages=("vi",),
        levels=4,
        revision="1",
    )


def queue(rev: int, waiting: int, low: int | None = None, gen: int = 1) -> QueueState:
    if low is None:
        return QueueState(gen=gen, rev=rev, waiting=waiting, longest_s=0)
    return QueueState(gen=gen, rev=rev, waiting=waiting, longest_s=0, wait=WaitRange(low_min=low, high_min=low + 10))


def desk(
    rev: int,
    number: str = "",
    seq: int = 0,
    gen: int = 1,
    *,
    status: DeskStatus = "open",
    times: int = 0,
    phase: DeskPhase = "calling",
    following: str = "",
) -> DeskState:
    upcoming = following or UNSET
    if not number:
        return DeskState(gen=gen, rev=rev, counter="q01", label="Quầy 1", status=status, next=upcoming)
    return DeskState(
        gen=gen,
        rev=rev,
        counter="q01",
        label="Quầy 1",
        status=status,
        number=number,
        ticket=ticket(seq),
        phase=phase,
        call_seq=seq,
        times=times,
        next=upcoming,
    )


def beat(second: int, gen: int = 1) -> HubBeat:
    return HubBeat(gen=gen, at=f"2026-11-23T07:42:{second:02d}+07:00")


def moment(elapsed: float = 0.0, now: float = NOW) -> Moment:
    return Moment(now=now, elapsed=elapsed, zone=ZONE)


def scene(
    board: Board, announcer: Announcer | None = None, words: SiteDocument | None = None, at: Moment | None = None
) -> Scene:
    return Scene(board, announcer or Announcer(known=()), words, at or moment())
