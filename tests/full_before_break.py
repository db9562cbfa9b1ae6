"""A hall behind its HTTP door, so full before the break that nobody more gets a number: a fixture for tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.hub_core import centre
from tests.web_hall import WebHall

PREDICTED = centre(always_open=False)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[WebHall]:
    """Monday 10:40: one desk busy, five in its line, no time for a sixth before the break."""
    hall = WebHall(tmp_path, site=replace(PREDICTED, closing=replace(PREDICTED.closing, confidence=0.9)))
    hall.take()
    hall.press("q01a", "open")
    hall.press("q01a", "next")
    for _ in range(5):
        hall.take()
    hall.clock.advance(160 * 60)
    yield hall
    hall.close()
