"""Roles, and who is asking.

Rules: pure; a clerk acts only at the desks granted to him; a role that is not named somewhere may do nothing there.
"""

from typing import Literal, get_args

from msgspec import Struct

Role = Literal["clerk", "reception", "manager", "supervisor", "admin", "device", "portal"]

ROLES: tuple[Role, ...] = get_args(Role)
PEOPLE: tuple[Role, ...] = ("clerk", "reception", "manager", "supervisor", "admin")
"""Roles that a person may have; `device` is for programs only, `portal` for the one that brings appointments."""

ISSUERS: frozenset[Role] = frozenset({"reception", "admin", "device"})
"""Roles that issue numbers, and so may know what stands on a ticket."""

ANY_DESK = "*"
"""Stands in `desks` for "wherever a seat is free": granted on purpose, never by leaving something out."""


class Identity(Struct, frozen=True, kw_only=True):
    """Who is asking, and through which door: a person's session or a program's token."""

    name: str
    role: Role
    door: Literal["session", "token"]
    display: str = ""
    desks: tuple[str, ...] = ()

    @property
    def actor(self) -> str:
        """How facts and audit rows name him."""
        return f"{'staff' if self.door == 'session' else 'token'}:{self.name}"

    def may_sit_at(self, desk: str) -> bool:
        """Whether he may press the keys of `desk`."""
        return self.role == "admin" or desk in self.desks or ANY_DESK in self.desks
