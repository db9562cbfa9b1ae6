"""What a printer says: told apart whatever comes between, and never taken for more than it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.drivers import escpos_bytes as escpos
from kiosk.drivers.escpos_answers import Answer, Answers, Block, Noise, Sensor, Status, StatusBack
from kiosk.drivers.escpos_status import REQUESTS, Finding, judge, judge_back
from kiosk.parts import PrinterState
from virtual_centre.printer.faults import FAULTS, Fault
from virtual_centre.printer.speech import FLUENT, status, status_back

letters = st.binary(max_size=40).map(lambda raw: bytes(0x20 + byte % 0x5F for byte in raw))
headers = st.sampled_from([b"\x37", b"\x3d", b"\x5f"])
statuses = st.integers(0, 255).map(lambda byte: Status(byte & 0x6C | 0x12))
sensors = st.integers(0, 255).map(lambda byte: Sensor(byte & 0x6F)).filter(lambda answer: answer.byte not in b"7=_")
seconds = st.binary(min_size=3, max_size=3).map(lambda raw: bytes(byte & 0x6F for byte in raw))
backs = st.tuples(st.integers(0, 255), seconds).map(lambda two: StatusBack(bytes([two[0] & 0x6C | 0x10]) + two[1]))
blocks = st.tuples(headers, letters).map(lambda two: Block(two[0] + two[1]))
answers = st.one_of(statuses, sensors, backs, blocks)


def spoken(answer: Answer) -> bytes:
    match answer:
        case Status(byte) | Sensor(byte):
            return bytes([byte])
        case Block(body):
            return body + b"\x00"
        case StatusBack(body) | Noise(body):
            return body


@given(st.lists(answers), st.lists(st.integers(1, 9)))
def test_answers_do_not_depend_on_how_the_line_cut_them(said: list[Answer], cuts: list[int]) -> None:
    data, heard, hearing = b"".join(map(spoken, said)), [], Answers()
    for size in [*cuts, len(data)]:
        heard += hearing.feed(data[:size])
        data = data[size:]
    assert heard == said


@given(st.lists(answers, min_size=1), st.lists(st.sampled_from([0x11, 0x13])))
def test_flow_control_between_the_bytes_of_an_answer_is_nothing_said(said: list[Answer], pauses: list[int]) -> None:
    data = bytearray(b"".join(map(spoken, said)))
    for at, pause in enumerate(pauses):
        data.insert(at * 2 % (len(data) + 1), pause)
    assert Answers().feed(bytes(data)) == said


@given(st.binary(max_size=200), statuses | backs)
def test_no_noise_swallows_the_answer_after_it(noise: bytes, answer: Answer) -> None:
    hearing = Answers()
    heard = hearing.feed(noise) + hearing.give_up()
    assert hearing.feed(spoken(answer)) == [answer]
    assert sum(len(spoken(each)) for each in heard) <= len(noise)


def test_a_broken_answer_is_noise_and_the_rest_of_it_is_heard_again() -> None:
    hearing = Answers()
    assert hearing.feed(b"\x10\x00") == []
    assert hearing.give_up() == [Noise(b"\x10"), Sensor(0)]


@given(st.binary(max_size=200))
def test_a_block_that_never_ends_is_given_up(noise: bytes) -> None:
    hearing = Answers()
    assert Noise(b"\x5f") in [*hearing.feed(b"\x5f" + b"A" * 90 + noise), *hearing.give_up()]


@given(st.integers(0, 10**9))
def test_a_process_id_is_one_block_and_nothing_else(number: int) -> None:
    said = escpos.processed(escpos.nonce(number))
    assert Answers().feed(said) == [Block(said[:-1])]


@pytest.mark.parametrize("fault", [None, *FAULTS])
def test_what_the_emulator_says_is_what_it_means(fault: Fault | None) -> None:
    for request in REQUESTS:
        assert Answers().feed(bytes([status(request, fault)])) == [Status(status(request, fault))]
    assert Answers().feed(status_back(fault)) == [StatusBack(status_back(fault))]
    assert Answers().feed(FLUENT.identity(66)) == [Block(b"\x5fgoiso")]


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (None, PrinterState.READY),
        ("near_end", PrinterState.NEAR_END),
        ("paper_out", PrinterState.PAPER_OUT),
        ("cover_open", PrinterState.COVER_OPEN),
        ("error", PrinterState.ERROR),
        ("hot", PrinterState.ERROR),
    ],
)
def test_asked_or_not_a_printer_tells_the_same(fault: Fault | None, state: PrinterState) -> None:
    asked = judge({request: status(request, fault) for request in REQUESTS})
    assert asked == judge_back(status_back(fault))
    assert asked.state is state
    assert bool(asked.detail) == (state is not PrinterState.READY)
    assert asked.prints == (state in (PrinterState.READY, PrinterState.NEAR_END))


@given(st.dictionaries(st.sampled_from(REQUESTS), st.integers(0, 255)))
def test_whatever_the_bytes_are_the_printer_is_in_one_of_its_states(told: dict[int, int]) -> None:
    finding = judge(told)
    assert isinstance(finding, Finding)
    assert not (finding.prints and finding.hopeless)


@given(st.binary(min_size=4, max_size=4))
def test_so_it_is_when_it_tells_unasked(body: bytes) -> None:
    finding = judge_back(body)
    assert not (finding.prints and finding.hopeless)


@pytest.mark.parametrize(
    ("body", "state", "hopeless"),
    [
        # Source: Epson TM-T88III specification, automatic status back.
        (b"\x14\x00\x00\x0f", PrinterState.READY, False),
        (b"\x10\x00\x03\x0f", PrinterState.NEAR_END, False),
        (b"\x18\x00\x0c\x0f", PrinterState.PAPER_OUT, True),
        (b"\x38\x40\x0c\x0f", PrinterState.COVER_OPEN, True),
        (b"\x18\x08\x00\x0f", PrinterState.ERROR, True),
        (b"\x18\x20\x00\x0f", PrinterState.ERROR, True),
        (b"\x18\x40\x00\x0f", PrinterState.ERROR, False),
        (b"\x58\x00\x00\x0f", PrinterState.ERROR, False),
    ],
)
def test_the_four_bytes_of_a_real_printer(body: bytes, state: PrinterState, hopeless: bool) -> None:
    assert judge_back(body)[0] is state
    assert judge_back(body).hopeless == hopeless
