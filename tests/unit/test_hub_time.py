"""The machine's clock jumps while desks work, or is behind when the hub comes back: nobody waits less than nothing."""

from hypothesis import given
from hypothesis import strategies as st

from appliance.runtime.clock import ManualClock
from broker import facts as f
from broker.hub_time import ClockTime
from broker.refusals import Refusal
from tests.hub_core import MONDAY_0800, Hall

HOUR_S = 3600.0
DESKS = ("q01a", "q01b")
DEEDS = ("take", "next", "recall", "no_show", "finish", "park", "undo", "pause", "resume", "back")
PAUSES = (0.5, 9.0, 11.0, 700.0)
JUMPS = (-24 * HOUR_S, -HOUR_S, -5.0, 5.0, HOUR_S, 12 * HOUR_S, 40 * 24 * HOUR_S)


class Desks:
    """A hall on the hub's own time, over a clock that can be set while it runs."""

    def __init__(self) -> None:
        self.hall = Hall()
        self.clock = ManualClock(MONDAY_0800 / 1000)
        self.time = ClockTime(self.clock, 0, lambda: bool(self.hall.lobby.tickets))
        for desk in DESKS:
            self.do("open", desk)
        self.do("take", DESKS[0])

    def do(self, deed: str, desk: str) -> object:
        self.hall.now = self.time.now()
        if deed == "take":
            return self.hall.take()
        if deed == "back":
            missed = next(iter(self.hall.lobby.aside), "00000000-0000-4000-8000-000000000000")
            return self.hall.press(desk, "recall", ticket=missed)
        return self.hall.press(desk, deed)  # type: ignore[arg-type]  # because the rest are actions


@given(
    st.lists(
        st.tuples(st.sampled_from(DEEDS), st.sampled_from(DESKS), st.sampled_from(PAUSES), st.sampled_from(JUMPS)),
        max_size=25,
    )
)
def test_a_clock_that_jumps_while_desks_work_changes_nothing(script: list[tuple[str, str, float, float]]) -> None:
    steady, jumpy = Desks(), Desks()
    for deed, desk, after_s, jump_s in script:
        jumpy.clock.jump(jump_s)
        for desks in (steady, jumpy):
            desks.clock.advance(after_s)
            desks.do(deed, desk)
    assert jumpy.hall.entries == steady.hall.entries


def test_time_goes_on_when_a_hub_comes_back_to_a_clock_that_is_behind() -> None:
    desks = Desks()
    desks.do("next", DESKS[0])
    called_at = desks.hall.now
    desks.clock.jump(-HOUR_S)
    desks.time = ClockTime(desks.clock, called_at, lambda: True)
    desks.clock.advance(300)
    (served,) = desks.do("finish", DESKS[0])  # type: ignore[misc]
    assert isinstance(served, f.Served)
    assert served.service_s == 300
    desks.clock.advance(11)
    assert isinstance(desks.do("undo", DESKS[0]), Refusal), "ten seconds would last for an hour"


def test_a_clock_that_ran_ahead_in_the_night_is_followed_back_before_the_first_visit() -> None:
    clock = ManualClock(MONDAY_0800 / 1000)
    time = ClockTime(clock, 0, lambda: False)
    clock.jump(60)
    assert time.now() == MONDAY_0800 + 60_000
    clock.jump(-60)
    clock.advance(90)
    assert time.now() == MONDAY_0800 + 90_000
