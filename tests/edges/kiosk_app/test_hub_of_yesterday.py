"""What the kiosk does with a hub that was replaced, and what it keeps for one that comes back with an older copy."""

import msgspec

from appliance.runtime.memory_link import MemoryBus
from appliance.wire.messages import Ack, Answer, HubBeat
from kiosk.parts import Outcome, PrintEnded
from tests.edges.kiosk_app.kiosk_at_work import DEVICE, Hub, Kiosk
from tests.kiosk_scene import TICKET


def test_an_answer_of_a_hub_that_was_replaced_is_not_printed(kiosk: Kiosk, hub: Hub) -> None:
    hub.link.publish(HubBeat(gen=5, at="2026-11-23T08:00:00+07:00"))
    kiosk.take()
    (request,) = hub.asked
    ticket = msgspec.structs.replace(TICKET, id=request.id)
    hub.link.publish(Answer(gen=4, re=request.id, ok=True, ticket=ticket), DEVICE)
    kiosk.say()
    assert (kiosk.page, kiosk.press.jobs) == ("asking", [])
    hub.link.publish(Answer(gen=5, re=request.id, ok=True, ticket=ticket), DEVICE)
    kiosk.say()
    assert kiosk.press.jobs == [ticket.id]


def test_what_a_replaced_hub_acknowledges_is_not_forgotten(kiosk: Kiosk, hub: Hub) -> None:
    hub.link.publish(HubBeat(gen=5, at="2026-11-23T08:00:00+07:00"))
    kiosk.take()
    hub.link.publish(Ack(gen=4, epoch=kiosk.outbox.epoch, upto=1), DEVICE)
    kiosk.say()
    assert len(kiosk.outbox) == 1


def test_a_wish_said_again_names_the_number_on_paper_and_no_card(kiosk: Kiosk, hub: Hub, bus: MemoryBus) -> None:
    kiosk.take()
    ticket = hub.answer(hub.asked[0])
    kiosk.say(PrintEnded(ticket.id, Outcome.PRINTED))
    hub.link.publish(Ack(gen=1, epoch=kiosk.outbox.epoch, upto=3), DEVICE)
    kiosk.say()
    assert len(kiosk.outbox) == 0
    hub.asked.clear()
    hub.link.publish(Ack(gen=1, epoch=kiosk.outbox.epoch, upto=0), DEVICE)
    kiosk.say()
    (again,) = hub.asked
    assert (again.id, again.given.number, again.given.code) == (ticket.id, ticket.number, ticket.code)
    assert again.card is msgspec.UNSET


def test_how_far_the_journal_is_stands_in_what_a_new_hub_hears_first(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.take()
    hub.link.publish(HubBeat(gen=9, at="2026-11-23T08:00:00+07:00"))
    kiosk.say()
    assert (hub.health[-1].gen, hub.health[-1].seq) == (9, kiosk.outbox.highest)
