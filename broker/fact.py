"""What every fact of the log has in common; the facts themselves stand in `broker.facts`.

Rules: pure.
"""

from msgspec import Struct


class Fact(Struct, frozen=True, kw_only=True, tag_field="kind", omit_defaults=True):
    """Common to all: `kind` is the tag in the body and a column of the log."""


class AtDesk(Fact, frozen=True, kw_only=True):
    """What a clerk did at a desk; `by` is the desk whose key it was, where that was another one.

    `open_s` are the seconds that the desk has been open since it was opened, went on, or last called or let go of
    somebody: in all that ends such a stretch, 0 where it was not open; None elsewhere, and in logs from before it was
    kept.
    """

    desk: str
    counter: str
    actor: str
    by: str = ""
    open_s: int | None = None

    @property
    def key_of(self) -> str:
        """The desk whose key it was, and so the one that may take it back."""
        return self.by or self.desk
