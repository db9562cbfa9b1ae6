"""The voice of a centre is made on a machine without a network, or from recordings that are not all good."""

import shutil
from pathlib import Path

import pytest

from appliance.sound import wav
from appliance.sound.clip import silence
from appliance.sound.clips import FOLDER, Clips, read_phrasings
from broker.site_place import SAMPLE
from broker.voice import AT_FAULT, FAILED, STANDS, main, wanted
from tests.unit.test_sound_clips import tone

needs_espeak = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is missing: apt-get install it")


def record(folder: Path, *languages: str) -> None:
    """A tone for every clip that a speaker is asked for."""
    for language in languages:
        for name in wanted(SAMPLE).clips[language]:
            path = folder / f"{name}.wav"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wav.packed(tone(0.4, peak=0.2)))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("data")
    assert main(["build", "--data", str(data)]) == STANDS
    return data


@needs_espeak
def test_the_sentence_of_the_domain_is_said_in_its_order_and_loud_enough(built, capsys, tmp_path):
    heard = tmp_path / "call.wav"
    assert main(["try", "--data", str(built), "--number", "A012", "--place", "Quầy 5", "--out", str(heard)]) == STANDS
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[-1] for line in lines[:-1]] == [
        *("chime", "vi/moi-cong-dan-so", "vi/letter-a", "vi/digit-0", "vi/digit-1", "vi/digit-2"),
        *("vi/den-quay-so", "vi/digit-5"),
    ]  # fmt: skip
    sentence = wav.read(heard)
    assert 4.5 < sentence.length_s < 8.0
    assert -22.0 < sentence.loudness_dbfs < -18.0
    assert sentence.peak_dbfs <= -0.9


@needs_espeak
def test_every_clip_of_every_call_of_the_centre_is_there_and_as_loud_as_the_others(built):
    clips = Clips(built / FOLDER)
    names = [name for language in ("vi", "en") for name in wanted(SAMPLE).clips[language]]
    assert clips.missing(["chime", *names]) == []
    for name in names:
        clip = clips.get(name)
        assert 0.1 < clip.length_s < 4.0, name
        assert -25.0 < clip.loudness_dbfs <= -19.9, name
    assert set(read_phrasings(built / FOLDER / "voice.toml")) == {"vi", "en"}


@needs_espeak
def test_recordings_replace_the_whole_language_and_khmer_gets_its_voice(tmp_path, capsys):
    record(tmp_path / "recorded", "vi", "km")
    assert main(["build", "--data", str(tmp_path), "--from", str(tmp_path / "recorded")]) == STANDS
    told = capsys.readouterr().err
    assert "vi: 48 of 48 clips recorded" in told
    assert "en: 48 clips by espeak-ng" in told
    clips = Clips(tmp_path / FOLDER)
    assert clips.get("vi/digit-0").length_s == pytest.approx(0.4, abs=0.03)
    assert clips.get("vi/digit-0").loudness_dbfs == pytest.approx(-20.0, abs=0.1)
    assert "km" in read_phrasings(tmp_path / FOLDER / "voice.toml")


def test_everything_that_is_wrong_is_told_at_once_and_the_old_voice_stays(tmp_path, capsys):
    recorded = tmp_path / "recorded"
    record(recorded, "vi", "en", "km")
    assert main(["build", "--data", str(tmp_path), "--from", str(recorded)]) == STANDS
    before = (tmp_path / FOLDER / "vi" / "digit-1.wav").read_bytes()
    capsys.readouterr()
    (recorded / "vi" / "digit-0.wav").unlink()
    (recorded / "vi" / "digit-1.wav").write_bytes(wav.packed(silence(1.0)))
    (recorded / "vi" / "digit-2.wav").write_bytes(wav.packed(tone(9.0)))
    (recorded / "vi" / "digit-3.wav").write_text("no sound")
    (recorded / "vi" / "digit-4.wav").write_bytes(wav.packed(tone(0.4, peak=0.012)))
    assert main(["build", "--data", str(tmp_path), "--from", str(recorded)]) == AT_FAULT
    lines = capsys.readouterr().out.splitlines()
    for name, told in (("0", "missing"), ("1", "silent"), ("2", "lasts"), ("3", "cannot be read"), ("4", "faint")):
        assert any(f"digit-{name}.wav" in line and told in line for line in lines), (name, lines)
    assert (tmp_path / FOLDER / "vi" / "digit-1.wav").read_bytes() == before


def test_an_odd_template_is_refused_with_its_file(tmp_path, capsys):
    shutil.copytree(SAMPLE, tmp_path / "site")
    (tmp_path / "site" / "voice.toml").write_text(
        '[vi]\nnumbered = "Mời số {number}"\nnamed = "Mời {number} {place}"\n'
    )
    assert main(["list", "--site", str(tmp_path / "site")]) == FAILED
    told = capsys.readouterr().err
    assert "voice.toml" in told
    assert "{counter} and {number}" in told


def test_a_centre_says_its_own_words(tmp_path, capsys):
    shutil.copytree(SAMPLE, tmp_path / "site")
    (tmp_path / "site" / "voice.toml").write_text(
        '[vi]\nnumbered = "Xin mời số {number} vào ô {counter}"\nnamed = "Xin mời số {number} vào {place}"\n'
        'counters = "digits"\n'
    )
    assert main(["list", "--site", str(tmp_path / "site")]) == STANDS
    lines = capsys.readouterr().out.splitlines()
    assert "vi/xin-moi-so.wav\tXin mời số" in lines
    assert not any("number-" in line for line in lines)
    assert not any(line.startswith("en/") for line in lines)


def test_the_file_for_a_kiosks_words_can_be_asked_for(capsys):
    assert main(["name", "Mời bạn lấy phiếu"]) == STANDS
    assert main(["name", "Take a number", "--language", "en"]) == STANDS
    assert capsys.readouterr().out.splitlines() == ["vi/moi-ban-lay-phieu.wav", "en/take-a-number.wav"]


def test_a_voice_that_was_never_built_says_so(tmp_path, capsys):
    assert main(["try", "--data", str(tmp_path)]) == FAILED
    assert "build it" in capsys.readouterr().err
