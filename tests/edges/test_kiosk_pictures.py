"""Pages and tickets as pixels: nothing is cut short, no letter is a box, no mark is clipped."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from appliance.display.breaking import runs
from appliance.display.canvas import Canvas
from appliance.display.fonts import LOCK, Style, font
from appliance.display.geometry import Rect
from kiosk import code_words, offer_words, words
from kiosk.catalogue import Catalogue
from kiosk.drivers.painter import paint
from kiosk.drivers.strips import draw
from kiosk.ticket import Number, lay_out
from kiosk.view import Code
from tests.kiosk_scene import LANGUAGES, NOW, SIZES, TICKET, every_leaf, procedures, site, site_body

VIETNAMESE = "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"


def texts(thing: object) -> Iterator[str]:
    """Every text in the words of the kiosk."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from texts(value)
    elif isinstance(thing, tuple):
        for value in thing:
            yield from texts(value)
    elif type(thing).__name__ == "Text":
        yield from (thing.vi, thing.en, thing.km)


def names() -> str:
    """What the procedures of the first centre are called, and the papers they want."""
    found = (each for letter in "abcdefghijklmnopqrstuvwxyz" for each in procedures().find(letter))
    return "".join(f"{each.name.vi}{each.bring}" for each in found)


def every_text() -> set[str]:
    said = set()
    for module in (words, code_words, offer_words):
        for name, thing in vars(module).items():
            if name.isupper():
                said |= set(texts(thing))
    return said


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("large", [False, True])
def test_nothing_is_cut_short(language: str, size: tuple[int, int], large: bool) -> None:
    canvas = Canvas(pygame.Surface(size))
    assert not {name: cut for name, _, shown in every_leaf(language, size, large) if (cut := paint(canvas, shown))}


@pytest.mark.parametrize("bold", [False, True])
def test_every_letter_we_say_has_a_shape(bold: bool) -> None:
    said = "".join(every_text()) + site_body().decode() + names() + VIETNAMESE + VIETNAMESE.lower() + "0123456789–·…"
    style = Style(40, bold)
    for khmer, piece in runs("".join(sorted(set(re.sub(r"[\s\u200b]", "", said))))):
        with LOCK:
            opened = font(style, khmer)
            missing = opened.render("\uffff", antialias=True, color=(0, 0, 0))
            box = pygame.mask.from_surface(missing)
            for letter in piece:
                shape = pygame.mask.from_surface(opened.render(letter, antialias=True, color=(0, 0, 0)))
                assert shape.count(), letter
                same = shape.get_size() == box.get_size() and shape.overlap_area(box, (0, 0)) == box.count()
                assert not (same and shape.count() == box.count()), f"{letter} is a box"


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("letters", [*VIETNAMESE, *VIETNAMESE.lower(), "gy", "ស្ត្រី", "ឆ្នាំ", "ព្រហស្បតិ៍", "ខ្ញុំ"])
def test_no_mark_leaves_its_line(letters: str, bold: bool) -> None:
    surface = pygame.Surface((900, 400), pygame.SRCALPHA)
    canvas = Canvas(surface)
    canvas.surface.fill((0, 0, 0, 0))
    room = Rect(100, 100, 700, 200)
    setting = canvas.text(room, letters, Style(100, bold), (0, 0, 0))
    ink = surface.get_bounding_rect(min_alpha=128)
    assert ink.height > 0
    assert room.y <= ink.top, "standing out above"
    assert ink.bottom <= room.y + setting.height, "standing out below"


@pytest.mark.skipif(not shutil.which("zbarimg"), reason="needs zbarimg (zbar-tools)")
@pytest.mark.parametrize("size", [*SIZES, (720, 1280)])
@pytest.mark.parametrize(("large", "dark"), [(False, False), (True, True)])
def test_the_code_for_filing_online_is_read_from_the_screen(
    tmp_path: Path, size: tuple[int, int], large: bool, dark: bool
) -> None:
    leaves = [shown for name, _, shown in every_leaf("vi", size, large, dark) if name.startswith("PROCEDURE ct-137")]
    (shown,) = (leaf for leaf in leaves if any(isinstance(mark, Code) for mark in leaf.marks))
    surface = pygame.Surface(size)
    paint(Canvas(surface), shown)
    pygame.image.save(surface, str(tmp_path / "page.png"))
    command = ["zbarimg", "--quiet", "--raw", str(tmp_path / "page.png")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout.split() == [site().online_url], done.stderr


@pytest.mark.parametrize("dots", [576, 384])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_number_is_the_last_thing_on_paper_and_15_mm_tall(language: str, dots: int) -> None:
    bands = lay_out(TICKET, Catalogue(site()), language, NOW)
    assert isinstance(bands[-1], Number)
    strip = draw(bands, dots)[-1]
    inked = [index for index, row in enumerate(strip.rows) if row]
    tall = 2 * (inked[-1] - inked[0] + 1)
    assert tall >= 120
    assert max(strip.rows).bit_length() <= dots // 2


@pytest.mark.parametrize("dots", [576, 384])
def test_a_number_of_five_places_still_fits(dots: int) -> None:
    strip = draw((Number("H1024"),), dots)[0]
    ink = 0
    for row in strip.rows:
        ink |= row
    left, right = dots // 2 - ink.bit_length(), (ink & -ink).bit_length() - 1
    assert left > 0
    assert right > 0
    assert 2 * sum(1 for row in strip.rows if row) >= 120
