"""Programs and their bearer tokens.

Rules: a secret is shown once and kept as a hash; a withdrawn token is dead within `KNOWN_S`.
"""

import hashlib
import secrets

from broker.staff.identity import ROLES, Identity, Role
from broker.staff.machine import Machine
from broker.staff.store import StaffStore, Token
from broker.staff.trail import Trail

KNOWN_S = 5.0
"""How long an answer is remembered, so that a busy kiosk costs no query."""


class Programs:
    """Grants, withdraws and recognises tokens."""

    def __init__(self, store: StaffStore, trail: Trail, machine: Machine, one_click: bool) -> None:
        self._store = store
        self._trail = trail
        self._machine = machine
        self._one_click = one_click
        self._known: dict[str, tuple[float, Identity]] = {}

    def grant(self, name: str, role: Role, desks: tuple[str, ...], actor: str, one_click: bool = False) -> str:
        """A new secret for the program `name`, in the place of its older one. It is shown now and never again."""
        if role not in ROLES:
            raise ValueError(f"there is no role {role}")
        secret = f"goiso_{secrets.token_urlsafe(32)}"
        token = Token(name=name, role=role, desks=desks, secret_hash=hash_secret(secret), one_click=one_click)
        with self._store.change():
            self._store.put_token(token)
            self._trail.write(actor, "grant_token", name, role)
        return secret

    def withdraw(self, name: str, actor: str) -> bool:
        """Take the token of `name` back; whether there was one."""
        with self._store.change():
            gone = self._store.drop_token(name)
            self._trail.write(actor, "withdraw_token", name, "ok" if gone else "unknown")
        return gone

    def who(self, secret: str) -> Identity | None:
        """Which program shows this secret."""
        hashed, now = hash_secret(secret), self._machine.elapsed()
        known = self._known.get(hashed)
        if known is not None and now - known[0] < KNOWN_S:
            return known[1]
        self._known.pop(hashed, None)
        token = self._store.token(hashed)
        if token is None or (token.one_click and not self._one_click):
            return None
        identity = Identity(name=token.name, role=token.role, door="token", desks=token.desks)
        self._known[hashed] = (now, identity)
        return identity


def hash_secret(secret: str) -> str:
    """What is stored of a secret of 256 random bits: no salt or slow hash is needed for one that cannot be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()
