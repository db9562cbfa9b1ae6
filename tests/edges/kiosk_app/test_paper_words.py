"""The kiosk and the words on paper: which the printer is given beforehand, and which the citizen's choice adds."""

import msgspec

from appliance.runtime.site_words import SiteHeard
from appliance.wire.site import Text
from kiosk.hub_words import ProceduresHeard
from kiosk.ticket import Note, Title
from tests.edges.kiosk_app.kiosk_at_work import Hub, Kiosk
from tests.kiosk_scene import procedures, site


def test_the_printer_is_given_the_words_of_the_centre_and_new_ones_when_they_change(kiosk: Kiosk) -> None:
    assert kiosk.press.words[0] == Title(site().name.vi)
    renamed = msgspec.structs.replace(site(), name=Text(vi="Trung tâm mới"))
    kiosk.say(SiteHeard(renamed))
    assert kiosk.press.words[0] == Title("Trung tâm mới")


def test_the_papers_of_the_chosen_procedure_stand_on_the_ticket(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.say(ProceduresHeard(procedures()))
    chosen = procedures().procedure("tp-001")
    assert chosen is not None
    assert chosen.bring
    kiosk.live(2, hub)
    for meaning in ("Sought", *(f"Typed(letter={letter!r})" for letter in "ltp"), "tp-001", "Took"):
        kiosk.touch(meaning)
    hub.answer(hub.asked[0], service="tp-nop")
    kiosk.say()
    assert Note(f"Cần có: {chosen.bring}") in kiosk.press.papers[0]


def test_a_ticket_for_something_else_says_nothing_of_a_procedure_that_was_looked_at(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.say(ProceduresHeard(procedures()))
    kiosk.take()
    hub.answer(hub.asked[0])
    kiosk.say()
    chosen = procedures().procedure("tp-001")
    assert chosen is not None
    assert not any(chosen.bring in band.words for band in kiosk.press.papers[0] if isinstance(band, Note))
