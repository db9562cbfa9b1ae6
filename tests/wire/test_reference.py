"""A page that is generated says what the code says today."""

import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

DOCS = Path(__file__).parents[2] / "docs"
generate = SimpleNamespace(**runpy.run_path(str(DOCS / "generate.py")))
BUS = DOCS / "mqtt.md"


@pytest.mark.parametrize("path", generate.PAGES, ids=lambda path: path.name)
def test_a_reference_is_current(path: Path) -> None:
    page = path.read_text()
    assert generate.refreshed(page) == page, "run: python docs/generate.py"


def test_an_old_table_would_be_noticed() -> None:
    page = BUS.read_text()
    assert generate.refreshed(page.replace("| `state/calls` |", "| `state/call` |")) == page


def test_every_topic_and_every_message_has_its_words() -> None:
    page = BUS.read_text()
    for row in generate.TABLE:
        assert f"### {row.type.__name__}\n" in page
        assert row.purpose in page


def test_a_part_that_nobody_generates_is_an_error() -> None:
    with pytest.raises(KeyError):
        generate.refreshed("<!-- generated: horoscope -->\n<!-- end -->")
