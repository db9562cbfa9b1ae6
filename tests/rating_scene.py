"""Every page of a touch terminal, of every number of levels, in every language: for tests, and to be looked at.

`python -m tests.rating_scene FOLDER` draws them all.
"""

import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pygame

from appliance.display.canvas import Canvas
from appliance.wire.site import SiteDocument
from broker.web.site_document import site_document
from rating_terminal.drivers.painter import paint
from rating_terminal.face import Shown, face
from rating_terminal.pages import lay_out
from rating_terminal.ports import Face
from rating_terminal.session import Arming, Keep, Moment, Session, State
from rating_terminal.talk import Stage, Talk
from tests.hub_core import centre

SIZES = ((800, 480), (1024, 600), (1280, 800))
LANGUAGES = ("vi", "en", "km")
SITE: SiteDocument = site_document(centre())
VISIT = Arming("A042", 1161.0, "2026-11-23T08:00:00.000+07:00")
NOW = Moment(1000.0, 1000.0)
VOTE = Keep(4, VISIT, 1)
SCENES: dict[str, tuple[Session, Talk]] = {
    "ask": (Session(State.OPEN, VISIT), Talk()),
    "ask-again": (Session(State.THANKED, VISIT, 4, 1, 1004.0), Talk(vote=VOTE, back=True, until=1009.0)),
    "reasons": (
        Session(State.THANKED, VISIT, 4, 1, 1004.0),
        Talk(Stage.REASONS, vote=VOTE, reasons=("cho-lau", "noi-cho"), until=1030.0),
    ),
    "questions": (
        Session(State.SPENT, VISIT, 4, 1),
        Talk(Stage.QUESTIONS, vote=VOTE, answers={"dung-hen": False, "thai-do": True}, until=1030.0),
    ),
    "thanks": (Session(State.THANKED, VISIT, 1, 1, 1004.0), Talk(until=1009.0)),
    "rest": (Session(), Talk()),
}


def faces(levels: int = 4) -> Iterator[tuple[str, str, Face]]:
    """Name, language and face of every page."""
    shown = Shown(levels, "q01a", SITE)
    for (name, (session, talk)), lang in product(SCENES.items(), LANGUAGES):
        yield name, lang, face(session, Talk(**{**vars(talk), "lang": lang}), shown, (), NOW)


def main(folder: Path) -> None:
    """Draw every page into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    pygame.init()
    for (width, height), levels in product(SIZES, (2, 4, 5)):
        for name, lang, each in faces(levels):
            if levels != 4 and name != "ask":
                continue
            surface = pygame.Surface((width, height))
            paint(Canvas(surface), lay_out(each, width, height))
            pygame.image.save(surface, folder / f"{width}-{levels}-{name}-{lang}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
