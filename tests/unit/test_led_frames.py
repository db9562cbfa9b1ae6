"""LED frames against what makers and standards publish, and against the panels' own reading of them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.runtime.config import load
from display_board.led_frames import Address, Checksum, Template, Value, checksum, encode, is_answer
from display_board.views import PanelText
from virtual_centre.led.decoder import LineDecoder, decode, total

FOLDER = Path(__file__).parents[2] / "firmware_configs" / "led"
TEMPLATES = {path.stem: load(path, Template) for path in sorted(FOLDER.glob("*.toml"))}
VALUE, MODBUS, ASCII = TEMPLATES["value-sum8"], TEMPLATES["modbus-text"], TEMPLATES["ascii-lrc"]


def test_the_makers_example_shows_999_on_panel_5() -> None:
    assert encode(VALUE, PanelText(5, "A999")) == bytes.fromhex("05 03 E7 EF")


@pytest.mark.parametrize(
    ("frame", "crc"),
    [
        (b"123456789", 0x4B37),  # the check value of CRC-16/MODBUS in the catalogue of CRC algorithms
        (bytes.fromhex("11 03 00 6B 00 03"), 0x8776),  # the usual read example, sent as 76 87
        (bytes.fromhex("11 10 00 01 00 02 04 00 0A 01 02"), 0xF0C6),  # write multiple registers, sent as C6 F0
        (bytes.fromhex("02 07"), 0x1241),  # from the serial line guide, sent as 41 12
    ],
)
def test_published_modbus_checksums(frame: bytes, crc: int) -> None:
    assert checksum("crc16-modbus", frame) == crc == total("crc16-modbus", frame)


def test_modbus_writes_four_signs_into_two_registers() -> None:
    frame = encode(MODBUS, PanelText(0x11, "A042"))
    assert frame is not None
    assert frame[:7] == bytes.fromhex("11 10 00 00 00 02 04")
    assert frame[7:11] == b"A042"
    assert int.from_bytes(frame[11:], "little") == total("crc16-modbus", frame[:11])


def test_ascii_frame_byte_by_byte() -> None:
    frame = encode(ASCII, PanelText(7, "A42"))
    assert frame is not None
    body = b"07W A42"
    assert frame == b"\x02" + body + f"{-sum(body) & 0xFF:02X}".encode() + b"\x03"


def test_numbers_too_long_for_a_panel_keep_their_last_digits() -> None:
    assert encode(VALUE, PanelText(1, "A1042")) == encode(VALUE, PanelText(1, "A042"))
    long = encode(MODBUS, PanelText(1, "A1042"))
    assert long is not None
    assert long[7:11] == b"1042"


def test_a_panel_that_cannot_show_dashes_gets_no_frame_rather_than_a_wrong_number() -> None:
    assert encode(VALUE, PanelText(5, "A042", stale=True)) is None
    dashes = encode(ASCII, PanelText(5, "A042", stale=True))
    assert dashes is not None
    assert b"----" in dashes


def test_an_address_that_does_not_fit_is_refused() -> None:
    with pytest.raises(OverflowError):
        encode(VALUE, PanelText(256, "1"))
    with pytest.raises(OverflowError):
        encode(ASCII, PanelText(100, "1"))


def test_dashes_and_blank_of_a_maker_who_has_them() -> None:
    fields = (Address(), Value(blank="7F FF", dashes="7F FE"), Checksum(rule="xor8"))
    kind = Template(name="t", source="t", frame=fields)
    assert encode(kind, PanelText(1, "", stale=True)) == bytes.fromhex("01 7F FE 80")
    assert encode(kind, PanelText(1)) == bytes.fromhex("01 7F FF 81")


def test_our_own_echo_however_much_of_it_came_is_no_answer() -> None:
    frame = encode(MODBUS, PanelText(9, "A042"))
    assert frame is not None
    assert MODBUS.reply is not None
    shown = decode(MODBUS, frame)
    assert shown is not None
    for length in range(len(frame) + 1):
        assert not is_answer(frame[:length], frame, MODBUS.reply)
    assert is_answer(shown.answer, frame, MODBUS.reply)
    assert is_answer(frame + shown.answer, frame, MODBUS.reply)
    assert not is_answer(frame + shown.answer[:-1], frame, MODBUS.reply)


@given(st.sampled_from(sorted(TEMPLATES)), st.integers(1, 99), st.from_regex(r"[A-Z][0-9]{3}", fullmatch=True))
def test_every_panel_reads_what_was_written_for_it(kind: str, address: int, number: str) -> None:
    frame = encode(TEMPLATES[kind], PanelText(address, number))
    assert frame is not None
    shown = decode(TEMPLATES[kind], frame)
    assert shown is not None
    assert (shown.address, shown.text) == (address, number if kind != "value-sum8" else str(int(number[1:])))


@given(st.sampled_from(["modbus-text", "ascii-lrc"]), st.data())
def test_one_flipped_bit_is_never_shown(kind: str, data: st.DataObject) -> None:
    frame = encode(TEMPLATES[kind], PanelText(12, "H305"))
    assert frame is not None
    place = data.draw(st.integers(0, len(frame) * 8 - 1))
    spoilt = bytearray(frame)
    spoilt[place // 8] ^= 1 << place % 8
    assert decode(TEMPLATES[kind], bytes(spoilt)) in (None, decode(TEMPLATES[kind], frame))


@given(st.sampled_from(["modbus-text", "ascii-lrc"]), st.binary(max_size=30), st.integers(0, 12))
def test_after_noise_or_half_a_frame_the_next_whole_one_is_shown(kind: str, noise: bytes, cut: int) -> None:
    template = TEMPLATES[kind]
    frame = encode(template, PanelText(12, "H305"))
    assert frame is not None
    line = LineDecoder(template)
    line.feed(noise + frame[:cut])
    line.quiet()
    assert [shown.text for shown in line.feed(frame)] == ["H305"]
