"""What a counter board says about the next number, against what the desk then calls."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from appliance.wire.messages import DeskState
from broker import views
from broker.states import QUEUE_PAUSE_S, States
from tests.hub_core import Hall

DESKS = ("q01a", "q02", "q11")


def told_next(hall: Hall, desk: str) -> str | None:
    said = views.desk_state(hall.lobby, desk, hall.now, 1, 1).next
    return None if said is UNSET else said


@given(
    st.lists(st.tuples(st.sampled_from(("tnmt-nop", "nnptnt-nop", "xd-nop")), st.booleans()), max_size=12), st.data()
)
def test_the_next_number_is_the_one_that_is_called_next(tickets: list[tuple[str, bool]], data: st.DataObject) -> None:
    hall = Hall()
    for desk in DESKS:
        hall.press(desk, "open")
    for service, priority in tickets:
        hall.after(data.draw(st.integers(0, 400))).take(service, priority)
    for _ in range(6):
        desk = data.draw(st.sampled_from(DESKS))
        said = told_next(hall, desk)
        hall.press(desk, "next")
        called = hall.at(desk)
        assert said == (called.number if called else None)


def test_a_desk_that_is_not_open_promises_nobody() -> None:
    hall = Hall()
    hall.take()
    assert told_next(hall, "q01a") is None
    hall.press("q01a", "open")
    assert told_next(hall, "q01a") == "A001"
    hall.press("q01a", "pause", reason="họp")
    assert told_next(hall, "q01a") is None


def test_a_new_ticket_is_told_to_every_desk_that_would_call_it() -> None:
    hall = Hall()
    for desk in DESKS:
        hall.press(desk, "open")
    states = States(hall.lobby, 1)
    states.changed(hall.now, 0.0)
    hall.take()
    states.touch(hall.entries[-1].facts)
    told = states.changed(hall.now, QUEUE_PAUSE_S)
    following = {each.place: each.state.next for each in told if isinstance(each.state, DeskState)}
    assert following == {"q01a": "A001", "q02": "A001"}
