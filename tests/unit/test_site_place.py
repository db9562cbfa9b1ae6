"""A command that is not told where the centre's files lie never takes another centre's."""

from pathlib import Path

from broker.site_place import SAMPLE, site_folder


def centre(landed: Path, name: str) -> Path:
    (landed / name).mkdir(parents=True)
    (landed / name / "centre.toml").touch()
    return landed / name


def test_a_centre_of_its_own_comes_before_the_sample(tmp_path: Path) -> None:
    mine = centre(tmp_path, "soc-trang")
    (tmp_path / "notes").mkdir()
    assert site_folder(tmp_path) == mine


def test_a_checkout_alone_has_the_sample(tmp_path: Path) -> None:
    assert site_folder(tmp_path / "never-landed") == SAMPLE
    assert (SAMPLE / "centre.toml").is_file()


def test_of_two_centres_none_is_guessed(tmp_path: Path) -> None:
    centre(tmp_path, "ca-mau")
    centre(tmp_path, "soc-trang")
    assert site_folder(tmp_path) == tmp_path
