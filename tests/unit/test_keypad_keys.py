"""What a keypad's configuration makes of keys and targets: one meaning each, and what goes to the hub as written."""

import msgspec
import pytest

from appliance.wire.parts import ActionArgs
from desk_keypad.__main__ import plan
from desk_keypad.config import KeypadSection
from desk_keypad.keymap import USB_KEYPAD, meanings


def test_one_key_with_two_roles_is_told() -> None:
    with pytest.raises(ValueError, match="KEY_ENTER has two meanings"):
        meanings({"next": ("KEY_ENTER",), "finish": ("KEY_ENTER",)})
    with pytest.raises(ValueError, match="two meanings"):
        meanings({"1": ("KEY_1",), "2": ("KEY_1",)})
    both = meanings({"door": ("KEY_KP7",), "7": ("KEY_KP7",), "next": ("KEY_ENTER",)})
    assert [(each.role, each.digit) for each in both.values()] == [("door", 7), ("next", 0)]
    assert not any("NUMLOCK" in key for key in meanings(USB_KEYPAD))


def test_where_a_visit_may_be_sent_goes_to_the_hub_as_it_is_written() -> None:
    section = msgspec.convert(
        {"transfers": [{"name": "Phí", "queue": "f"}, {"name": "Bàn 1", "desk": "q01a", "reason": "bổ sung giấy tờ"}]},
        KeypadSection,
    )
    fee, back = plan(section).transfers
    assert (fee.args, fee.name) == (ActionArgs(to_queue="f"), "Phí")
    assert back.args == ActionArgs(to_desk="q01a", reason="bổ sung giấy tờ")
    with pytest.raises(msgspec.ValidationError, match="a queue or a desk"):
        msgspec.convert({"transfers": [{"name": "Phí"}]}, KeypadSection)
