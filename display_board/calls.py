"""Who is called where now: the list of calls and the states of the desks, put together.

The list holds the newest `CALLS_LISTED` calls only, and of a busy centre's 25 desks more may have somebody; each desk's
own state says the rest. Revisions grow over all states of the hub, so of two that speak of one desk the higher is true.

Rules: pure; the result depends on the newest state of each kind alone, never on the order in which they came.
"""

from dataclasses import dataclass

from appliance.wire.ids import Language
from appliance.wire.messages import DeskState
from appliance.wire.told import CALLS_LISTED, Call
from display_board.board import Board


@dataclass(frozen=True)
class Called:
    """One number at one desk. `serving`: whoever was called had time to come (the no-show timer has ended).

    `listed`: it stands in the hub's list of calls; `times` is 0 where an older hub does not tell it of another one.
    """

    seq: int
    times: int
    ticket: str
    number: str
    desk: str
    counter: str
    label: str
    lang: Language = "vi"
    serving: bool = False
    listed: bool = True


def calls_at_desks(board: Board) -> tuple[Called, ...]:
    """All of them, newest first."""
    listed = [call for call in board.calls.calls if _still_there(board, call)] if board.calls else []
    found = {call.seq: _of_list(call, board.desks.get(call.desk)) for call in listed}
    for desk, state in board.desks.items():
        if state.call_seq not in found and _is_there_unlisted(board, desk, state):
            found[state.call_seq] = _of_desk(desk, state)
    return tuple(found[seq] for seq in sorted(found, reverse=True))


def _still_there(board: Board, call: Call) -> bool:
    state = board.desks.get(call.desk)
    return state is None or not _is_newer(board, state) or state.call_seq == call.seq


def _is_there_unlisted(board: Board, desk: str, state: DeskState) -> bool:
    if not state.number or not state.phase or (board.site is not None and desk not in board.site.desks):
        return False
    if board.calls is None or _is_newer(board, state):
        return True
    cut = len(board.calls.calls) >= CALLS_LISTED
    return cut and state.gen == board.calls.gen and state.call_seq < min(call.seq for call in board.calls.calls)


def _is_newer(board: Board, state: DeskState) -> bool:
    return board.calls is None or (state.gen, state.rev) > (board.calls.gen, board.calls.rev)


def _of_list(call: Call, state: DeskState | None) -> Called:
    serving = state is not None and state.call_seq == call.seq and state.phase == "serving"
    return Called(
        call.seq, call.times, call.ticket, call.number, call.desk, call.counter, call.label, call.lang, serving
    )


def _of_desk(desk: str, state: DeskState) -> Called:
    return Called(
        seq=state.call_seq,
        times=state.times,
        ticket=state.ticket or "",
        number=state.number or "",
        desk=desk,
        counter=state.counter,
        label=state.label.partition(" · ")[0],
        lang=state.lang or "vi",
        serving=state.phase == "serving",
        listed=False,
    )
