"""What pip installs is all that the boxes need: code, fonts, migrations, pages, words."""

import importlib.metadata
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PACKAGES = ("appliance", "broker", "kiosk", "display_board", "rating_terminal", "desk_keypad", "virtual_centre")
LEFT_OUT = ("__pycache__", "*.egg-info", "README.md")


def setuptools_is_new_enough() -> bool:
    try:
        return int(importlib.metadata.version("setuptools").split(".")[0]) >= 77
    except importlib.metadata.PackageNotFoundError:
        return False


@pytest.mark.skipif(not setuptools_is_new_enough(), reason="needs setuptools 77 or newer to build without a network")
def test_no_file_of_a_package_stays_behind(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for package in PACKAGES:
        shutil.copytree(REPOSITORY / package, source / package, ignore=shutil.ignore_patterns(*LEFT_OUT))
    wanted = {str(path.relative_to(source)) for path in source.rglob("*") if path.is_file()}
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(REPOSITORY / name, source)
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", str(tmp_path), str(source)],
        capture_output=True,
        timeout=100,
        check=True,
    )
    (wheel,) = tmp_path.glob("goiso-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert wanted - set(archive.namelist()) == set()
