"""The keypad's app over a bus in memory, the hub's end of it under the test's hand: nothing twice, nothing late."""

import pytest

from appliance.input.debounce import SETTLE_S, Edge
from appliance.runtime.clock import ManualClock, instant, seconds
from appliance.runtime.link import Heard
from appliance.runtime.memory_link import MemoryBus, MemoryLink
from appliance.wire.messages import Answer, DeskAction, DeskState, Health, HubBeat, TicketView
from appliance.wire.told import Words
from desk_keypad.app import UTC
from desk_keypad.ports import KeysAre
from tests.keypad_at_work import DESK, DEVICE, ENTER, MINUS, KeypadAtWork

TICKET = "00000000-0000-4000-8000-000000000001"
OTHER = "00000000-0000-4000-8000-000000000002"


class Desk(KeypadAtWork):
    """A keypad whose hub is what the test says."""

    def __init__(self) -> None:
        super().__init__(MemoryBus(), ManualClock())
        self.heard: list[DeskAction] = []
        self.health: list[Health] = []
        self.hub = MemoryLink(self.bus, "ca-mau", "hub", [(DeskAction, "+"), (Health, "+")], self._take)
        self.hub.start()
        self.beat()
        self.beat()

    def _take(self, event: object) -> None:
        if isinstance(event, Heard) and isinstance(event.message, DeskAction):
            self.heard.append(event.message)
        elif isinstance(event, Heard) and isinstance(event.message, Health):
            self.health.append(event.message)

    def beat(self) -> None:
        self.clock.advance(0.001)
        self.hub.publish(HubBeat(gen=1, at=instant(self.clock.now(), UTC)))
        self.turn()

    def answer(self, number: str = "A001", **more: object) -> None:
        view = TicketView(
            id=TICKET, number=number, queue="a", service="tnmt-nop", status="called",
            issued_at="2026-11-23T08:00:00+07:00", ahead=0, wait=None, counters=("q01",), code="x",
        )  # fmt: skip
        said = Answer(re=self.heard[-1].id, ok=True, ticket=view) if not more else Answer(re=self.heard[-1].id, **more)
        self.hub.publish(said, DEVICE)
        self.turn()

    def at(self, rev: int, ticket: str = "", call_seq: int = 0) -> None:
        told = {"ticket": ticket, "number": "A001", "call_seq": call_seq} if ticket else {}
        self.hub.publish(DeskState(gen=1, rev=rev, counter="q01", label="Quầy 1", status="open", **told), DESK)
        self.turn()


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_from_a_press_to_the_lamp_of_the_hubs_answer(desk: Desk) -> None:
    desk.at(1)
    desk.press(ENTER)
    (asked,) = desk.heard
    assert (asked.desk, asked.action, asked.args.showing, desk.pattern) == (DESK, "next", "", "wait")
    desk.answer()
    assert (desk.pattern, desk.hand.faces[-1].said["vi"]) == ("done", "Đã gọi A001.")
    desk.wait(5.0)
    desk.beat()
    assert desk.pattern == "ready"


def test_a_press_has_an_end_by_the_hubs_own_clock_and_says_who_was_at_the_desk(desk: Desk) -> None:
    desk.at(1, TICKET, call_seq=7)
    desk.wait(1.0)
    desk.press("KEY_KPDOT")
    (asked,) = desk.heard
    assert seconds(str(asked.until)) - desk.clock.now() == pytest.approx(5.0, abs=0.01)
    assert (asked.args.showing, asked.args.call_seq) == (TICKET, 7)


def test_a_second_key_that_comes_after_the_next_visit_marks_nobody_absent(desk: Desk) -> None:
    desk.at(1, TICKET)
    desk.press(MINUS)
    desk.wait(1.0)
    desk.at(2, OTHER)
    assert desk.pattern == "no"
    desk.press(MINUS)
    assert (desk.heard, desk.pattern) == ([], "ask")  # and this asks of the one who is there now
    desk.wait(1.0)
    desk.press(MINUS)
    assert [(asked.action, asked.args.showing) for asked in desk.heard] == [("no_show", OTHER)]


