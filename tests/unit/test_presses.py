"""Keys of another desk, and presses that were held up on their way: neither moves anybody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.wire.messages import DeskAction
from broker import facts as f
from broker import refusals as no
from broker.bindings import Bindings
from broker.commands import Command
from broker.decide import decide
from tests.hub_core import MONDAY_0800, Hall

KEYPADS = {"keypad-spare": ("q01a", "q02"), "phan-mem": ("*",), "keypad-q03a": ("q03b",), "keypad-lost": ()}
DESKS = ("q01a", "q01b", "q02", "q03a", "q03b")


@pytest.mark.parametrize(
    ("device", "desks"),
    [
        ("keypad-q01a", {"q01a"}),
        ("keypad-spare", {"q01a", "q02"}),
        ("phan-mem", set(DESKS)),
        ("keypad-q03a", {"q03b"}),  # it was moved: the configuration goes before the name
        ("keypad-lost", set()),
        ("rating-q01a", set()),
        ("kiosk-1", set()),
        ("q01a", set()),
    ],
)
def test_a_device_presses_the_keys_of_its_own_desks_and_no_others(device, desks):
    bindings = Bindings({}, KEYPADS)
    assert {desk for desk in DESKS if bindings.may_press(device, desk)} == desks


@given(action=st.sampled_from(("open", "next", "finish", "close", "undo")), admitted=st.booleans())
def test_a_press_of_somebody_elses_keys_changes_nothing(action, admitted):
    hall = Hall()
    message = DeskAction(id=hall.fresh_id(), desk="q01a", action=action)
    outcome = decide(hall.lobby, Command(message=message, actor="device:x", device="x", admitted=admitted), hall.now)
    assert (outcome is no.NOT_THIS_DESK) is not admitted


def test_a_next_that_was_held_up_calls_nobody():
    hall = Hall()
    hall.press("q01a", "open")
    hall.take()
    until = hall.lobby.calendar.instant(MONDAY_0800 + 5_000)
    late = DeskAction(id=hall.fresh_id(), desk="q01a", action="next", until=until)
    hall.now = MONDAY_0800 + 5_001
    assert hall.do(late) is no.PRESSED_LONG_AGO
    assert hall.at("q01a") is None
    hall.now = MONDAY_0800 + 5_000
    (called,) = hall.do(late)
    assert isinstance(called, f.Called)


def test_who_asks_for_a_desk_that_is_none_hears_that_first():
    hall = Hall()
    message = DeskAction(id=hall.fresh_id(), desk="zz", action="next")
    outcome = decide(hall.lobby, Command(message=message, actor="device:x", admitted=False), hall.now)
    assert outcome is no.UNKNOWN_DESK
