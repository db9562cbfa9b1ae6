"""What a technician mistypes in `centre.toml` is named with its table, not left without effect."""

import shutil
import tomllib
from pathlib import Path

import pytest

from broker.centre_file import CentreFile, centre_in
from broker.site_files import load_site, read_centre
from broker.site_place import SAMPLE
from broker.site_rows import SiteError

GOOD = (SAMPLE / "centre.toml").read_text("utf-8")


def read(right: str = "", wrong: str = "") -> tuple[CentreFile, tuple[str, ...]]:
    """The sample's file with one slip of the hand in it."""
    assert right in GOOD
    return centre_in(tomllib.loads(GOOD.replace(right, wrong, 1)))


def folder(tmp_path: Path, right: str, wrong: str) -> Path:
    """The sample with such a file."""
    shutil.copytree(SAMPLE, tmp_path / "site")
    (tmp_path / "site/centre.toml").write_text(GOOD.replace(right, wrong, 1), "utf-8")
    return tmp_path / "site"


def test_the_sample_has_no_key_that_nobody_reads() -> None:
    assert read()[1] == ()


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ("on = false", "onn = false", "appointments.onn: unknown key; did you mean on?"),
        ("[alerts]", "[alert]", "alert: unknown key; did you mean alerts?"),
        ("undo_s = 10", "undo = 10", "tickets.undo: unknown key; did you mean undo_s?"),
        ('place = "Cà Mau"', 'plaec = "Cà Mau"', "report.plaec: unknown key; did you mean place?"),
        ("published_to", "publishd_to", "report.publishd_to: unknown key; did you mean published_to?"),
        ("from_age = 75", "from_ages = 75", "priority.groups[0].from_ages: unknown key; did you mean from_age?"),
    ],
)
def test_a_key_that_nobody_reads_is_named_and_stops_no_centre(right: str, wrong: str, words: str) -> None:
    assert read(right, wrong)[1] == (words,)


def test_who_mistypes_two_keys_is_told_of_both_and_keeps_the_rest(tmp_path: Path) -> None:
    told: list[str] = []
    site = load_site(folder(tmp_path, "grace_s = 600", "grace = 600\ncutof_s = 7"), told=told.append)
    assert told == [
        "closing.grace: unknown key; did you mean grace_s?",
        "closing.cutof_s: unknown key; did you mean cutoff_s?",
    ]
    assert (site.closing.rule, site.closing.cutoff_s, site.rules.undo_s) == ("predicted", 3600, 10)


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ('rule = "predicted"', 'rule = "predictd"', "closing.rule: there is no 'predictd'; did you mean predicted?"),
        ("founded = 2017", "", "centre.founded: missing; add it"),
        ("rate = 4.0", "", "priority.rate: missing; add it"),
        ('place = "Cà Mau"', "place = 7", "report.place: must be str, is int; correct the value"),
        ('"fri"]', '"friday"]', "hours.days[4]: there is no 'friday'; did you mean fri?"),
        ('"06:45"', '"6h45"', "hours: '6h45' is no time of day; write it as 06:45"),
        (
            "satisfied = true",
            "satisfies = true",
            "rating.levels[0].satisfies: unknown key; did you mean satisfied? "
            "rating.levels[0].satisfied: missing; add it",
        ),
    ],
)
def test_what_no_centre_can_be_made_of_is_named_with_its_table(right: str, wrong: str, words: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011  # because the whole sentence is compared
        read(right, wrong)
    assert str(refused.value) == words


def test_a_wrong_value_is_told_with_its_file(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match=r"^centre.toml: closing.grace_s: expected `int` >= 0; correct the value$"):
        read_centre(folder(tmp_path, "grace_s = 600", "grace_s = -1"))


def test_a_round_at_no_time_of_day_is_told_with_its_own_file(tmp_path: Path) -> None:
    site = folder(tmp_path, "", "")
    (site / "courier.csv").write_text("time,direction,carrier\n7h30,out,X\n", "utf-8")
    with pytest.raises(SiteError, match=r"^courier.csv:2: time: '7h30' is no time of day; write it as 06:45$"):
        load_site(site)
