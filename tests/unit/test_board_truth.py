"""A board beside the real rules of the hub: whatever the bus does to the messages, it ends with what is true."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broker.states import States
from display_board.announce import Announcer, announce, name_of
from display_board.board import Board, hear
from display_board.calls import Called, calls_at_desks
from display_board.compose import Choice, compose
from display_board.counter import Seats, compose_counter
from tests.hub_core import Hall
from tests.unit import board_words as w

DESKS = ("q01a", "q01b", "q03a", "q04a")
SERVICES = ("tnmt-nop", "gtvt-nop", "tp-nop")
KEYS = ("next", "next", "recall", "finish", "no_show", "park", "pause", "resume", "undo")
Message = tuple[str, Any]


class Telling:
    """A hall whose states are told as the hub tells them."""

    def __init__(self, gen: int = 1) -> None:
        self.hall = Hall()
        for desk in DESKS:
            self.hall.press(desk, "open")
        self.states = States(self.hall.lobby, gen)
        self.told: list[Message] = []
        self._entries = 0
        self.tell()

    def tell(self) -> None:
        for entry in self.hall.entries[self._entries :]:
            self.states.touch(entry.facts)
        self._entries = len(self.hall.entries)
        self.told += [(told.place, told.state) for told in self.states.changed(self.hall.now, self.hall.now / 1000)]

    def restart(self, gen: int) -> None:
        """Another generation, which says everything again with revisions that begin anew."""
        self.states = States(self.hall.lobby, gen)
        self.tell()

    @property
    def at_desks(self) -> dict[str, str]:
        return {ticket.desk: ticket.number for ticket in self.hall.lobby.at_desks()}


def busy(data: st.DataObject, presses: int = 14) -> Telling:
    telling = Telling()
    for _ in range(presses):
        telling.hall.take(data.draw(st.sampled_from(SERVICES)))
        telling.hall.after(data.draw(st.sampled_from((1, 15, 80))))
        telling.hall.press(data.draw(st.sampled_from(DESKS)), data.draw(st.sampled_from(KEYS)))
        telling.tell()
        if data.draw(st.integers(0, 9)) == 0:
            telling.restart(telling.told[-1][1].gen + 1)
    return telling


def heard(messages: list[Message]) -> tuple[Board, Announcer, list[str]]:
    board, announcer, announced = Board(0.0), Announcer(known=()), []
    for place, message in messages:
        board = hear(board, place, message, 1.0)
        if board.calls is not None:
            announcer, fresh = announce(announcer, calls_at_desks(board), 1.0)
            announced += [name_of(call) for call in fresh]
    return board, announcer, announced


@settings(max_examples=60)
@given(st.data())
def test_in_any_order_with_copies_and_old_ones_the_board_ends_with_the_truth(data: st.DataObject) -> None:
    telling = busy(data)
    copies = data.draw(st.lists(st.sampled_from(telling.told), max_size=20))
    mixed = data.draw(st.permutations([*telling.told, *copies]))
    straight, shuffled = heard(telling.told), heard(mixed)
    assert {call.desk: call.number for call in calls_at_desks(shuffled[0])} == telling.at_desks
    calm = w.moment(elapsed=4.5)  # the pulses are over, and nobody has been silent for long
    for board in (straight[0], shuffled[0]):
        assert compose(w.scene(board, at=calm), Choice()) == compose(w.scene(straight[0], at=calm), Choice())
        assert compose_counter(w.scene(board, at=calm), Seats(DESKS)) == compose_counter(
            w.scene(straight[0], at=calm), Seats(DESKS)
        )


@settings(max_examples=60)
@given(st.data())
def test_each_call_and_recall_is_announced_once_however_often_and_late_it_is_heard(data: st.DataObject) -> None:
    telling = busy(data)
    copies = data.draw(st.lists(st.sampled_from(telling.told), max_size=20))
    mixed = data.draw(st.permutations([*telling.told, *copies]))
    for messages in (telling.told, mixed):
        announced = heard(messages)[2]
        assert len(announced) == len(set(announced))
    everything = {name_of(call) for call in _ever_called(telling.told)}
    assert set(heard(telling.told)[2]) == everything
    assert {name_of(call) for call in calls_at_desks(heard(mixed)[0])} <= set(heard(mixed)[2])


def _ever_called(told: list[Message]) -> list[Called]:
    board, found = Board(0.0), []
    for place, message in told:
        board = hear(board, place, message, 1.0)
        found += calls_at_desks(board) if board.calls else []
    return found


def test_25_calls_in_one_commit_are_all_called_although_a_list_holds_16() -> None:
    telling = Telling()
    desks = [desk.id for desk in telling.hall.lobby.site.desks.values()][:25]
    queue_services = {s.queue: s.id for s in telling.hall.lobby.site.services.values()}
    for desk in desks:
        telling.hall.take(queue_services[telling.hall.lobby.site.desks[desk].skills[0]])
        telling.hall.press(desk, "open")
    telling.tell()
    before = len(telling.told)
    for desk in desks:
        telling.hall.press(desk, "next")
    telling.tell()
    board, announcer, _ = heard(telling.told[:before])
    seqs: list[int] = []
    for place, message in telling.told[before:]:
        board = hear(board, place, message, 1.0)
        announcer, fresh = announce(announcer, calls_at_desks(board), 1.0)
        seqs += [call.seq for call in fresh]
    assert seqs == list(range(1, 26))
    assert {call.desk for call in calls_at_desks(board)} == set(desks)


@pytest.mark.parametrize(("later", "phase"), [(10, "calling"), (80, "serving")])
def test_a_call_stays_until_its_visit_ends_and_is_calm_once_the_no_show_timer_has_ended(later: int, phase: str) -> None:
    telling = Telling()
    telling.hall.take()
    telling.hall.press("q01a", "next")
    telling.hall.after(later)
    telling.tell()
    (call,) = calls_at_desks(heard(telling.told)[0])
    assert call.serving is (phase == "serving")
    telling.hall.press("q01a", "finish")
    telling.tell()
    assert calls_at_desks(heard(telling.told)[0]) == ()
