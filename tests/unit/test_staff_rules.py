"""Logins that must wait, sessions that must end, passwords that will not do."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.staff.identity import ANY_DESK, PEOPLE, Identity
from broker.staff.passwords import weakness
from broker.staff.people import ABSOLUTE_S, IDLE_S, is_alive
from broker.staff.store import Session
from broker.staff.throttle import LOCK_AT, Failures, Throttle, wait_s


@pytest.mark.parametrize(("errors", "wait"), [(0, 0), (4, 0), (5, 15), (6, 30), (9, 240), (14, 7680), (15, math.inf)])
def test_wrong_passwords_wait_longer_and_longer(errors: int, wait: float) -> None:
    assert wait_s(Failures(errors, last=100.0), now=100.0) == wait


def test_a_pause_passes() -> None:
    assert wait_s(Failures(5, last=100.0), now=110.0) == 5
    assert wait_s(Failures(5, last=100.0), now=115.0) == 0


def test_a_lock_does_not_pass() -> None:
    assert wait_s(Failures(LOCK_AT, last=0.0), now=1e9) == math.inf


@given(st.lists(st.sampled_from("abc"), max_size=60), st.floats(0, 50))
def test_nobody_gets_more_than_five_tries_in_fifteen_seconds(keys: list[str], step: float) -> None:
    throttle, now, tried = Throttle(), 0.0, dict.fromkeys("abc", 0)
    for key in keys:
        if throttle.wait_s(key, now) == 0:
            throttle.charge(key, now)
            tried[key] += 1
        now += min(step, 15 / 60)
    assert max(tried.values()) <= 6


def test_an_address_is_forgotten_in_time_and_only_the_oldest_makes_room() -> None:
    throttle = Throttle(forget_s=3600, capacity=2)
    for _ in range(20):
        throttle.charge("a", 0.0)
    assert throttle.wait_s("a", 10.0) == pytest.approx(3590)
    assert throttle.wait_s("a", 3600.0) == 0
    throttle.charge("b", 10.0)
    throttle.charge("c", 10.0)
    assert throttle.wait_s("a", 10.0) == 0


def test_a_right_password_frees_no_guesser() -> None:
    throttle = Throttle()
    for _ in range(8):
        throttle.charge("office", 0.0)
    throttle.forgive("office")
    assert throttle.wait_s("office", 0.0) == 60


SESSION = Session(id_hash="x", account="lan", boot="b", opened=1000.0, seen=5000.0)


@pytest.mark.parametrize(
    ("boot", "now", "alive"),
    [
        ("b", 5000.0, True),
        ("b", 5000.0 + IDLE_S, True),
        ("b", 5001.0 + IDLE_S, False),
        ("other", 5000.0, False),
    ],
)
def test_a_session_ends_when_nobody_uses_it_or_the_machine_restarts(boot: str, now: float, alive: bool) -> None:
    assert is_alive(SESSION, boot, now) is alive


def test_a_session_ends_after_a_working_day_however_busy() -> None:
    busy = Session(id_hash="x", account="lan", boot="b", opened=0.0, seen=ABSOLUTE_S)
    assert is_alive(busy, "b", ABSOLUTE_S)
    assert not is_alive(busy, "b", ABSOLUTE_S + 1)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("ngắn quá", "short"),
        ("x" * 300, "long"),
        ("aaaaaaaaaaaaaa", "repeats"),
        ("abcdefabcdefabcdef", "repeats"),
        ("Password dài dòng", "guessable"),
        ("MatKhau cua toi 9", "guessable"),
        ("tôi là nguyenlan đây", "guessable"),
        ("Chim sẻ đậu mái nhà", ""),
    ],
)
def test_weak_passwords_are_told_why(password: str, why: str) -> None:
    assert weakness(password, "nguyenlan") == why


def test_a_clerk_without_a_seat_may_press_nothing() -> None:
    for role in PEOPLE:
        nobody = Identity(name="x", role=role, door="session")
        assert nobody.may_sit_at("q01a") is (role == "admin")
    assert Identity(name="x", role="clerk", door="session", desks=("q01a",)).may_sit_at("q01a")
    assert not Identity(name="x", role="clerk", door="session", desks=("q01a",)).may_sit_at("q01b")
    assert Identity(name="x", role="clerk", door="session", desks=(ANY_DESK,)).may_sit_at("q01b")
