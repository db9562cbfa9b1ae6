"""People: logging in, being known, logging out.

Rules: the same answer and the same time for a wrong name and a wrong password; a new session id at every login; a
session ends 30 minutes after its last use and 12 hours after its login; its id leaves this file once, and is kept as a
hash.
"""

import secrets
import threading
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from broker.staff.identity import ANY_DESK, PEOPLE, Identity, Role
from broker.staff.machine import Machine
from broker.staff.passwords import BusyError, Passwords
from broker.staff.programs import hash_secret
from broker.staff.store import Account, Session, StaffStore
from broker.staff.throttle import Failures, Throttle, wait_s
from broker.staff.trail import Trail

IDLE_S = 30 * 60
ABSOLUTE_S = 12 * 3600
_TOUCH_EVERY_S = 60


class Refused(Struct, frozen=True):
    """A login that failed: wrong, or too many errors before (`wait_s`, infinite when an administrator must unlock)."""

    reason: Literal["wrong", "wait"]
    wait_s: float = 0.0


class People:
    """Accounts and sessions. `one_click` lets a visitor of the demo enter without a password."""

    def __init__(self, store: StaffStore, trail: Trail, machine: Machine, one_click: bool) -> None:
        self.one_click = one_click
        self._store = store
        self._trail = trail
        self._machine = machine
        self._passwords = Passwords()
        self._lock = threading.Lock()
        self._addresses = Throttle()
        self._strangers = Throttle()
        self._last_error: dict[str, float] = {}
        store.purge_sessions(machine.boot, machine.elapsed() - IDLE_S)

    def log_in(self, name: str, password: str, source: str) -> str | Refused:
        """The new session id of `name`, or why not. `source` is the network address. Raises passwords.BusyError."""
        pause = self._charge(name, source)
        if pause > 0:
            return Refused("wait", pause)
        account = self._store.account(name)
        hashed = account.password if account and not account.disabled else ""
        try:
            right = self._passwords.matches(hashed, password)
        except BusyError:
            self._forgive(name, source, 1)
            raise
        if not right:
            self._trail.write("nobody", "log_in", name if account else "unknown name", "wrong", source)
            return Refused("wrong")
        self._forgive(name, source)
        return self._open(name, "log_in", source)

    def enter_as(self, role: Role, source: str) -> str | Refused:
        """The demo's door: a session for the visitor's account of `role`, where one-click entry is on."""
        if not self.one_click or role not in PEOPLE:
            return Refused("wrong")
        name = f"demo-{role}"
        if self._store.account(name) is None:
            desks = (ANY_DESK,) if role == "clerk" else ()
            self._store.put_account(Account(name=name, display="", role=role, desks=desks, one_click=True))
        return self._open(name, "enter_as", source)

    def _charge(self, name: str, source: str) -> float:
        """Count an error in advance and return 0, or return the seconds to wait and count nothing."""
        now = self._machine.elapsed()
        with self._lock, self._store.change():
            account = self._store.account(name)
            if account is None:
                pause = max(self._strangers.wait_s(name, now), self._addresses.wait_s(source, now))
            else:
                # After a restart nobody knows when the last error was: the pause begins again.
                failures = Failures(account.failures, self._last_error.setdefault(name, now))
                pause = max(wait_s(failures, now), self._addresses.wait_s(source, now))
            if pause > 0:
                return pause
            self._addresses.charge(source, now)
            if account is None:
                self._strangers.charge(name, now)
            else:
                self._last_error[name] = now
                self._store.set_failures(name, account.failures + 1)
            return 0.0

    def _forgive(self, name: str, source: str, errors: int | None = None) -> None:
        """Take `errors` of the account back (all of them: None), and one of the address."""
        with self._lock, self._store.change():
            self._addresses.forgive(source)
            account = self._store.account(name)
            if account is not None:
                self._store.set_failures(name, 0 if errors is None else max(0, account.failures - errors))

    def _open(self, account: str, action: str, source: str) -> str:
        session_id, now = secrets.token_urlsafe(32), self._machine.elapsed()
        boot = self._machine.boot
        with self._store.change():
            self._store.purge_sessions(boot, now - IDLE_S)
            self._store.add_session(
                Session(id_hash=hash_secret(session_id), account=account, boot=boot, opened=now, seen=now)
            )
            self._trail.write(f"staff:{account}", action, account, "ok", source)
        return session_id

    def who(self, session_id: str, in_use: bool = True) -> Identity | None:
        """Whose session it is; None when it never was, is over, or its account may no longer enter.

        `in_use` False: only a page asks, nobody has touched anything, and the session goes on idling.
        """
        session = self._store.session(hash_secret(session_id))
        now = self._machine.elapsed()
        if session is None or not is_alive(session, self._machine.boot, now):
            return None
        account = self._store.account(session.account)
        if account is None or account.disabled or (account.one_click and not self.one_click):
            return None
        if in_use and now - session.seen > _TOUCH_EVERY_S:
            self._store.touch_session(session.id_hash, now)
        return Identity(
            name=account.name, role=account.role, door="session", display=account.display, desks=account.desks
        )

    def log_out(self, session_id: str, source: str) -> None:
        """End the session."""
        who = self.who(session_id)
        with self._store.change():
            self._store.end_session(hash_secret(session_id))
            if who is not None:
                self._trail.write(who.actor, "log_out", who.name, "ok", source)

    def any_password(self) -> bool:
        """Whether anybody can log in with a password."""
        return any(account.password and not account.disabled for account in self._store.accounts())

    def set_account(self, account: Account, password: str, actor: str, source: str = "console") -> None:
        """Add or change an account and end its sessions, so that nobody goes on with rights he no longer has.

        An empty `password` keeps the one it has. Raises ValueError for a role no person has, passwords.BusyError.
        """
        if account.role not in PEOPLE:
            raise ValueError(f"a person cannot have the role {account.role}")
        hashed = self._passwords.hash(password) if password else account.password
        with self._store.change():
            self._store.put_account(replace(account, password=hashed))
            self._store.end_sessions(account.name)
            self._trail.write(actor, "set_account", account.name, account.role, source)

    def set_disabled(self, account: Account, disabled: bool, actor: str, source: str = "console") -> None:
        """Shut the account out, or let it in again."""
        self.set_account(replace(account, disabled=disabled), "", actor, source)

    def unlock(self, name: str, actor: str, source: str = "console") -> None:
        """Forget the account's wrong passwords."""
        with self._store.change():
            self._store.set_failures(name, 0)
            self._trail.write(actor, "unlock", name, "ok", source)


def is_alive(session: Session, boot: str, now: float) -> bool:
    """Whether a session may still be used at `now` seconds of the boot `boot`."""
    return session.boot == boot and now - session.seen <= IDLE_S and now - session.opened <= ABSOLUTE_S
