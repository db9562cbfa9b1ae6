"""One row of the table of routes.

Rules: `roles` None means everybody, also without a login, and needs a reason in `purpose`; an empty set means nobody.
"""

from collections.abc import Callable
from typing import Any, Literal

from msgspec import Struct

from broker.staff.identity import ROLES, Role

API = "/api/v1"
Kind = Literal["api", "page", "form"]

ANYONE: frozenset[Role] = frozenset(ROLES)
"""Whoever has logged in or shows a token."""
EVERYBODY = None
"""Also strangers."""


class Route(Struct, frozen=True, kw_only=True):
    """`handler(web, who, **places)` answers `method rule`; the types are what the documents say of it.

    `in_use` False: pages ask for it by themselves, so it keeps no session from idling.
    """

    method: Literal["GET", "POST"]
    rule: str
    handler: Callable[..., Any]
    roles: frozenset[Role] | None
    purpose: str
    kind: Kind = "api"
    query: type[Struct] | None = None
    body: type[Struct] | None = None
    reply: Any = None
    status: int = 200
    in_use: bool = True

    @property
    def takes_json(self) -> bool:
        """Whether a body must be JSON."""
        return self.method == "POST" and self.kind == "api"

    @property
    def name(self) -> str:
        """Unique name of the route."""
        return f"{self.method} {self.rule}"
