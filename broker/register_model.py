"""What the counters beside the queues need to know: delivery zones with their tariff, the courier's rounds.

Rules: values only; prices and times are the centre's data, never constants.
"""

from collections.abc import Mapping

from msgspec import Struct


class Zone(Struct, frozen=True, kw_only=True):
    """Where results are delivered, and what one dossier costs there (đồng)."""

    id: str
    names: Mapping[str, str]
    fee_vnd: int


class Round(Struct, frozen=True, kw_only=True):
    """One trip of the courier between centre and departments: `at` is local (HH:MM), `way` from the centre or to it."""

    id: str
    at: str
    way: str
    carrier: str
