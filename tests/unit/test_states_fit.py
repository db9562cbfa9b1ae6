"""What small clients are told: every retained state fits in one message, also in the busiest hour."""

from msgspec.structs import replace

from appliance.wire.codec import LIMIT, encode
from appliance.wire.messages import CallsState
from broker.commands import SetNotice
from broker.states import States
from tests.hub_core import Hall, centre


def test_with_everybody_called_and_absurd_names_no_state_is_too_large() -> None:
    site = centre()
    counters = {key: replace(counter, names={"vi": "Quầy ệ " * 20}) for key, counter in site.counters.items()}
    hall = Hall(replace(site, counters=counters))
    services = {service.queue: service.id for service in site.services.values()}
    for desk in site.desks.values():
        hall.take(services[desk.skills[0]])
        hall.press(desk.id, "open")
        hall.press(desk.id, "next")
    hall.do(SetNotice(id=hall.fresh_id(), text="ệ" * 200))
    states = States(hall.lobby, 2**52)
    states.touch_all()
    told = [each.state for each in states.changed(hall.now, 0.0)]
    assert max(len(encode(state)) for state in told) <= LIMIT
    assert [len(state.calls) for state in told if isinstance(state, CallsState)] == [16]
