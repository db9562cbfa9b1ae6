import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.wire import codec
from appliance.wire.messages import Fate, LeaseGrant, Presence, Rating, TicketRequest
from appliance.wire.topics import BY_TYPE, TABLE, Topic
from tests.wire.strategies import messages

ID = "3f2b8c1e-0000-4000-8000-000000000001"
rows = st.sampled_from(TABLE)
pairs = rows.flatmap(lambda row: st.tuples(st.just(row), messages(row.type)))


def refusal(row: Topic, payload: bytes, fresh_id: str = "") -> codec.Refused:
    with pytest.raises(codec.Refused) as caught:
        codec.decode(row, payload, fresh_id)
    return caught.value


@given(pairs)
def test_every_message_comes_back_as_it_went(pair: tuple[Topic, object]) -> None:
    row, message = pair
    assert codec.decode(row, codec.encode(message)) == message


@given(rows, st.binary(max_size=200), st.sampled_from(["", ID]))
def test_garbage_is_refused_and_nothing_worse(row: Topic, payload: bytes, fresh_id: str) -> None:
    with contextlib.suppress(codec.Refused):
        assert isinstance(codec.decode(row, payload, fresh_id), row.type)


@given(pairs, st.data())
def test_a_torn_or_bitten_message_is_refused_or_whole(pair: tuple[Topic, object], data: st.DataObject) -> None:
    row, message = pair
    payload = bytearray(codec.encode(message))
    payload[data.draw(st.integers(0, len(payload) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(codec.Refused):
        assert isinstance(codec.decode(row, bytes(payload)), row.type)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.type.__name__)
def test_a_payload_above_the_limit_is_refused_before_it_is_read(row: Topic) -> None:
    assert refusal(row, b" " * (codec.LIMIT + 1)).code == "too_large"


@pytest.mark.parametrize(
    "payload",
    [
        b"[" * 4000,
        b'{"args":' * 500,
        b"NaN",
        b'{"id":"%s","level":NaN}' % ID.encode(),
        b'{"id":"%s","level":1e999}' % ID.encode(),
        b'{"id":"%s","level":18446744073709551617}' % ID.encode(),
        b'{"id":"%s","level":"1"}' % ID.encode(),
        b'{"id":"%s","level":1.5}' % ID.encode(),
        b'{"id":"%s","level":true}' % ID.encode(),
        b'{"id":"%s\\u0000","level":1}' % ID.encode(),
        b'\xff\xfe{"level":1}',
        b"",
        b"null",
    ],
)
def test_hostile_json_is_refused(payload: bytes) -> None:
    assert refusal(BY_TYPE[Rating], payload, ID).code == "malformed"


def test_an_unknown_field_going_up_is_refused_with_its_name() -> None:
    payload = b'{"id":"%s","level":1,"colour":"red"}' % ID.encode()
    assert "colour" in str(refusal(BY_TYPE[Rating], payload))


def test_an_unknown_field_coming_down_is_let_pass_so_that_old_boxes_live_with_a_new_hub() -> None:
    payload = b'{"lease":"%s","queue":"a","day":"2026-01-05","from":9001,"to":9100,"colour":"red"}' % ID.encode()
    lease = codec.decode(BY_TYPE[LeaseGrant], payload)
    assert isinstance(lease, LeaseGrant)
    assert (lease.first, lease.last) == (9001, 9100)


def test_another_version_going_up_is_refused() -> None:
    assert refusal(BY_TYPE[Rating], b'{"v":2,"id":"%s","level":1}' % ID.encode()).code == "malformed"


@pytest.mark.parametrize("payload", [b"1", b"5", b" 3\n"])
def test_a_plain_button_sends_a_bare_digit(payload: bytes) -> None:
    message = codec.decode(BY_TYPE[Rating], payload, ID)
    assert message == Rating(id=ID, level=int(payload))


@pytest.mark.parametrize("payload", [b"0", b"6", b"11", b"-1", b"1.0", b"9" * 4000, "²".encode(), "١".encode()])
def test_a_bare_number_that_is_no_level_is_refused(payload: bytes) -> None:
    refusal(BY_TYPE[Rating], payload, ID)


def test_a_bare_digit_without_a_fresh_id_is_refused() -> None:
    refusal(BY_TYPE[Rating], b"1")


@pytest.mark.parametrize(
    "at", ["2026-02-30T07:42:00+07:00", "2026-13-01T07:42:00Z", "2026-01-01T24:00:00Z", "٢٠٢٦-01-01T00:00:00Z"]
)
def test_a_moment_that_no_calendar_has_is_refused(at: str) -> None:
    refusal(BY_TYPE[Rating], f'{{"id":"{ID}","level":1,"at":"{at}"}}'.encode())


@pytest.mark.parametrize("field", ["id", "epoch", "service", "priority", "lang", "at"])
def test_an_id_with_a_line_end_behind_it_is_refused(field: str) -> None:
    good = {"id": ID, "epoch": ID, "service": "a", "priority": "old", "lang": "vi", "at": "2026-01-05T07:00:00Z"}
    row = BY_TYPE[TicketRequest]
    render = ",".join(f'"{key}":"{value}"' for key, value in good.items())
    assert isinstance(codec.decode(row, b"{" + render.encode() + b"}"), TicketRequest)
    bad = ",".join(
        f'"{key}":"{value}{chr(92)}n"' if key == field else f'"{key}":"{value}"' for key, value in good.items()
    )
    refusal(row, b"{" + bad.encode() + b"}")


def test_a_message_that_would_close_the_line_never_leaves() -> None:
    fate = Fate(id=ID, fate="void", reason="ặ" * 5000)
    with pytest.raises(codec.TooLarge, match="Fate"):
        codec.encode(fate)


def test_presence_is_plain_text() -> None:
    row = BY_TYPE[Presence]
    assert codec.encode(Presence(state="offline")) == b"offline"
    assert codec.decode(row, b"online") == Presence(state="online")
    assert refusal(row, b'"online"').code == "malformed"
