"""What pages show: figures as people write them, lines in the order of the calls, words in every language."""

import json
import re
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broker import formats, quarantine
from broker.refused_figures import REASONS
from broker.scheduling import choose
from broker.web.config import WebSection
from broker.web.desk_view import desk_view
from broker.web.pages.manager.integrity import KINDS
from broker.web.words import FOLDER, words
from display_board import words as hdmi
from tests.hub_core import Hall, centre

WEB = FOLDER.parent
SITE = centre()


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [(98.94, "vi", "98,94 %"), (98.94, "en", "98.94 %"), (0.0, "vi", "0,00 %"), (None, "vi", "–")],
)
def test_percentages_are_written_as_people_write_them(value: float | None, language: str, text: str) -> None:
    assert formats.percent(value, language) == text


def test_numbers_days_and_minutes_are_written_as_people_write_them() -> None:
    assert formats.number(11744, "vi") == "11.744"
    assert formats.number(11744, "en") == "11,744"
    assert formats.date("2026-11-23", "vi") == "23/11/2026"
    assert formats.date("2026-11-23", "en") == "23 Nov 2026"
    spans = [formats.span(seconds, "phút") for seconds in (None, 0, 10, 30, 89, 91)]
    assert spans == ["–", "0 phút", "< 1 phút", "1 phút", "1 phút", "2 phút"]


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(11743, 11744, "99,9 %"), (11744, 11744, "11.744 / 11.744"), (0, 7, "0 / 7"), (1, 99999, "0,1 %"), (3, 0, "–")],
)
def test_a_share_never_reads_one_hundred_percent(part: int, whole: int, text: str) -> None:
    assert formats.share(part, whole, "vi") == text


VISIT = st.tuples(st.sampled_from(["tnmt-nop", "tnmt-tra", "gtvt-nop"]), st.booleans(), st.integers(0, 400))


@settings(max_examples=60)
@given(st.lists(VISIT, max_size=12), st.integers(0, 1200))
def test_the_first_in_the_list_is_who_the_hub_would_call(visits: list[tuple[str, bool, int]], later: int) -> None:
    hall = Hall(SITE)
    for service, priority, seconds in visits:
        hall.after(seconds).take(service, priority)
    hall.after(later)
    hall.press("q01a", "open")
    view = desk_view(hall.lobby, "q01a", hall.now)
    choice = choose(hall.lobby, "q01a", hall.now)
    assert view is not None
    if choice is None:
        assert not view.own.shown
        assert not view.helps.shown
    elif choice.reason == "backup":
        assert not view.own.shown
        assert view.helps.shown[0].id == choice.ticket
    else:
        assert view.own.shown[0].id == choice.ticket


@given(
    st.lists(
        st.sampled_from(["open", "next", "recall", "no_show", "finish", "park", "pause", "resume", "close", "undo"]),
        max_size=8,
    )
)
@settings(max_examples=60)
def test_what_a_button_offers_is_done_and_what_it_hides_is_refused(actions: list[str]) -> None:
    hall = Hall(SITE)
    for _ in range(3):
        hall.take()
    for action in actions:
        view = desk_view(hall.lobby, "q01a", hall.now)
        assert view is not None
        done = isinstance(hall.press("q01a", action), tuple)
        assert done is (action in view.can)
        hall.after(1)


def test_an_unknown_desk_has_no_page() -> None:
    assert desk_view(Hall(SITE).lobby, "q99", 0) is None


def test_a_kept_visit_stands_first_and_a_missed_one_can_come_back() -> None:
    hall = Hall(SITE)
    for _ in range(4):
        hall.take()
    hall.press("q01a", "open")
    hall.press("q01a", "next")
    hall.press("q01a", "park")
    hall.press("q01a", "next")
    hall.press("q01a", "no_show")
    view = desk_view(hall.lobby, "q01a", hall.now)
    assert view is not None
    assert [visit.number for visit in view.parked] == ["A001"]
    assert [visit.number for visit in view.missed] == ["A002"]
    hall.press("q01a", "recall", ticket=view.parked[0].id)
    view = desk_view(hall.lobby, "q01a", hall.now)
    assert view is not None
    assert view.own.shown[0].number == "A001"
    assert view.own.shown[0].why == ("kept",)


