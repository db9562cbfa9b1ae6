"""What every fact of the log has in common; the facts themselves stand in `broker.facts`.

Rules: pure.
"""

from msgspec import Struct


class Fact(Struct, frozen=True, kw_only=True, tag_field="kind", omit_defaults=True):
    """Common to all: `kind` is the tag in the body and a column of the log."""
