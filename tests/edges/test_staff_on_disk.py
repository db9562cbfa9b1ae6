"""Accounts, sessions, tokens and their trail, on a real file."""

import io
import math
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from broker.staff import commands
from broker.staff.identity import ANY_DESK
from broker.staff.people import ABSOLUTE_S, IDLE_S, Refused
from broker.staff.programs import KNOWN_S
from broker.staff.service import Staff
from broker.staff.store import Account, StaffStore
from broker.staff.trail import first_broken
from tests.web_hall import PASSWORD, ManualMachine

HERE = "10.0.0.7"


class Office:
    """The staff of a test, its file, and a machine whose clock is in hand."""

    def __init__(self, folder: Path, one_click: bool = False) -> None:
        self.path = folder / "staff.sqlite"
        self.machine = ManualMachine()
        self.open(one_click)

    def open(self, one_click: bool = False) -> None:
        self.staff = Staff(StaffStore(self.path), self.machine, one_click)

    def add(self, name: str = "lan", role: str = "clerk", *desks: str) -> None:
        self.staff.people.set_account(Account(name=name, display="", role=role, desks=desks), PASSWORD, actor="test")

    def enter(self, name: str = "lan", password: str = PASSWORD, source: str = HERE) -> str | Refused:
        return self.staff.people.log_in(name, password, source)


@pytest.fixture
def office(tmp_path):
    office = Office(tmp_path)
    office.add()
    yield office
    office.staff.store.close()


def test_the_file_is_for_its_owner_only_and_holds_no_secret(office):
    session = office.enter()
    secret = office.staff.programs.grant("kiosk", "device", (), actor="test")
    assert office.path.stat().st_mode & 0o077 == 0
    stored = b"".join(path.read_bytes() for path in office.path.parent.glob("staff.sqlite*"))
    assert not [each for each in (session, secret, PASSWORD) if each.encode() in stored]


def test_a_right_password_opens_a_session_and_each_login_another_one(office):
    first, second = office.enter(), office.enter()
    assert first != second
    assert office.staff.people.who(first).name == "lan"
    assert office.staff.people.who("made up") is None


def test_a_wrong_name_and_a_wrong_password_look_alike(office):
    assert office.enter("lan", "wrong") == office.enter("nobody", "wrong") == Refused("wrong")


def test_five_errors_are_free_and_then_one_waits_whoever_one_claims_to_be(office):
    for name in ("lan", "stranger"):
        answers = [office.enter(name, "wrong", source=f"10.0.1.{n}") for n in range(6)]
        assert [answer.reason for answer in answers] == ["wrong"] * 5 + ["wait"]
        assert answers[-1].wait_s == 15


def test_a_right_password_must_wait_too(office):
    for n in range(5):
        office.enter("lan", "wrong", source=f"10.0.1.{n}")
    assert office.enter("lan") == Refused("wait", 15)
    office.machine.seconds += 15
    assert isinstance(office.enter("lan"), str)
    assert office.staff.store.account("lan").failures == 0


def test_the_fifteenth_error_locks_until_an_administrator_unlocks_also_after_a_restart(office):
    for n in range(15):
        office.enter("lan", "wrong", source=f"10.0.1.{n}")
        office.machine.seconds += 10_000
    office.staff.store.close()
    office.open()
    assert office.enter("lan").wait_s == math.inf
    office.staff.people.unlock("lan", actor="test")
    assert isinstance(office.enter("lan"), str)


def test_one_address_cannot_try_many_names(office):
    answers = [office.enter(f"name{n}", "wrong") for n in range(6)]
    assert answers[-1].reason == "wait"
    assert isinstance(office.enter("lan", source="10.0.0.8"), str)


