"""What a board is told that cannot be: unknown desks, texts that nobody can read whole."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from appliance.wire.site import CounterWords, DeskWords, QueueWords, SiteDocument, Text
from broker.site_files import load_site
from broker.web.site_document import site_document
from display_board.doubts import garbled, strangers
from tests.unit import board_words as w

SITE = Path(__file__).parents[2] / "firmware_configs" / "site" / "ca-mau"
WORDS = SiteDocument(
    revision="1",
    name=Text(vi="Trung tâm"),
    queues=(QueueWords(id="a", prefix="A", name=Text(vi="Đất đai", en="Land", km="ដីធ្លី")),),
    counters=(CounterWords(id="q01", label=Text(vi="Quầy 1")),),
    desks=(DeskWords(id="q01a", counter="q01", label="Quầy 1 · bàn a"),),
)


def test_a_desk_and_a_counter_that_nobody_knows_are_named() -> None:
    said = strangers({"q01a", "q77z"}, {"q01", "q88"}, w.site(), WORDS)
    assert said.startswith("not in the centre's data: q77z, q88;")
    assert strangers({"q01a"}, {"q01"}, w.site(), WORDS) == ""
    assert strangers({"q77z"}, {"q88"}, None, None) == "", "before the centre's data are there nobody is a stranger"


def test_the_texts_of_a_real_centre_are_all_shown_whole() -> None:
    assert garbled(w.site(notice="Số ưu tiên được gọi xen kẽ"), site_document(load_site(SITE))) == ""


@pytest.mark.parametrize(
    "text",
    ["Quầy \u202e1", "Quầy\u00001", "مكتب 1", "Q" + "\u0301" * 9, "Quầy 😀", "dài " * 30],
    ids=["turned", "control", "Arabic", "stacked", "picture", "long"],
)
def test_a_name_that_is_shown_in_part_is_told_with_whose_it_is(text: str) -> None:
    spoilt = replace(WORDS, counters=(replace(WORDS.counters[0], label=Text(vi="Quầy 1", en=text)),))
    assert garbled(None, spoilt).endswith(": counter q01")
    assert garbled(None, replace(WORDS, desks=(replace(WORDS.desks[0], label=text),))).endswith(": desk q01a")


def test_of_many_spoilt_names_the_first_are_told() -> None:
    many = tuple(CounterWords(id=f"q{n}", label=Text(vi="\u202e")) for n in range(9))
    assert garbled(None, replace(WORDS, counters=many)).endswith(
        "q0, counter q1, counter q2, counter q3, counter q4 and 4 more"
    )
