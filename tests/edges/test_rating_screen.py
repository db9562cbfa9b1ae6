"""The terminal's app with a panel that can ask: what is added to a vote is told once and never instead of it."""

from pathlib import Path

from appliance.runtime.clock import ManualClock
from appliance.runtime.memory_link import MemoryBus
from appliance.runtime.site_words import SiteHeard
from rating_terminal.ports import Touched
from rating_terminal.session import Chosen
from rating_terminal.talk import Answered, LookBack, Spoken, Toggled, Went
from tests.rating_at_work import Hub, Terminal, bus, clock, hub
from tests.rating_scene import SITE

__all__ = ["bus", "clock", "hub"]


def screen(bus: MemoryBus, hub: Hub, clock: ManualClock, folder: Path) -> Terminal:
    """A terminal whose panel can ask."""
    terminal = Terminal(bus, folder, clock, asks=True)
    terminal.app.handle(SiteHeard(SITE))
    hub.arm()
    terminal.turn()
    return terminal


def touch(terminal: Terminal, meaning: object, x: float = 0.5, y: float = 0.5) -> None:
    terminal.wait(1.0)
    terminal.app.handle(Touched(meaning, x, y))


def test_who_is_not_satisfied_is_asked_why_and_what_he_says_follows_his_vote(
    bus: MemoryBus, hub: Hub, clock: ManualClock, tmp_path: Path
) -> None:
    terminal = screen(bus, hub, clock, tmp_path)
    assert (terminal.face.page, terminal.face.lang) == ("ask", "vi")
    touch(terminal, Spoken("km"))
    touch(terminal, Chosen(4))
    assert (terminal.face.page, terminal.face.lang) == ("reasons", "km")
    touch(terminal, Toggled("khac"))
    touch(terminal, Went())
    touch(terminal, Answered("dung-hen", yes=False))
    touch(terminal, Went())
    assert terminal.face.page == "thanks"
    terminal.wait(11.0)
    assert terminal.face.page == "rest"
    vote, added = {rating.seq: rating for rating in hub.heard}.values()
    assert (vote.level, vote.opening.press, bool(vote.reasons)) == (4, 1, False)
    assert (added.level, added.opening.press, added.reasons) == (4, 1, ("khac",))
    assert added.answers == {"dung-hen": False}


def test_who_walks_away_has_voted_and_what_he_had_chosen_is_told(
    bus: MemoryBus, hub: Hub, clock: ManualClock, tmp_path: Path
) -> None:
    terminal = screen(bus, hub, clock, tmp_path)
    touch(terminal, Chosen(4))
    touch(terminal, Toggled("cho-lau"))
    terminal.wait(31.0)
    assert [rating.reasons for rating in {r.seq: r for r in hub.heard}.values() if rating.reasons] == [("cho-lau",)]


def test_choosing_again_within_five_seconds_takes_the_reasons_back(
    bus: MemoryBus, hub: Hub, clock: ManualClock, tmp_path: Path
) -> None:
    terminal = screen(bus, hub, clock, tmp_path)
    touch(terminal, Chosen(4))
    touch(terminal, Toggled("cho-lau"))
    touch(terminal, LookBack())
    assert terminal.face.page == "ask"
    touch(terminal, Chosen(1))
    assert terminal.face.page == "thanks"
    terminal.wait(60.0)
    said = {rating.seq: rating for rating in hub.heard}.values()
    assert [(rating.level, rating.opening.press, bool(rating.reasons)) for rating in said] == [
        (4, 1, False),
        (1, 2, False),
    ]


def test_a_finger_that_hits_twice_does_not_pass_over_the_next_page(
    bus: MemoryBus, hub: Hub, clock: ManualClock, tmp_path: Path
) -> None:
    terminal = screen(bus, hub, clock, tmp_path)
    touch(terminal, Chosen(4), 0.9, 0.8)
    terminal.app.handle(Touched(Went(), 0.9, 0.8))
    assert terminal.face.page == "reasons"
