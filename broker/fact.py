"""What every fact of the log has in common; the facts themselves stand in `broker.facts`.

Rules: pure.
"""

from msgspec import Struct


class Fact(Struct, frozen=True, kw_only=True, tag_field="kind", omit_defaults=True):
    """Common to all: `kind` is the tag in the body and a column of the log."""


class AtDesk(Fact, frozen=True, kw_only=True):
    """What a clerk did at a desk; `by` is the desk whose key it was, where that was another one."""

    desk: str
    counter: str
    actor: str
    by: str = ""

    @property
    def key_of(self) -> str:
        """The desk whose key it was, and so the one that may take it back."""
        return self.by or self.desk
