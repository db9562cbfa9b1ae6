"""Papers that reception asks for, as the hub's rules have it: who may be asked, what is a reprint, who tells of it."""

import pytest

from appliance.wire.reprints import ReprintFate
from broker import refusals as no
from broker.commands import Provide
from broker.lobby import Ticket
from broker.refusals import Refusal
from broker.visit_commands import AskReprint, CancelVisit
from broker.visit_facts import ReprintAsked, Reprinted
from broker.visits import REPRINT_S
from tests.hub_core import Hall, centre
from tests.kiosk_hall import EPOCH, KioskHall, complaints

SITE = centre()


@pytest.fixture
def kiosks() -> KioskHall:
    hall = KioskHall(SITE)
    for device in ("kiosk-1", "kiosk-2"):
        hall.say(device, Provide(id=hall.fresh_id(), epoch=EPOCH))
    return hall


def ask(hall: Hall, ticket: Ticket, device: str = "kiosk-1", ready: bool = True):
    return hall.do(AskReprint(id=hall.fresh_id(), ticket=ticket.id, device=device, ready=ready))


def tell(hall: KioskHall, reprint: str, device: str = "kiosk-1", outcome: str = "printed"):
    return hall.say(device, ReprintFate(id=hall.fresh_id(), reprint=reprint, outcome=outcome))


def test_a_number_taken_at_reception_gets_its_first_paper_and_later_a_reprint(kiosks: KioskHall) -> None:
    ticket = kiosks.take()
    (first,) = ask(kiosks, ticket)
    assert isinstance(first, ReprintAsked)
    assert not first.again
    (told,) = tell(kiosks, first.reprint)
    assert isinstance(told, Reprinted)
    (second,) = ask(kiosks, ticket)
    assert second.again
    assert complaints(kiosks) == []


def test_what_never_reached_paper_is_no_reprint_the_next_time(kiosks: KioskHall) -> None:
    ticket = kiosks.take()
    (first,) = ask(kiosks, ticket)
    tell(kiosks, first.reprint, outcome="unsent")
    (second,) = ask(kiosks, ticket, "kiosk-2")
    assert not second.again


def test_a_ticket_of_a_kiosk_is_always_reprinted(kiosks: KioskHall) -> None:
    ticket = kiosks.take()
    kiosks.fate(ticket.id, "uncertain")
    (fact,) = ask(kiosks, ticket)
    assert fact.again


def test_two_presses_are_not_two_papers(kiosks: KioskHall) -> None:
    ticket = kiosks.take()
    ask(kiosks, ticket)
    assert ask(kiosks, ticket) == no.PAPER_ON_ITS_WAY
    assert ask(kiosks, ticket, "kiosk-2") == no.PAPER_ON_ITS_WAY
    assert not isinstance(ask(kiosks, kiosks.take()), Refusal), "the paper of somebody else"
    kiosks.after(2 * REPRINT_S - 1)
    assert ask(kiosks, ticket, "kiosk-2") == no.PAPER_ON_ITS_WAY
    kiosks.after(1)
    assert not isinstance(ask(kiosks, ticket, "kiosk-2"), Refusal), "that kiosk will never tell"


def test_a_kiosk_tells_of_its_own_papers_and_of_each_once(kiosks: KioskHall) -> None:
    (fact,) = ask(kiosks, kiosks.take())
    assert tell(kiosks, fact.reprint, "kiosk-2") == no.NOT_THIS_KIOSK
    assert len(tell(kiosks, fact.reprint)) == 1
    assert tell(kiosks, fact.reprint, outcome="uncertain") == ()
    assert tell(kiosks, kiosks.fresh_id()) == (), "a paper of another day"
    assert complaints(kiosks) == []


def test_no_paper_where_there_is_no_visit_no_kiosk_or_no_printer(kiosks: KioskHall) -> None:
    ticket = kiosks.take()
    assert ask(kiosks, ticket, "rating-q01a") == no.UNKNOWN_KIOSK
    assert ask(kiosks, ticket, ready=False) == no.KIOSK_NOT_READY
    kiosks.do(CancelVisit(id=kiosks.fresh_id(), ticket=ticket.id, reason="twice"))
    assert ask(kiosks, ticket) == no.VISIT_OVER


def test_verify_sees_a_paper_that_nobody_asked_for(kiosks: KioskHall) -> None:
    (fact,) = ask(kiosks, kiosks.take())
    tell(kiosks, fact.reprint)
    kiosks.entries.append(kiosks.entries[-1])
    assert any("nobody waits for" in complaint for complaint in complaints(kiosks))
