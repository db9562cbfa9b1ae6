"""The scripts of a television's board beside the rules of boards on HDMI: whatever comes, both make the same of it."""

from dataclasses import asdict
from datetime import UTC, datetime, time

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from appliance.wire.topics import BY_TYPE
from display_board import speech as s
from display_board.calls import Called, calls_at_desks
from display_board.counter import Seats, compose_counter
from tests.system.visitor import browser, served, visit
from tests.unit import board_words as w
from tests.unit.test_board_truth import DESKS, Message, Telling, busy, heard

__all__ = ["browser", "served", "visit"]
pytestmark = pytest.mark.browser


@pytest.fixture
def script(visit):
    page = visit().page
    page.goto("/board")
    return page


def frames(messages: list[Message]) -> list:
    """As they stand in the stream."""
    return [[BY_TYPE[type(state)].below(place), msgspec.to_builtins(state)] for place, state in messages]


def say(page, messages: list[Message], known: str | None) -> dict:
    """What the script knows and announces after `messages`, with `known` in the television's memory."""
    return page.evaluate(
        """([frames, known]) => {
          const board = makeBoardState({ recall: () => known, remember: (text) => { known = text; } }), told = [];
          frames.forEach(([topic, state]) => { board.hear(topic, state);
            board.news(board.calls()).forEach((c) => told.push(`${c.seq}.${c.times}.${c.ticket.slice(0, 8)}`)); });
          return { known, told, calls: board.calls().map((c) => [c.seq, c.times, c.number, c.desk, c.serving]) };
        }""",
        [frames(messages), known],
    )


SEATS = """([frames, desks]) => {
  const board = makeBoardState({ recall: () => null, remember: () => {} });
  frames.forEach(([topic, state]) => board.hear(topic, state));
  return desks.map(board.seat).map((seat) => [seat.mode, seat.number, seat.next, seat.seq, seat.times]);
}"""


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_script_shows_of_a_desk_what_a_counters_screen_on_hdmi_shows(script, data):
    told = data.draw(st.permutations(busy(data, 6).told))
    some = told[: data.draw(st.integers(0, len(told)))]
    scene = w.scene(heard(some)[0])
    cards = compose_counter(scene, Seats(DESKS)).cards
    expected = [[card.mode, card.number, card.next, card.seq, card.times] for card in cards]
    assert script.evaluate(SEATS, [frames(some), list(DESKS)]) == expected


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_script_makes_the_same_of_any_messages_as_the_board_on_hdmi(script, data):
    telling = busy(data, 10)
    copies = data.draw(st.lists(st.sampled_from(telling.told), max_size=10))
    mixed = data.draw(st.permutations([*telling.told, *copies]))
    found = say(script, mixed, "")
    board, _, announced = heard(mixed)
    assert found["calls"] == [[c.seq, c.times, c.number, c.desk, c.serving] for c in calls_at_desks(board)]
    assert found["told"] == announced
    assert say(script, telling.told, found["known"])["calls"] == found["calls"]


def test_a_television_that_hears_of_calls_for_the_first_time_calls_nobody(script):
    telling = Telling()
    telling.hall.take()
    telling.hall.press("q01a", "next")
    telling.tell()
    first = say(script, telling.told[:2] + telling.told[-40:], None)
    assert first["calls"] or first["told"] == []
    again = say(script, telling.told, first["known"])
    assert again["told"] == []


FOLLOW = """(steps) => {
  let speech = goisoSpeech.silent;
  return steps.map((step) => {
    speech = step ? goisoSpeech.add(speech, step) : goisoSpeech.ended(speech);
    speech = goisoSpeech.begin(speech);
    const form = goisoSpeech.form(speech), now = speech.speaking;
    const spoken = now && [now.seq, now.times, goisoSpeech.tongues(now, ["vi", "en"], form)];
    return [spoken, speech.waiting.map((each) => each.seq), form];
  });
}"""
calls = st.builds(
    Called,
    seq=st.integers(1, 20),
    times=st.integers(1, 3),
    ticket=st.sampled_from(["", *(f"t{n}" for n in range(12))]),
    number=st.just("A001"),
    desk=st.just("q01a"),
    counter=st.just("q01"),
    label=st.just("Quầy 1"),
    lang=st.sampled_from(["vi", "en", "km"]),
)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(calls, calls, calls, st.none()), max_size=30))
def test_the_script_speaks_by_the_same_rules_as_the_board_on_hdmi(script, steps):
    speech, followed = s.Speech(), []
    for step in steps:
        speech, _ = s.begin(s.add(speech, step) if step else s.ended(speech))
        form, now = s.form(speech), speech.speaking
        spoken = [now.seq, now.times, list(s.tongues(now, ("vi", "en"), form))] if now else None
        followed.append([spoken, [each.seq for each in speech.waiting], form.value])
    assert script.evaluate(FOLLOW, [step and asdict(step) for step in steps]) == followed


hours = st.times().map(lambda moment: moment.replace(second=0, microsecond=0, tzinfo=None))


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(hours, hours), max_size=3), hours)
@example([(time(22), time(5))], time(23))
@example([(time(12), time(13))], time(13))
def test_the_script_is_quiet_in_the_same_hours(script, spans, moment):
    said_as = [f"{start:%H:%M}-{end:%H:%M}" for start, end in spans]
    quiet = script.evaluate("([hours, now]) => goisoSpeech.isQuiet(hours, now)", [said_as, f"{moment:%H:%M}"])
    assert quiet == s.is_quiet(spans, datetime.combine(datetime(2026, 11, 23, tzinfo=UTC), moment))
