import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.wire import codec, topics
from appliance.wire.ids import CODE_PATTERN, DEVICE_PATTERN
from appliance.wire.topics import TABLE, Topic

rows = st.sampled_from(TABLE)
codes = st.from_regex(CODE_PATTERN)
devices = st.from_regex(DEVICE_PATTERN)


@given(rows, codes, st.data())
def test_every_topic_of_the_table_parses_back(row: Topic, site: str, data: st.DataObject) -> None:
    place = data.draw(devices if row.place == "device" else codes) if row.place else ""
    assert topics.parse(row.at(site, place)) == (site, row, place)


@given(st.text())
def test_any_other_string_is_no_topic(text: str) -> None:
    with pytest.raises(LookupError):
        topics.parse(text)


@given(
    st.lists(
        st.sampled_from(["goiso", "v1", "ca-mau", "up", "+", "#", "", "state", "queue", "ticket", "kiosk-1"]),
        max_size=7,
    )
)
def test_what_parses_is_rendered_as_it_came(parts: list[str]) -> None:
    topic = "/".join(parts)
    try:
        site, row, place = topics.parse(topic)
    except LookupError:
        return
    assert row.at(site, place) == topic


@pytest.mark.parametrize("topic", ["up/+/ticket", "state/desk/+", "presence/+"])
def test_a_subscription_is_not_taken_for_a_topic_without_a_place(topic: str) -> None:
    assert topics.parse(f"goiso/v1/ca-mau/{topic}")[2] == "+"


@pytest.mark.parametrize(
    "name", ["+", "#", "a/b", "../x", "$SYS", "", "a b", "kiosk-1\n", "Kiosk", "ki+sk", "kiosk/#", "é"]
)
def test_a_wildcard_or_a_path_is_never_an_id(name: str) -> None:
    assert not codec.is_device(name)
    assert not codec.is_code(name)


@given(st.text())
def test_what_fits_as_an_id_can_stand_in_a_topic(text: str) -> None:
    if codec.is_device(text) or codec.is_code(text):
        assert not set(text) & set("+#/$\0\n ")
        assert len(text.encode()) <= 32


def test_no_two_rows_carry_the_same_struct_or_sit_at_the_same_topic() -> None:
    assert len({row.type for row in TABLE}) == len({row.at("s", "x") for row in TABLE}) == len(TABLE)


def test_commands_are_never_kept_and_states_always_are() -> None:
    assert {row.pattern.split("/")[0]: row.retain for row in TABLE} == {
        "up": False,
        "down": False,
        "event": False,
        "state": True,
        "presence": True,
        "health": True,
    }
