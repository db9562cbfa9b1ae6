"""What the register of a period adds up to, read from the read models.

Rules: reads the counts of `daily` only.
"""

from collections.abc import Mapping

from msgspec import Struct

from broker.model import Names, Site
from broker.reader import Reader

MEASURES = ("delivery", "delivery_vnd", "fee", "fee_vnd", "courier_round", "courier_dossiers", "complaint")
ZONE = "delivery_to_"


class ZoneCount(Struct, frozen=True):
    """Dossiers whose results went to one zone."""

    names: Names
    dossiers: int


class RegisterCounts(Struct, frozen=True, kw_only=True):
    """Dossiers delivered to homes and what was taken for it, fees, rounds of the courier and their dossiers,
    complaints; sums in đồng.
    """

    deliveries: int = 0
    delivery_vnd: int = 0
    zones: tuple[ZoneCount, ...] = ()
    fees: int = 0
    fee_vnd: int = 0
    rounds: int = 0
    courier_dossiers: int = 0
    complaints: int = 0


def register_counts(reader: Reader, site: Site, start: str, end: str) -> RegisterCounts:
    """The register from day `start` to day `end`."""
    wanted = (*MEASURES, *(f"{ZONE}{zone}" for zone in site.zones))
    marks = ",".join("?" * len(wanted))
    sql = f"""
        SELECT measure, sum(n) FROM daily
        WHERE dimension = 'site' AND day BETWEEN ? AND ? AND measure IN ({marks}) GROUP BY 1"""  # noqa: S608  # because only question marks are put in
    found: Mapping[str, int] = dict(reader.execute(sql, (start, end, *wanted)))
    return RegisterCounts(
        deliveries=found.get("delivery", 0),
        delivery_vnd=found.get("delivery_vnd", 0),
        zones=tuple(ZoneCount(zone.names, found.get(f"{ZONE}{zone.id}", 0)) for zone in site.zones.values()),
        fees=found.get("fee", 0),
        fee_vnd=found.get("fee_vnd", 0),
        rounds=found.get("courier_round", 0),
        courier_dossiers=found.get("courier_dossiers", 0),
        complaints=found.get("complaint", 0),
    )
