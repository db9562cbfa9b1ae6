"""The board's knowledge and its picture: whatever the bus does to the messages, the newest state is what is shown."""

from collections.abc import Sequence

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from display_board.announce import Announcer, announce
from display_board.board import STALE_AFTER_S, Board, becomes_stale_at, hear, is_stale, link_came_up
from display_board.calls import calls_at_desks
from display_board.compose import Choice, compose, compose_led
from display_board.views import BoardView, LedView
from tests.unit import board_words as w

Message = tuple[str, msgspec.Struct]
PANELS = {1: ("q01a",), 2: ("q02a",)}

LATER: tuple[Message, ...] = (
    ("", w.site(9)),
    ("", w.calls(8, w.call(7), w.call(5, times=2), w.call(4))),
    ("", w.calls(9, w.call(8), w.call(7), w.call(5, times=2))),
    ("a", w.queue(6, 3, 10)),
    ("h", w.queue(7, 0)),
    ("q01a", w.desk(5, "A008", 8)),
    ("q02a", w.desk(4, "H003", 7, gen=2)),
    ("", w.beat(9)),
)
STALE: tuple[Message, ...] = (
    ("", w.site(2, opened=False)),
    ("", w.calls(3, w.call(2))),
    ("", w.calls(99, w.call(1), gen=0)),
    ("a", w.queue(1, 99)),
    ("h", w.queue(5, 12)),
    ("q01a", w.desk(1, "Z999", 1)),
    ("q02a", w.desk(99, "Z999", 1, gen=1)),
    ("", w.beat(3)),
)


def heard(messages: Sequence[Message]) -> tuple[BoardView, LedView]:
    board, announcer = Board(0.0), Announcer()
    for place, message in messages:
        board = hear(board, place, message, 1.0)
        if board.calls is not None:
            announcer, _ = announce(announcer, calls_at_desks(board), 1.0)
    after = w.moment(elapsed=1.0 + STALE_AFTER_S - 0.01)
    return compose(w.scene(board, announcer, at=after), Choice()), compose_led(board, PANELS, after)


@given(st.permutations([*LATER, *STALE]), st.data())
def test_any_order_any_repetition_and_any_stale_copy_end_in_the_same_picture(
    order: list[Message], data: st.DataObject
) -> None:
    again = data.draw(st.lists(st.sampled_from([*LATER, *STALE]), max_size=20))
    mixed = data.draw(st.permutations([*order, *again]))
    assert heard(mixed) == heard(LATER)


def test_the_picture_of_the_property_shows_what_was_meant() -> None:
    view, leds = heard(LATER)
    assert view.hero is not None
    assert (view.hero.number, [line.number for line in view.calls]) == ("A008", ["A007", "A005"])
    assert (view.waiting, view.stale, view.clock) == (3, False, "07:42")
    assert [panel.text for panel in leds.panels] == ["A008", "H003"]


def test_a_state_of_a_restarted_hub_counts_although_its_revision_begins_again() -> None:
    board = hear(Board(0.0), "", w.calls(50, w.call(3)), 0.0)
    board = hear(board, "", w.calls(1, w.call(4), gen=2), 0.0)
    assert board.calls is not None
    assert board.calls.calls[0].seq == 4
    assert board.gen == 2


def test_silence_makes_stale_and_the_next_beat_makes_fresh() -> None:
    board = hear(Board(0.0), "", w.beat(0), 10.0)
    assert not is_stale(board, 14.9)
    assert is_stale(board, 15.0)
    assert becomes_stale_at(board) == 15.0
    assert not is_stale(hear(board, "", w.beat(2), 20.0), 24.9)


def test_a_board_that_never_hears_a_beat_says_so_too() -> None:
    board = hear(Board(0.0), "", w.calls(1, w.call(1)), 4.0)
    assert is_stale(board, 5.0)


def test_the_bus_remembering_a_dead_hub_is_no_sign_of_life() -> None:
    board = hear(Board(0.0), "", w.beat(4), 10.0)
    board = hear(link_came_up(board), "", w.beat(4), 20.0)
    assert is_stale(board, 20.0)


def test_a_hub_whose_clock_stands_still_lives_all_the_same() -> None:
    board = hear(link_came_up(Board(0.0)), "", w.beat(4), 10.0)
    assert not is_stale(hear(board, "", w.beat(4), 12.0), 16.9)


def test_news_that_are_none_leave_the_very_same_board() -> None:
    board = hear(Board(0.0), "", w.calls(2, w.call(1)), 0.0)
    assert hear(board, "", w.calls(2, w.call(1)), 1.0) is board
    assert hear(board, "", w.calls(1), 1.0) is board
