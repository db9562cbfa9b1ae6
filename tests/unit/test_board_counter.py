"""A counter's own board: what each desk says, and to whom."""

import pytest

from appliance.wire.choices import DeskPhase, DeskStatus
from appliance.wire.site import CounterWords, DeskWords, SiteDocument, Text
from display_board.announce import Announcer, announce
from display_board.board import Board, hear
from display_board.counter import Seats, compose_counter
from display_board.views import DeskCard, DeskMode
from tests.unit import board_words as w

WORDS = SiteDocument(
    revision="1",
    name=Text(vi="Trung tâm"),
    counters=(CounterWords(id="q01", label=Text(vi="Quầy 1", en="Counter 1", km="បញ្ជរ 1")),),
    desks=(DeskWords(id="q01b", counter="q01", label="Quầy 1 · bàn b"),),
)


def card(*messages: tuple[str, object], desk: str = "q01a", announcer: Announcer | None = None) -> DeskCard:
    known = Board(0.0)
    for place, message in messages:
        known = hear(known, place, message, 0.0)  # type: ignore[arg-type]  # because all of them are states
    return compose_counter(w.scene(known, announcer, WORDS, w.moment(0.5)), Seats((desk,))).cards[0]


@pytest.mark.parametrize(
    ("status", "number", "phase", "mode"),
    [
        ("open", "A042", "calling", DeskMode.CALLING),
        ("open", "A042", "serving", DeskMode.SERVING),
        ("paused", "A042", "serving", DeskMode.SERVING),
        ("open", "", "calling", DeskMode.OPEN),
        ("paused", "", "calling", DeskMode.PAUSED),
        ("closed", "", "calling", DeskMode.CLOSED),
    ],
)
def test_a_card_says_what_its_desk_does(status: DeskStatus, number: str, phase: DeskPhase, mode: DeskMode) -> None:
    shown = card(("q01a", w.desk(1, number, 7, status=status, phase=phase)))
    assert (shown.mode, shown.number) == (mode, number)


def test_the_number_stands_there_as_long_as_its_citizen_is_at_the_desk() -> None:
    """Somebody who cannot hear sees at the desk that it is his turn, also long after the call."""
    served = w.desk(2, "A042", 7, phase="serving", following="A043")
    shown = card(("q01a", w.desk(1, "A042", 7)), ("q01a", served))
    assert (shown.number, shown.next) == ("A042", "A043")


def test_a_desk_nobody_has_heard_of_has_a_card_that_says_so() -> None:
    assert card(desk="q99x") == DeskCard("q99x", "Q99X", DeskMode.UNKNOWN)
    assert card(desk="q01b").place == "Quầy 1 · bàn b"


def test_the_place_is_said_in_the_citizens_language() -> None:
    assert card(("q01a", w.desk(1, "A042", 7))).place_second == "Counter 1"


def test_a_new_call_pulses_on_its_own_card_only() -> None:
    announcer, _ = announce(Announcer(known=()), [w.called(7)], 0.0)
    mine = card(("q01a", w.desk(1, "A007", 7)), announcer=announcer)
    other = card(("q01b", w.desk(1, "A006", 6)), desk="q01b", announcer=announcer)
    assert (mine.pulse > 0, mine.fresh, other.pulse, other.fresh) == (True, True, 0, False)


def test_silence_keeps_the_last_cards_and_says_so() -> None:
    known = hear(Board(0.0), "q01a", w.desk(1, "A042", 7), 0.0)
    view = compose_counter(w.scene(known, at=w.moment(elapsed=5.0)), Seats(("q01a",)))
    assert (view.stale, view.cards[0].number) == (True, "A042")


def test_a_hostile_label_stays_one_readable_line() -> None:
    state = w.desk(1, "A\x00\u202e042", 7, following="\x1b[2JA043")
    shown = card(("q01a", state))
    assert (shown.number, shown.next) == ("A042", "[2JA043")