def test_many_tries_at_once_are_no_way_round_the_throttle(office):
    answers, start = [], threading.Barrier(12)

    def attempt(n):
        start.wait()
        answers.append(office.enter("lan", "wrong", source=f"10.0.2.{n}"))

    threads = [threading.Thread(target=attempt, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.reason for answer in answers) == ["wait"] * 7 + ["wrong"] * 5


def test_a_session_ends_after_idling_and_after_a_day_and_at_a_restart_of_the_machine(office):
    session = office.enter()
    office.machine.seconds += IDLE_S - 1
    assert office.staff.people.who(session)
    office.machine.seconds += IDLE_S - 1
    assert office.staff.people.who(session)
    office.machine.seconds += IDLE_S + 1
    assert office.staff.people.who(session) is None
    busy = office.enter()
    for _ in range(ABSOLUTE_S // 1000):
        office.machine.seconds += 1000
        assert office.staff.people.who(busy)
    office.machine.seconds += 1000
    assert office.staff.people.who(busy) is None
    office.machine.boot = "boot-2"
    assert office.staff.people.who(office.enter())


def test_a_session_lives_through_a_restart_of_the_hub_but_not_of_the_machine(office):
    session = office.enter()
    office.staff.store.close()
    office.open()
    assert office.staff.people.who(session)
    office.machine.boot = "boot-2"
    assert office.staff.people.who(session) is None


def test_a_wall_clock_five_years_ahead_ends_no_session(office):
    session = office.enter()
    office.machine.wall_text = "2031-11-23T08:00:00+07:00"
    assert office.staff.people.who(session)


def test_who_gets_other_rights_or_is_shut_out_must_log_in_again(office):
    session = office.enter()
    account = office.staff.store.account("lan")
    office.staff.people.set_disabled(account, True, actor="test")
    assert office.staff.people.who(session) is None
    assert office.enter() == Refused("wrong")
    office.staff.people.set_disabled(account, False, actor="test")
    session = office.enter()
    office.add("lan", "reception")
    assert office.staff.people.who(session) is None


def test_logging_out_ends_the_session(office):
    session = office.enter()
    office.staff.people.log_out(session, HERE)
    assert office.staff.people.who(session) is None


def test_one_click_entry_is_shut_as_soon_as_it_is_switched_off(tmp_path):
    office = Office(tmp_path, one_click=True)
    session = office.staff.people.enter_as("manager", HERE)
    token = office.staff.programs.grant("demo-clerk", "clerk", (ANY_DESK,), actor="system", one_click=True)
    assert office.staff.people.who(session).role == "manager"
    assert office.staff.programs.who(token).role == "clerk"
    office.staff.store.close()
    office.open(one_click=False)
    assert office.staff.people.who(session) is None
    assert office.staff.programs.who(token) is None
    assert office.staff.people.enter_as("admin", HERE) == Refused("wrong")
    assert office.enter("demo-manager", "") == Refused("wrong")
    office.staff.store.close()


def test_a_withdrawn_token_dies_though_it_was_just_used(office):
    token = office.staff.programs.grant("tool", "manager", (), actor="test")
    assert office.staff.programs.who(token).role == "manager"
    assert office.staff.programs.withdraw("tool", actor="test")
    office.machine.seconds += KNOWN_S
    assert office.staff.programs.who(token) is None
    assert KNOWN_S <= 5


def test_a_form_token_belongs_to_one_browser_and_survives_a_restart(office):
    token = office.staff.form_token("cookie")
    office.staff.store.close()
    office.open()
    assert office.staff.is_form_token("cookie", token)
    assert not office.staff.is_form_token("other", token)
    assert not office.staff.is_form_token("", office.staff.form_token(""))
    assert not office.staff.is_form_token("cookie", "ế")


def test_the_trail_tells_who_did_what_and_never_a_password(office):
    office.enter("lan", "wrong")
    office.enter("my password typed as a name", "x")
    office.enter()
    said = [(row.actor, row.action, row.target, row.result) for row in office.staff.store.trail()]
    assert said == [
        ("test", "set_account", "lan", "clerk"),
        ("nobody", "log_in", "lan", "wrong"),
        ("nobody", "log_in", "unknown name", "wrong"),
        ("staff:lan", "log_in", "lan", "ok"),
    ]


@pytest.mark.parametrize("attack", ["flip", "drop", "swap"])
def test_a_changed_trail_is_seen(office, attack):
    for _ in range(3):
        office.enter()
    assert first_broken(office.staff.store.trail()) == 0
    with sqlite3.connect(office.path) as db:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.execute("DELETE FROM audit")
        db.execute("DROP TRIGGER audit_stays")
        db.execute("DROP TRIGGER audit_keeps")
        if attack == "flip":
            db.execute("UPDATE audit SET source = '10.9.9.9' WHERE seq = 2")
        elif attack == "drop":
            db.execute("DELETE FROM audit WHERE seq = 2")
        else:
            db.execute("UPDATE audit SET seq = 9 WHERE seq = 2")
            db.execute("UPDATE audit SET seq = 2 WHERE seq = 3")
            db.execute("UPDATE audit SET seq = 3 WHERE seq = 9")
    assert first_broken(office.staff.store.trail()) in (2, 3)


def test_a_change_that_fails_leaves_nothing_half_done(office):
    def half_wrong():
        with office.staff.store.change():
            office.staff.store.set_failures("lan", 3)
            office.staff.store.set_failures("lan", -1)

    with pytest.raises(sqlite3.IntegrityError):
        half_wrong()
    assert office.staff.store.account("lan").failures == 0


def test_accounts_and_tokens_from_the_console(tmp_path, capsys, monkeypatch):
    data = ["--data", str(tmp_path)]
    monkeypatch.setattr("sys.stdin", open_text(PASSWORD))
    assert commands.staff(["add", "lan", "--role", "clerk", "--desk", "q01a", "--password-stdin", *data]) == 0
    monkeypatch.setattr("sys.stdin", open_text("password1234"))
    assert commands.staff(["add", "hoa", "--role", "admin", "--password-stdin", *data]) == 2
    assert commands.staff(["add", "hoa", "--role", "clerk", *data]) == 2
    assert commands.staff(["disable", "nobody", *data]) == 1
    assert commands.staff(["disable", "lan", *data]) == 0
    assert commands.staff(["list", *data]) == 0
    capsys.readouterr()
    assert commands.token(["--role", "device", "--name", "kiosk-1", *data]) == 0
    secret = capsys.readouterr().out.strip()
    staff = Staff(StaffStore(tmp_path / "staff.sqlite"), ManualMachine())
    assert staff.programs.who(secret).role == "device"
    assert staff.store.account("lan").disabled
    assert commands.token(["--name", "kiosk-1", "--withdraw", *data]) == 0
    assert commands.token(data) == 0
    assert commands.staff(["audit", *data]) == 0
    assert "withdraw_token" in capsys.readouterr().out
    staff.store.close()


def open_text(text: str) -> io.StringIO:
    return io.StringIO(text + "\n")


MEMORY = """
import re, threading
from broker.staff.passwords import Passwords
def resident_mib():
    return int(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024
passwords = Passwords()
passwords.hash("once, so that everything is loaded")
before = resident_mib()
threads = [threading.Thread(target=passwords.hash, args=("again",)) for _ in range(6)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(resident_mib() - before)
"""


def test_the_memory_of_a_login_is_given_back():
    done = subprocess.run([sys.executable, "-c", MEMORY], capture_output=True, text=True, timeout=60, check=True)
    assert int(done.stdout) < 10
