"""A font file that is missing: numbers stay readable, and one line says what to do."""

import shutil
from pathlib import Path

import pytest

import appliance
from appliance.display.fonts import Style, file_of
from appliance.display.text import width

SHIPPED = Path(appliance.__file__).parent / "fonts"


def folder_with(tmp_path: Path, *names: str) -> Path:
    for name in names:
        shutil.copy(SHIPPED / name, tmp_path)
    return tmp_path


def test_every_font_is_shipped() -> None:
    for khmer in (False, True):
        for bold in (False, True):
            found = file_of(SHIPPED, khmer, bold)
            assert found is not None
            assert found.name == f"NotoSans{'Khmer' if khmer else ''}-{'Bold' if bold else 'Regular'}.ttf"


def test_a_missing_weight_is_replaced_by_the_other_one_and_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = folder_with(tmp_path, "NotoSans-Regular.ttf")
    for _ in range(50):
        assert file_of(folder, khmer=False, bold=True) == folder / "NotoSans-Regular.ttf"
    assert len(caplog.records) == 1
    assert "NotoSans-Bold.ttf is missing" in caplog.text


def test_without_any_font_of_ours_there_is_still_one_for_digits(tmp_path: Path) -> None:
    assert file_of(tmp_path, khmer=True, bold=True) is None


def test_every_digit_is_as_wide_as_any_other() -> None:
    for bold in (False, True):
        assert len({width(f"A{digit}{digit}", Style(97, bold)) for digit in range(10)}) == 1