def test_until_it_is_answered_a_press_is_asked_under_one_id_and_no_other_key_counts(desk: Desk) -> None:
    desk.press(ENTER)
    desk.wait(2.0)
    desk.press("KEY_KPDOT")
    assert len(desk.heard) >= 3
    assert len({asked.id for asked in desk.heard}) == 1
    desk.answer(ok=False, error="rate_limited")
    assert desk.pattern == "wait"
    desk.answer()
    asked = len(desk.heard)
    desk.wait(1.5)
    assert len(desk.heard) == asked


def test_an_answer_that_comes_twice_or_to_somebody_else_says_nothing_new(desk: Desk) -> None:
    desk.press(ENTER)
    desk.hub.publish(Answer(re=TICKET, ok=False, error="forbidden"), DEVICE)
    desk.turn()
    assert desk.pattern == "wait"
    desk.answer()
    desk.answer(ok=False, error="wrong_state", message=Words(vi="không", en="no"))
    assert desk.pattern == "done"


def test_a_hub_that_falls_silent_is_seen_and_keys_wait_for_nobody(desk: Desk) -> None:
    desk.wait(6.0)
    assert desk.pattern == "away"
    desk.press(ENTER)
    desk.wait(10.0)
    assert desk.heard == []
    desk.beat()
    assert (desk.pattern, desk.heard) == ("ready", [])


def test_a_press_that_the_hub_died_on_is_asked_again_under_its_own_id(desk: Desk) -> None:
    desk.press(ENTER)
    desk.bus.cut(DEVICE)
    desk.turn()
    assert desk.pattern == "away"
    desk.wait(120.0)
    before = len(desk.heard)
    desk.bus.join(desk.link)
    desk.beat()
    assert {asked.id for asked in desk.heard[before:]} == {desk.heard[0].id}
    assert desk.heard[-1].until == desk.heard[0].until  # and the hub knows that its time is over
    desk.answer(ok=False, error="wrong_state", message=Words(vi="Lần bấm này đến quá muộn.", en="Too late."))
    assert (desk.pattern, desk.hand.faces[-1].said["en"]) == ("no", "Too late.")


def test_the_last_word_of_a_dead_hub_lets_nobody_press(desk: Desk) -> None:
    desk.wait(6.0)
    desk.hub.publish(HubBeat(gen=1, at=instant(desk.clock.now() - 100, UTC)))
    desk.turn()
    assert desk.pattern == "away"


def test_a_button_on_a_pin_is_pressed_once_and_one_that_sticks_is_told(desk: Desk) -> None:
    for at in (0.0, 0.001, 0.002):
        desk.app.handle(Edge(1, at != 0.001, desk.seconds + at))
    desk.wait(SETTLE_S * 2)
    assert [asked.action for asked in desk.heard] == ["next"]
    desk.wait(11.0)
    assert desk.health[-1].parts["keys"].state == "degraded"


def test_a_keypad_of_another_desk_tells_the_technician_why(desk: Desk) -> None:
    desk.press(ENTER)
    desk.answer(ok=False, error="forbidden", message=Words(vi="không", en="no"))
    assert (desk.pattern, desk.health[-1].parts["desk"].state) == ("no", "fault")


def test_a_keypad_that_is_unplugged_is_told_to_the_hub(desk: Desk) -> None:
    desk.app.handle(KeysAre(present=False, detail="/dev/queue-desk-keys: unplugged"))
    assert desk.health[-1].parts["keys"].state == "fault"


def test_nobody_looks_for_a_clock_that_is_right(desk: Desk) -> None:
    assert desk.health[-1].clock == "synced"
    desk.clock.judge("holdover")
    desk.wait(0.1)
    assert desk.health[-1].clock == "holdover"
