"""What stands on the board: selection, words, clock, hostile texts."""

from msgspec.structs import replace

from appliance.wire.site import CounterWords, QueueWords, SiteDocument, Text
from display_board.announce import Announcer, announce
from display_board.board import Board, hear
from display_board.compose import Choice, Moment, compose, compose_led, next_turn_at
from display_board.views import Arrow, Mode, QueueLine
from tests.unit import board_words as w

WORDS = SiteDocument(
    revision="1",
    name=Text(vi="Trung tâm"),
    queues=(QueueWords(id="a", prefix="A", name=Text(vi="Đất đai", en="Land")),),
    counters=(CounterWords(id="q01", label=Text(vi="Quầy 1", en="Counter 1", km="បញ្ជរ 1")),),
)


def board(*messages: tuple[str, object]) -> Board:
    known = Board(0.0)
    for place, message in messages:
        known = hear(known, place, message, 0.0)  # type: ignore[arg-type]
    return known


def test_a_board_says_what_it_is_doing() -> None:
    def mode(*messages: tuple[str, object]) -> Mode:
        return compose(w.scene(board(*messages)), Choice()).mode

    assert mode() is Mode.STARTING
    assert mode(("", w.site())) is Mode.WAITING
    assert mode(("", w.site(opened=False))) is Mode.CLOSED
    assert mode(("", w.site(opened=False)), ("", w.calls(1, w.call(1)))) is Mode.CALLING


def test_a_counter_board_shows_only_its_own_calls() -> None:
    known = board(("", w.calls(1, w.call(3, desk="q02a"), w.call(2, desk="q01a"), w.call(1, desk="q03b"))))
    by_desk = compose(w.scene(known), Choice(desks=frozenset({"q01a"})))
    by_counter = compose(w.scene(known), Choice(counters=frozenset({"q03"})))
    assert by_desk.hero is not None
    assert by_counter.hero is not None
    assert (by_desk.hero.seq, by_desk.calls, by_counter.hero.seq) == (2, (), 1)


def test_a_recalled_number_is_the_large_one_while_it_pulses() -> None:
    announcer, _ = announce(Announcer(known=()), (w.called(2), w.called(1)), 0.0)
    again = w.calls(2, w.call(2), w.call(1, times=2))
    announcer, _ = announce(announcer, (w.called(2), w.called(1, times=2)), 10.0)
    known = board(("", again))
    during = compose(w.scene(known, announcer, at=w.moment(elapsed=10.5)), Choice())
    after = compose(w.scene(known, announcer, at=w.moment(elapsed=13.0)), Choice())
    assert during.hero is not None
    assert after.hero is not None
    assert (during.hero.seq, during.pulse > 0, after.hero.seq, after.pulse) == (1, True, 2, 0)


def test_the_place_is_also_said_in_the_citizens_language() -> None:
    khmer = compose(w.scene(board(("", w.calls(1, w.call(1, lang="km")))), words=WORDS), Choice()).hero
    vietnamese = compose(w.scene(board(("", w.calls(1, w.call(1)))), words=WORDS), Choice()).hero
    assert khmer is not None
    assert vietnamese is not None
    assert (khmer.second, khmer.place_second) == ("km", "បញ្ជរ 1")
    assert (vietnamese.second, vietnamese.place_second) == ("en", "Counter 1")


def test_queues_in_which_nobody_waits_take_no_room() -> None:
    known = board(("", w.site()), ("a", w.queue(1, 6, 15)), ("h", w.queue(1, 0)))
    view = compose(w.scene(known, words=WORDS), Choice())
    assert view.queues == (QueueLine("A", "Đất đai", 6, (15, 25), "Land"),)
    assert compose(w.scene(known, words=WORDS), Choice(second="")).queues[0].name_second == ""


def test_a_clock_that_was_never_set_is_not_shown() -> None:
    worthless = Moment(now=0.0, elapsed=0.0, zone=w.ZONE, quality="unset")
    assert compose(w.scene(Board(0.0), at=worthless), Choice()).clock == ""
    assert compose(w.scene(Board(0.0)), Choice()).clock == "07:42"


def test_a_long_list_takes_turns_and_a_short_one_stands_still() -> None:
    many = board(("", w.calls(1, *(w.call(seq) for seq in range(20, 0, -1)))))
    first = compose(w.scene(many, at=w.moment(elapsed=100.0)), Choice())
    later = compose(w.scene(many, at=w.moment(elapsed=next_turn_at(first.turn, 100.0) or 0)), Choice())
    assert later.turn == first.turn + 1
    few = compose(w.scene(board(("", w.calls(1, w.call(1)))), at=w.moment(elapsed=100.0)), Choice())
    assert (few.turn, next_turn_at(few.turn, 100.0)) == (0, None)


def test_texts_from_outside_cannot_garble_the_board() -> None:
    hostile = replace(w.call(1), label="\u202eQuầy 1" + "y" * 500, number="A\x00\x1b[2J042")
    hero = compose(w.scene(board(("", w.calls(1, hostile)))), Choice()).hero
    assert hero is not None
    assert len(hero.place) <= 40
    assert hero.number.isprintable()
    assert len(hero.number) <= 8


def test_an_arrow_points_the_way_of_its_counter() -> None:
    choice = Choice(arrow=Arrow.LEFT, arrows={"q02": Arrow.UP})
    view = compose(w.scene(board(("", w.calls(1, w.call(2, desk="q02a"), w.call(1))))), choice)
    assert view.hero is not None
    assert (view.hero.arrow, view.calls[0].arrow) == (Arrow.UP, Arrow.LEFT)


def test_panels_show_who_is_at_the_desk_and_dashes_when_nobody_knows() -> None:
    panels = {5: ("q01a", "q01b"), 6: ("q09a",)}
    known = board(("q01a", w.desk(1, "A041", 41)), ("q01b", w.desk(1, "A042", 42)), ("q09a", w.desk(1)))
    assert [(p.address, p.text) for p in compose_led(known, panels, w.moment()).panels] == [(5, "A042"), (6, "")]
    assert all(panel.stale for panel in compose_led(known, panels, w.moment(elapsed=5.0)).panels)
