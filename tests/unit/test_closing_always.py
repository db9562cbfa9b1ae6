"""Around a break, whatever people press: nobody is lost, nobody is called too early, and verify agrees."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from broker import facts as f
from broker.chain import Row
from broker.invariants import Watch
from tests.closing_hall import ONE, afternoon, ask, before_the_break

steps = st.lists(
    st.one_of(
        st.tuples(st.just("ask"), st.sampled_from((None, "afternoon", "anyway"))),
        st.tuples(
            st.just("press"), st.sampled_from(("open", "next", "next", "finish", "no_show", "pause", "undo", "park"))
        ),
        st.tuples(st.sampled_from(("take", "recall")), st.integers(0, 9)),
        st.tuples(st.just("wait"), st.sampled_from((5, 90, 600, 3600))),
    ),
    max_size=50,
)


@settings(max_examples=150)
@given(steps, st.integers(0, 6))
def test_whatever_happens_around_a_break_nobody_is_lost_or_called_too_early(
    script: list[tuple[str, object]], waiting: int
) -> None:
    hall = before_the_break(waiting)
    for what, how in script:
        match what:
            case "ask":
                ask(hall, how)  # type: ignore[arg-type]  # because the strategy above draws offers
            case "take" | "recall":
                one = list(hall.lobby.tickets)[how % len(hall.lobby.tickets)]  # type: ignore[operator]  # because the strategy above draws places
                hall.press("q01a", what, ticket=one, reason="x")  # type: ignore[arg-type]  # because the strategy above draws actions
            case "press":
                hall.press("q01a", how)  # type: ignore[arg-type]  # because the strategy above draws actions
            case _:
                hall.after(how)  # type: ignore[arg-type]  # because the strategy above draws seconds
    lobby = hall.lobby
    lines = (*(line.keys() for line in lobby.lines.values()), *lobby.kept.values())
    lined_up = sorted(key[2] for line in lines for key in line)
    assert lined_up == sorted(ticket.id for ticket in lobby.tickets.values() if ticket.status == "waiting")
    assert hall.complaints() == []


def test_verify_agrees_when_an_afternoon_number_that_was_taken_early_comes_back_in_line() -> None:
    hall = before_the_break()
    ticket = afternoon(hall)
    assert ticket.due == ONE
    hall.press("q01b", "open")
    hall.press("q01b", "take", ticket=ticket.id, reason="x")
    hall.press("q01b", "no_show")
    hall.press("q01b", "recall", ticket=ticket.id)
    while hall.at("q01b") != hall.ticket(ticket):
        assert hall.press("q01b", "next"), "nobody waits any more"
    assert hall.complaints() == []


def test_verify_notices_who_was_called_before_being_due() -> None:
    watch = Watch()
    hall = before_the_break()
    ticket = afternoon(hall)
    issued = next(fact for fact in hall.entries[-1].facts if isinstance(fact, f.Issued))
    called = f.Called(
        ticket=ticket.id, queue="a", service="tnmt-nop", desk="q01b", counter="q01", actor="x", call_seq=1, first=True,
        wait_s=0, reason="turn",
    )  # fmt: skip
    found = [
        words
        for seq, (at, fact) in enumerate(((hall.now, replace(issued, n=1)), (ONE - 1, called)), start=1)
        for words in watch.see(Row(seq, "x", "x", hall.lobby.day, at, f.kind(fact), ""), fact)
    ]
    assert found == [f"visit {ticket.id} is called before it is due"]
