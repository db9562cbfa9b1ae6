"""Sound that is too faint, too loud, clicks, or says half a number."""

import math
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.sound import wav
from appliance.sound.chime import chime
from appliance.sound.clip import FULL, RATE, SILENT_DBFS, Clip, from_levels, join, levelled, silence, trimmed
from appliance.sound.clips import Clips
from appliance.sound.recordings import faults


def tone(seconds: float, peak: float = 0.5, hertz: float = 440.0) -> Clip:
    step = 2 * math.pi * hertz / RATE
    return from_levels(FULL * peak * math.sin(step * sample) for sample in range(round(seconds * RATE)))


clips = st.lists(st.integers(-FULL, FULL), max_size=2000).map(lambda levels: Clip(array("h", levels)))


def test_a_full_sine_is_three_decibels_below_full_scale():
    clip = tone(1.0, peak=1.0)
    assert clip.peak_dbfs == pytest.approx(0.0, abs=0.01)
    assert clip.loudness_dbfs == pytest.approx(-3.01, abs=0.02)
    assert clip.length_s == 1.0
    assert silence(0.5).loudness_dbfs == SILENT_DBFS


@given(clips)
def test_no_clip_is_ever_louder_than_the_ceiling_after_levelling(clip):
    level = levelled(clip, -20.0, -1.0)
    assert level.peak_dbfs <= -0.9 or level.peak_dbfs == SILENT_DBFS
    assert level.loudness_dbfs <= -19.0 or level.loudness_dbfs == SILENT_DBFS
    assert len(level.samples) == len(clip.samples)


def test_a_click_in_silence_is_not_made_a_thunderclap():
    click = join([silence(0.5), tone(0.002, peak=0.5), silence(0.5)])
    assert levelled(click).peak_dbfs == pytest.approx(-1.0, abs=0.05)


@given(st.lists(clips, max_size=6), st.floats(0, 0.2))
def test_joining_loses_no_sample_and_keeps_the_order(parts, gap_s):
    joined = join(parts, gap_s)
    gap = round(gap_s * RATE)
    at = 0
    for part in parts:
        assert joined.samples[at : at + len(part.samples)] == part.samples
        at += len(part.samples) + gap
    assert len(joined.samples) == max(0, at - (gap if parts else 0))


def test_silence_at_the_ends_goes_and_a_breath_of_it_stays():
    clip = join([silence(0.5), tone(0.3), silence(0.7)])
    assert trimmed(clip, 0.02).length_s == pytest.approx(0.34, abs=0.021)
    assert trimmed(silence(1.0)).samples == array("h")


@given(clips)
def test_a_clip_survives_the_file(tmp_path_factory, clip):
    path = tmp_path_factory.mktemp("clips") / "a.wav"
    path.write_bytes(wav.packed(clip))
    assert wav.read(path) == clip
    assert wav.from_pipe(wav.packed(clip)) == clip


def test_the_chime_is_heard_and_does_not_click():
    sound = chime()
    assert 1.0 < sound.length_s < 1.5
    assert sound.loudness_dbfs == pytest.approx(-18.0, abs=0.1)
    assert sound.peak_dbfs < -3.0
    assert max(abs(sound.samples[0]), abs(sound.samples[-1])) < FULL / 100
    steps = [abs(b - a) for a, b in zip(sound.samples, sound.samples[1:], strict=False)]
    assert max(steps) < FULL / 4


# ----------------------------------------------------------------------------------------------------- recordings


@pytest.mark.parametrize(
    ("clip", "told"),
    [
        (silence(1.0), "silent"),
        (tone(0.05), "lasts"),
        (tone(9.0), "lasts"),
        (tone(0.5, peak=0.012), "too faint"),
        (tone(0.5, peak=0.9), "too loud"),
        (from_levels(FULL if sample % 200 < 20 else 900 * math.sin(sample / 9) for sample in range(RATE)), "distorted"),
    ],
)
def test_what_is_wrong_with_a_recording_is_said(clip, told):
    assert any(told in fault for fault in faults(clip, "không"))


def test_a_good_recording_has_no_fault():
    assert not faults(join([silence(0.4), tone(0.5, peak=0.2), silence(0.3)]), "không")


@pytest.mark.parametrize("body", [b"", b"RIFF", b"no wav at all", wav.packed(tone(0.1))[:30]])
def test_a_file_that_is_no_wav_is_refused_with_what_to_do(tmp_path: Path, body: bytes):
    path = tmp_path / "digit-0.wav"
    path.write_bytes(body)
    with pytest.raises(wav.NotAClip, match="record as WAV, 16 bit, mono"):
        wav.read(path)


def test_half_a_number_is_never_said(tmp_path: Path):
    (tmp_path / "vi").mkdir()
    (tmp_path / "vi" / "digit-0.wav").write_bytes(wav.packed(tone(0.2)))
    (tmp_path / "vi" / "digit-1.wav").write_bytes(b"broken")
    found = Clips(tmp_path)
    assert found.sentence(["vi/digit-0", "vi/digit-0"], 0.1).length_s == pytest.approx(0.5, abs=0.001)
    assert found.sentence(["vi/digit-0", "vi/digit-1"]) is None
    assert found.missing(["vi/digit-0", "vi/digit-1", "vi/digit-2"]) == ["vi/digit-1", "vi/digit-2"]
    assert found.sentence([]) is None
