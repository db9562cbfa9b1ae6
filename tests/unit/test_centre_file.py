"""What a technician mistypes in `centre.toml` is named with its table, not left without effect."""

import tomllib

import pytest

from broker.centre_file import mistake
from broker.site_place import SAMPLE

GOOD = (SAMPLE / "centre.toml").read_text("utf-8")


def test_the_sample_has_no_key_that_nobody_reads() -> None:
    assert mistake(tomllib.loads(GOOD)) == ""


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ('rule = "predicted"', 'rule = "predictd"', "closing.rule: there is no 'predictd'; did you mean predicted?"),
        ("on = false", "onn = false", "appointments.onn: unknown key; did you mean on?"),
        ("founded = 2017", "foundet = 2017", "centre.foundet: unknown key; did you mean founded?"),
        ("[alerts]", "[alert]", "alert: unknown key; did you mean alerts?"),
        ("undo_s = 10", "", "tickets.undo_s: missing; add it"),
        ('"fri"]', '"friday"]', "hours.days[4]: there is no 'friday'; did you mean fri?"),
        ("satisfied = true", "satisfies = true", "rating.levels[0].satisfies: unknown key; did you mean satisfied?"),
    ],
)
def test_a_slip_of_the_hand_is_named_with_its_table(right: str, wrong: str, words: str) -> None:
    assert right in GOOD
    assert mistake(tomllib.loads(GOOD.replace(right, wrong, 1))).startswith(words)
