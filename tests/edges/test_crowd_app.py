"""The crowd as a process: it waits to be told which desks are a person's, and keeps its hands off them."""

from random import Random

import pytest

from appliance.runtime.clock import ManualClock
from appliance.runtime.hearing import Heard
from appliance.runtime.memory_link import MemoryBus, MemoryLink
from appliance.runtime.stage import Stage
from appliance.wire.messages import DeskAction, DeskState
from virtual_centre.crowd import Crowd
from virtual_centre.crowd_app import ByHand, CrowdApp, hears
from virtual_centre.demand import Demand, Errand

DEMAND = Demand({"a-nop": Errand("a-nop", "nop", "a", 60, 600, 0.7, 60)}, {})
DESKS = {"q01a": ("a",), "q01b": ("a",)}


class Clerks:
    """A crowd at two closed desks, and which of them it has pressed a key at."""

    def __init__(self, *, told: bool) -> None:
        bus, self.clock, self.pressed = MemoryBus(), ManualClock(0.0), set[str]()
        spy = MemoryLink(bus, "ca-mau", "spy", ((DeskAction, "+"),), self._hear)
        spy.start()
        link = MemoryLink(bus, "ca-mau", "kiosk-2", hears("kiosk-2"), lambda _event: None)
        crowd = Crowd(DEMAND, DESKS, Random(1), self.clock.elapsed())
        self.app = CrowdApp(crowd, link, self.clock, Stage("", "kiosk-2"), "", told=told)
        self.app.start()
        for desk in DESKS:
            self.app.handle(Heard("", desk, DeskState(rev=0, counter="q01", label="", status="closed")))

    def _hear(self, event: object) -> None:
        if isinstance(event, Heard) and isinstance(event.message, DeskAction):
            self.pressed.add(event.message.desk)

    def a_minute(self) -> None:
        self.clock.advance(60.0)
        self.app.tick()


def test_no_key_is_pressed_before_it_is_known_which_desks_are_a_persons() -> None:
    clerks = Clerks(told=False)
    assert clerks.app.deadline() is None
    clerks.a_minute()
    assert clerks.pressed == set()
    clerks.app.handle(ByHand(("q01a",)))
    clerks.a_minute()
    assert clerks.pressed == {"q01b"}


@pytest.mark.parametrize("desks", [(), ("q01b",)])
def test_where_nobody_will_tell_all_begin_at_once(desks: tuple[str, ...]) -> None:
    clerks = Clerks(told=True)
    assert clerks.app.deadline() is not None
    if desks:
        clerks.app.handle(ByHand(desks))
    clerks.a_minute()
    assert clerks.pressed == set(DESKS) - set(desks)
