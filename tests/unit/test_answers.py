"""Who pressed is answered about what he did, not about somebody else."""

import pytest

from appliance.wire.messages import DeskAction, Fate, Rating, TicketRequest
from broker.commands import Command, SetNotice
from broker.decide import Subject, subject
from broker.visit_commands import CancelVisit
from tests.hub_core import Hall


@pytest.fixture
def hall() -> Hall:
    hall = Hall()
    hall.press("q01a", "open")
    return hall


def about(hall: Hall, message: TicketRequest | DeskAction | Fate | Rating | CancelVisit | SetNotice) -> Subject:
    facts = hall.do(message)
    assert isinstance(facts, tuple)
    return subject(Command(message=message, actor="test"), facts, hall.lobby)


def test_who_asks_for_a_number_hears_of_that_visit(hall: Hall) -> None:
    hall.take()
    request = TicketRequest(id=hall.fresh_id(), service="tnmt-nop")
    assert about(hall, request) == Subject(ticket=request.id)


def test_a_desk_hears_who_comes_and_that_nobody_does(hall: Hall) -> None:
    ticket = hall.take()
    press = DeskAction(id=hall.fresh_id(), desk="q01a", action="next")
    assert about(hall, press) == Subject(ticket=ticket.id, desk="q01a")
    finish = DeskAction(id=hall.fresh_id(), desk="q01a", action="finish")
    assert about(hall, finish) == Subject(ticket="", desk="q01a")


def test_a_printer_hears_of_the_visit_on_the_paper_and_of_none_where_there_is_none(hall: Hall) -> None:
    ticket = hall.take()
    printed = Fate(id=hall.fresh_id(), ticket=ticket.id, fate="printed")
    assert about(hall, printed) == Subject(ticket=ticket.id)
    withdrawn = Fate(id=hall.fresh_id(), request=hall.fresh_id(), fate="withdrawn")
    assert about(hall, withdrawn) == Subject(ticket=None)


def test_reception_hears_of_the_visit_that_it_put_right(hall: Hall) -> None:
    ticket = hall.take()
    hall.take()
    assert about(hall, CancelVisit(id=hall.fresh_id(), ticket=ticket.id, reason="other")) == Subject(ticket=ticket.id)


def test_who_speaks_of_no_visit_hears_of_none(hall: Hall) -> None:
    hall.take()
    assert about(hall, SetNotice(id=hall.fresh_id(), text="x")) == Subject()


def test_a_terminal_hears_what_became_of_the_press(hall: Hall) -> None:
    def press(level: int) -> str | None:
        return about(hall, Rating(id=hall.fresh_id(), desk="q01a", level=level)).result

    hall.take()
    assert press(1) == "orphan"
    hall.press("q01a", "next")
    hall.after(60).press("q01a", "finish")
    assert [press(4), press(1)] == ["accepted", "corrected"]
    hall.after(60)
    assert press(4) == "suppressed"
