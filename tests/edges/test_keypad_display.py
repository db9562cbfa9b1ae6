"""The keypad's small display: every sentence that can come has room, in both languages, on every size."""

import pygame
import pytest

from appliance.display.canvas import Canvas
from appliance.display.palette import contrast
from appliance.runtime.stage import Stage
from appliance.wire.told import Words
from broker import refusals
from broker.refusals import Refusal
from desk_keypad import words
from desk_keypad.config import DisplaySection
from desk_keypad.drivers.display_screen import ScreenDisplay
from desk_keypad.drivers.display_sim import SimDisplay
from desk_keypad.drivers.paint import BANDS, paint
from desk_keypad.face import LAMPS
from desk_keypad.ports import DisplayIs, Face
from tests.contract.watched_stage import WatchedStage
from tests.waiting import Mailbox, eventually

SENTENCES = [
    *(value for value in vars(words).values() if isinstance(value, Words)),
    *words.DONE.values(),
    *(Words(vi=f"{asked.vi} {words.CHOOSE.vi}", en=f"{asked.en} {words.CHOOSE.en}") for asked in words.ASKED.values()),
    *(value.words for value in vars(refusals).values() if isinstance(value, Refusal)),
]
NINE = tuple(f"{n} {name}" for n, name in enumerate(("Nộp phí, lệ phí", "Trả kết quả tại nhà", "Giải lao") * 3, 1))


def face(pattern: str, said: Words, number: str = "", choices: tuple[str, ...] = ()) -> Face:
    return Face(pattern, LAMPS[pattern], {"vi": said.vi, "en": said.en}, number, choices)


@pytest.mark.parametrize("size", [(400, 240), (480, 320)])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_sentence_number_or_choice_is_cut(size: tuple[int, int], language: str) -> None:
    canvas = Canvas(pygame.Surface(size))
    for said in sorted(SENTENCES, key=lambda said: -len(getattr(said, language)))[:20]:
        assert paint(canvas, face("no", said, "A1042"), language), said
    assert paint(canvas, face("ask", words.CHOOSE, choices=NINE), language)
    assert paint(canvas, face("ask", words.CHOOSE, choices=NINE[:2]), language)


def test_every_pattern_has_a_band_that_can_be_read_and_told_from_the_others() -> None:
    assert BANDS.keys() == LAMPS.keys()
    assert len({ground for ground, _ in BANDS.values()}) == len(BANDS)
    assert all(contrast(*pair) >= 7 for pair in BANDS.values())


def test_the_display_shows_the_newest_face() -> None:
    watched, told = WatchedStage(), Mailbox()
    stage = Stage(watched.address, "keypad-q01a")
    display = SimDisplay(DisplaySection(driver="sim"), told.post, stage)
    display.start()
    try:
        assert told.next(DisplayIs).present
        display.show(face("done", words.DONE["next"], "A012"))
        shown = watched.until(lambda frame: frame.kind == "picture")
        assert (shown.facts["pattern"], shown.facts["number"], shown.body[:4]) == ("done", "A012", b"\x89PNG")
    finally:
        display.stop()
        stage.close()
        watched.close()


def test_a_real_window_opens_and_tells_that_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    told = Mailbox()
    display = ScreenDisplay(DisplaySection(driver="screen", fullscreen=False), told.post)
    display.start()
    try:
        display.show(face("ready", words.READY))
        assert told.next(DisplayIs).present
        assert eventually(lambda: display.alive)
    finally:
        display.stop()
