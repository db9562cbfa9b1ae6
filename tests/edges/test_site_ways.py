"""The arrows of the main board, from the centre's files."""

import shutil
from pathlib import Path

import pytest

from broker.site_files import load_site
from broker.site_rows import SiteError
from broker.web.site_document import site_document
from tests.hub_core import SITE_FOLDER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SITE_FOLDER, tmp_path / "site"))


def rewrite(folder: Path, old: str, new: str) -> None:
    path = folder / "counters.csv"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_every_counter_of_the_first_centre_says_where_it_lies() -> None:
    words = site_document(load_site(SITE_FOLDER, "2026-11-23"))
    assert {counter.way for counter in words.counters} <= {"left", "right", "up", "down"}
    assert next(counter.way for counter in words.counters if counter.id == "q05") == "left"


def test_a_way_that_no_arrow_can_show_is_told_with_its_line(folder: Path) -> None:
    rewrite(folder, "department,left,", "department,north,")
    with pytest.raises(SiteError, match=r"counters.csv:2: way is 'north'; use one of left, right, up, down"):
        load_site(folder)


def test_an_older_file_without_ways_is_still_a_centre(folder: Path) -> None:
    rewrite(folder, "owner,way,", "owner,remark,")
    assert {counter.way for counter in load_site(folder).counters.values()} == {""}
