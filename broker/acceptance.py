"""The published report's 36 figures, computed again: N01 to N36.

Each value says where it comes from: counted in the site's files (configuration), in the imported dossier ledger
(import), or in what happened at the appliance (events). What nobody here can know is "not held", never guessed.
A percentage carries its numerator and denominator: lateness is a share of the resolved dossiers, not of the received.

Rules: nothing that the report states enters a value; it is only compared with it.
"""

from collections.abc import Callable, Sequence
from typing import Literal

from msgspec import Struct

from broker import figures
from broker.establishment import Establishment, Stated
from broker.model import Names, Site
from broker.reader import Reader
from broker.statistics.satisfaction import percent

Provenance = Literal["events", "import", "configuration", "not-held"]


class Figure(Struct, frozen=True, kw_only=True):
    """One figure. `value` is null when not held, `numerator` and `denominator` stand beside a percentage.

    `agrees` compares the value with the published one; null where nothing is held to compare. `figure`, `unit` and
    `note` are Vietnamese; `names`, `units` and `notes` hold them per language.
    """

    id: str
    figure: str
    value: float | None
    numerator: int | None
    denominator: int | None
    provenance: Provenance
    agrees: bool | None
    stated: str
    unit: str
    note: str
    names: Names = {}
    units: Names = {}
    notes: Names = {}


class Dossiers(Struct, frozen=True, kw_only=True):
    """The ledger's dossiers received in the period."""

    received: int
    online: int
    in_time: int
    late: int


class Held(Struct, frozen=True, kw_only=True):
    """Everything that figures are computed from."""

    centre: Establishment
    dossiers: Dossiers
    home_deliveries: int
    consultations: int
    ratings: figures.Ratings


class Share(Struct, frozen=True):
    """A part of a whole."""

    part: int
    whole: int


Rule = Callable[[Held], int | Share | None]


def table(
    reader: Reader, site: Site, centre: Establishment, stated: Sequence[Stated], start: str, end: str
) -> tuple[Figure, ...]:
    """All figures of the days from `start` to `end`, both included."""
    served = {row.key: row.served for row in figures.waits(reader, site, start, end, "queue")}
    queues = {service.type: service.queue for service in site.services.values()}
    held = Held(
        centre=centre,
        dossiers=_dossiers(reader, start, end),
        home_deliveries=served.get(queues.get("post", ""), 0),
        consultations=served.get(queues.get("adv", ""), 0),
        ratings=figures.ratings(reader, site, start, end, "site")[0],
    )
    return tuple(_figure(row, held) for row in stated)


def _dossiers(reader: Reader, start: str, end: str) -> Dossiers:
    ((received, online, in_time, late),) = reader.execute(
        "SELECT count(*), ifnull(sum(channel = 'online'), 0), ifnull(sum(resolved <= due), 0),"
        " ifnull(sum(resolved > due), 0) FROM dossiers WHERE received BETWEEN ? AND ?",
        (start, end),
    )
    return Dossiers(received=received, online=online, in_time=in_time, late=late)


def _figure(row: Stated, held: Held) -> Figure:
    provenance, rule = RULES.get(row.id, NOT_HELD)
    computed = rule(held) if rule else None
    share = computed if isinstance(computed, Share) else Share(0, 0)
    value = percent(share.part, share.whole) if isinstance(computed, Share) else computed
    return Figure(
        id=row.id,
        figure=row.figure,
        value=value,
        numerator=share.part if share.whole else None,
        denominator=share.whole if share.whole else None,
        provenance=provenance,
        agrees=value == float(row.stated) if rule else None,
        stated=row.stated,
        unit=row.unit,
        note=row.note,
        names=row.names,
        units=row.units,
        notes=row.notes,
    )


def _resolved(held: Held) -> int:
    return held.dossiers.in_time + held.dossiers.late


NOT_HELD: tuple[Provenance, None] = ("not-held", None)
RULES: dict[str, tuple[Provenance, Rule]] = {
    "N01": ("configuration", lambda held: held.centre.staff),
    "N02": ("configuration", lambda held: held.centre.clerks),
    "N03": ("configuration", lambda held: len(held.centre.procedures)),
    "N04": ("configuration", lambda held: held.centre.levels.get(2, 0)),
    "N05": ("configuration", lambda held: held.centre.levels.get(3, 0)),
    "N06": ("configuration", lambda held: held.centre.levels.get(4, 0)),
    "N07": ("configuration", lambda held: held.centre.on_the_spot),
    "N08": ("configuration", lambda held: held.centre.departments),
    "N09": ("configuration", lambda held: held.centre.intake_counters),
    "N10": ("configuration", lambda held: held.centre.own_counters),
    "N11": ("configuration", lambda held: held.centre.delegated),
    "N12": ("import", lambda held: held.dossiers.received),
    "N13": ("import", lambda held: held.dossiers.online),
    "N14": ("import", lambda held: Share(held.dossiers.online, held.dossiers.received)),
    "N15": ("import", lambda held: held.dossiers.in_time),
    "N16": ("import", lambda held: Share(held.dossiers.in_time, _resolved(held))),
    "N17": ("import", lambda held: held.dossiers.late),
    "N18": ("import", lambda held: Share(held.dossiers.late, _resolved(held))),
    "N19": ("events", lambda held: held.home_deliveries),
    "N20": ("events", lambda held: held.consultations),
    "N21": ("events", lambda held: held.ratings.rated),
    "N22": ("events", lambda held: Share(held.ratings.satisfied or 0, held.ratings.rated or 0)),
    "N23": ("configuration", lambda held: held.centre.tariff.get("city", 0)),
    "N24": ("configuration", lambda held: held.centre.tariff.get("district", 0)),
    "N26": ("configuration", lambda held: held.centre.courier_trips),
    "N27": ("configuration", lambda held: held.centre.courier_times),
    "N28": ("configuration", lambda held: held.centre.reception),
    "N29": ("configuration", lambda held: held.centre.inventory.get("special_software", 0)),
    "N30": ("configuration", lambda held: held.centre.inventory.get("cameras", 0)),
    "N31": ("configuration", lambda held: held.centre.levels.get(3, 0) + held.centre.levels.get(4, 0)),
    "N35": ("configuration", lambda held: held.centre.founded),
}
"""What is not here is not held: N25 (no tariff to compare), N32 to N34 (other offices' figures), N36 (not recorded)."""
