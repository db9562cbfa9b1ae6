"""The staff of one centre, in one hand: what the web and the commands are given.

Rules: opens nothing by itself; a form token proves that a form came from our own page in the browser that holds the
cookie.
"""

import hashlib
import hmac
import secrets

from broker.staff.machine import Machine
from broker.staff.people import People
from broker.staff.programs import Programs
from broker.staff.store import StaffStore
from broker.staff.trail import Trail


class Staff:
    """`people` log in, `programs` show tokens, `trail` remembers."""

    def __init__(self, store: StaffStore, machine: Machine, one_click: bool = False) -> None:
        self.store = store
        self.trail = Trail(store, machine)
        self.people = People(store, self.trail, machine, one_click)
        self.programs = Programs(store, self.trail, machine, one_click)
        self._key = store.secret("form", secrets.token_bytes(32))

    def form_token(self, cookie: str) -> str:
        """What a form must carry in the browser that holds `cookie`."""
        return hmac.digest(self._key, cookie.encode(), hashlib.sha256).hex()

    def is_form_token(self, cookie: str, token: str) -> bool:
        """Whether `token` belongs to `cookie`."""
        return bool(cookie) and hmac.compare_digest(self.form_token(cookie).encode(), token.encode())
