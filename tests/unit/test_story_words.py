"""Every step of a visit has its sentence, whoever adds a kind of fact."""

from typing import get_args

import pytest
from msgspec.structs import fields

from broker import facts as f
from broker.story import Step, Story
from broker.web.story_lines import lines
from broker.web.words import STAFF_LANGUAGES, words
from tests.hub_core import MONDAY_0800, Hall, centre

SITE = centre()
OF_A_VISIT = [kind for kind in get_args(f.AnyFact) if "ticket" in {field.name for field in fields(kind)}]
CHOICES = {
    "state": ("printing", "printed", "uncertain"),
    "outcome": ("printed", "uncertain", "unsent"),
    "why": get_args(f.CallWhy),
}


def sample(kind: type, **chosen: object) -> f.AnyFact:
    """A fact of `kind` with something in each of its fields."""
    given: dict[str, object] = {}
    for field in fields(kind):
        values = get_args(field.type)
        plain = {"str": "a", "int": 1, "bool": True}.get(getattr(field.type, "__name__", ""), "a")
        given[field.name] = values[0] if values and isinstance(values[0], str) else plain
        if field.name in ("facts", "held", "freed"):
            given[field.name] = ()
    return kind(**{**given, **{name: value for name, value in chosen.items() if name in given}})


@pytest.mark.parametrize("language", STAFF_LANGUAGES)
@pytest.mark.parametrize("kind", [*OF_A_VISIT, f.DeskClosed, f.Undone], ids=lambda kind: kind.__name__)
def test_every_step_has_its_sentence(kind: type, language: str) -> None:
    hall = Hall(SITE)
    hall.take()
    (issued,) = (fact for entry in hall.entries for fact in entry.facts if isinstance(fact, f.Issued))
    names = {field.name for field in fields(kind)}
    variants = [{name: value} for name, values in CHOICES.items() if name in names for value in values] or [{}]
    for chosen in variants:
        for truth in (False, True):
            flags = dict.fromkeys(("kept", "forgotten", "after", "first", "again"), truth)
            fact = sample(kind, **flags, **chosen)
            story = Story(day="2026-11-23", issued=issued, steps=(Step(at=MONDAY_0800, fact=fact),))
            (line,) = lines(SITE, story, words(language), language)
            assert line.what
            assert "{" not in line.what + "".join(line.notes)
