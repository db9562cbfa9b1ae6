"""A page that is generated says what the code says today."""

import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

DOCS = Path(__file__).parents[2] / "docs"
generate = SimpleNamespace(**runpy.run_path(str(DOCS / "generate.py")))


def test_the_bus_reference_is_current() -> None:
    page = generate.MQTT.read_text()
    assert generate.refreshed(page) == page, "run: python docs/generate.py"


def test_an_old_table_would_be_noticed() -> None:
    page = generate.MQTT.read_text()
    assert generate.refreshed(page.replace("| `state/calls` |", "| `state/call` |")) == page


def test_every_topic_and_every_message_has_its_words() -> None:
    page = generate.MQTT.read_text()
    for row in generate.TABLE:
        assert f"### {row.type.__name__}\n" in page
        assert row.purpose in page


def test_a_part_that_nobody_generates_is_an_error() -> None:
    with pytest.raises(KeyError):
        generate.refreshed("<!-- generated: horoscope -->\n<!-- end -->")
