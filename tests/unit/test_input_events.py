"""Keys of keypads and scanners, as bytes of the kernel."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.input.codes import CODES, code
from appliance.input.events import Decoder, KeyMoved, Motion
from tests.key_bytes import OVERRUN, REPORT, event, moved, pressed


def downs(data: bytes) -> list[int]:
    return [each.code for each in Decoder().feed(data) if each.motion is Motion.DOWN]


def test_a_key_press_is_one_down_and_one_up():
    assert Decoder().feed(pressed("KEY_KP1")) == [KeyMoved(79, Motion.DOWN), KeyMoved(79, Motion.UP)]


def test_a_key_that_is_held_does_not_look_pressed_again():
    held = moved("KEY_ENTER", 1) + 3 * moved("KEY_ENTER", 2) + moved("KEY_ENTER", 0)
    assert [each.motion for each in Decoder().feed(held)] == [Motion.DOWN, *3 * [Motion.REPEAT], Motion.UP]


def test_after_an_overrun_nothing_is_believed_until_the_next_report():
    data = pressed("KEY_A") + OVERRUN + event(1, code("KEY_B"), 1) + REPORT + pressed("KEY_C")
    assert downs(data) == [code("KEY_A"), code("KEY_C")]


def test_headphones_that_are_plugged_in_are_a_key_that_goes_down():
    plugged = event(5, 2, 1) + REPORT
    assert Decoder().feed(plugged + event(5, 2, 0) + REPORT) == [
        KeyMoved(code("SW_HEADPHONE_INSERT"), Motion.DOWN),
        KeyMoved(code("SW_HEADPHONE_INSERT"), Motion.UP),
    ]
    assert downs(event(1, 2, 1) + REPORT) == [code("KEY_1")]  # the key with the switch's number is another one


def test_a_mouse_or_a_mad_device_presses_no_key():
    assert Decoder().feed(event(2, 0, -5) + event(3, 1, 700) + event(1, 30, 9) + event(0, 7, 1)) == []


@given(
    names=st.lists(st.sampled_from(sorted(set(CODES) - {"SW_HEADPHONE_INSERT"})), max_size=20),
    cuts=st.lists(st.integers(0, 60), max_size=60),
)
def test_slices_of_any_size_lose_no_key(names, cuts):
    data, decoder, found = pressed(*names), Decoder(), []
    for cut in cuts:
        found += decoder.feed(data[:cut])
        data = data[cut:]
    found += decoder.feed(data)
    assert found == [KeyMoved(code(name), motion) for name in names for motion in (Motion.DOWN, Motion.UP)]


@given(st.binary(max_size=500))
def test_garbage_is_survived(data):
    Decoder().feed(data)


def test_a_key_that_does_not_exist_is_named():
    assert code("57") == code("KEY_SPACE")
    with pytest.raises(ValueError, match="KEY_SPCAE"):
        code("KEY_SPCAE")


def test_no_two_names_are_one_key():
    assert len(set(CODES.values())) == len(CODES)