def catalogue(language: str) -> dict[str, str]:
    files = [json.loads(file.read_text(encoding="utf-8")) for file in FOLDER.rglob(f"{language}.json")]
    said = dict(pair for file in files for pair in file.items())
    assert len(said) == sum(map(len, files)), "a word stands in two files"
    return said


def test_english_says_all_that_vietnamese_says_and_khmer_all_that_a_citizen_reads() -> None:
    assert catalogue("en").keys() == catalogue("vi").keys()
    assert {key for key in catalogue("vi") if key.startswith("turn_")} <= catalogue("km").keys()
    assert words("km")["desk_next"] == catalogue("vi")["desk_next"]


@pytest.mark.parametrize("language", ["en", "km"])
def test_a_translation_fills_the_same_gaps(language: str) -> None:
    vietnamese = catalogue("vi")
    for key, text in catalogue(language).items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", vietnamese[key])), key


def test_no_word_is_missing_and_none_is_left_over() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (*WEB.rglob("*.html"), *WEB.rglob("*.py"))]
    used = {key for text in sources for key in re.findall(r"\bt\.([a-z_0-9]+)\b(?!\()", text)}
    known = catalogue("vi").keys()
    assert used - known == set()
    made = re.compile(
        r"(desk_status|desk_language|order|number|post_way|undo|role|part|part_name|clock|turn|period|alert|reason|by|weekday)_\w+"
        r"|desk_(recall|no_show|finish|park|transfer|pause|other|list)"
        r"|(step|story|paper|why|trail)_\w+"
        r"|now_(calling|serving)|waits_(trend|where)_\w+|forecast_(day|week|month)|report_\w+"
        r"|what_if_(calls|policy|part)_\w+"
        rf"|integrity_({'|'.join(KINDS)})(_found|_allowed|_perhaps)?"
        rf"|quarantine_(({'|'.join(get_args(quarantine.Kind))})(_hint)?|about_({'|'.join(get_args(quarantine.About))}))"
        rf"|refused_({'|'.join(REASONS)})"
    )
    named = {key for key in known if any(f'"{key}"' in text or f"'{key}'" in text for text in sources)}
    assert {f"refused_{why}" for why in REASONS} <= known
    assert {f"quarantine_{kind}{end}" for kind in get_args(quarantine.Kind) for end in ("", "_hint")} <= known
    assert {f"quarantine_about_{about}" for about in get_args(quarantine.About)} <= known
    left = {key for key in known - used - named if not made.fullmatch(key) and not key.startswith("board_")}
    assert left == set()


@pytest.mark.parametrize("language", ["vi", "en", "km"])
def test_a_counters_page_says_what_its_screen_on_hdmi_says(language: str) -> None:
    said = {
        "come_in": hdmi.COME_IN,
        "being_served": hdmi.BEING_SERVED,
        "next": hdmi.NEXT,
        "no_next": hdmi.NO_NEXT,
        "desk_open": hdmi.OPEN,
        "desk_paused": hdmi.PAUSED,
        "desk_closed": hdmi.DESK_CLOSED,
        "desk_wait": hdmi.WAIT_FOR_NUMBER,
        "back_soon": hdmi.BACK_SOON,
        "look_at_hall": hdmi.LOOK_AT_HALL_BOARD,
        "unknown_desk": hdmi.UNKNOWN_DESK,
        "ask_staff": hdmi.ASK_STAFF,
    }
    words = catalogue(language)
    assert {key: words[f"board_{key}"] for key in said} == {key: text.to(language) for key, text in said.items()}


def test_a_board_says_only_words_that_there_are_and_all_of_them() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (*WEB.rglob("board*.js"), *WEB.rglob("board.html")))
    known = {key.removeprefix("board_") for key in catalogue("vi") if key.startswith("board_")}
    assert set(re.findall(r'\b(?:say|below)\("(\w+)"', sources)) <= known
    assert {key for key in known if not re.search(rf'"{key}"|words(\.\w+|\[\w+\])\.{key}\b', sources)} == set()


def test_the_first_administrator_is_sent_where_a_login_holds() -> None:
    section = WebSection(host="10.77.0.2", hosts=("quay.example.vn",), https=True, proxy="10.77.0.2")
    assert section.address(8080) == "https://quay.example.vn"
    assert WebSection().address(8080) == "http://127.0.0.1:8080"
