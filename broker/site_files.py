"""A centre's folder of data files becomes one `Site`.

Rules: every mistake is told with its file and what to do; a centre can be made in spite of keys that nobody reads, who
asks is told of them.
"""

import hashlib
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from broker.centre_file import CentreFile, centre_in
from broker.model import Counter, Department, Desk, Queue, Service, Site
from broker.register_model import Round, Zone
from broker.site_rows import Row, SiteError, rows

FILES = ("centre.toml", "departments.csv", "queues.csv", "counters.csv", "desks.csv", "services.csv", "procedures.csv")
WAYS = ("left", "right", "up", "down")
Told = Callable[[str], None]


def _nobody(_mistake: str) -> None:
    """Who does not ask is not told."""


def load_site(folder: Path, day: str = "9999-12-31", told: Told = _nobody) -> Site:
    """The centre in `folder` as it is on `day`; `told` as `read_centre` has it. Raises SiteError."""
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise SiteError(f"{folder}: {', '.join(missing)} missing; a site folder needs {', '.join(FILES)}")
    centre = read_centre(folder, told)
    departments = {row.code("code"): _department(row) for row in rows(folder / "departments.csv", day)}
    queue_rows = {row.code("code"): row for row in rows(folder / "queues.csv", day)}
    counter_rows = {row.code("code"): row for row in rows(folder / "counters.csv", day)}
    desks = _desks(folder, day, counter_rows, queue_rows)
    counters = {code: _counter(code, row, desks, queue_rows) for code, row in counter_rows.items()}
    queues = {code: _queue(code, row, counters, departments) for code, row in queue_rows.items()}
    services = {row.code("code"): _service(row, queues, departments) for row in rows(folder / "services.csv", day)}
    return _site(centre, folder, day, departments, services, queues, counters, desks)


def read_centre(folder: Path, told: Told = _nobody) -> CentreFile:
    """What `centre.toml` says; `told` of every key in it that nobody reads, as `table.key: what; what to do`.

    Raises SiteError.
    """
    try:
        centre, unread = centre_in(tomllib.loads((folder / "centre.toml").read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SiteError(f"centre.toml: {error}; correct the file") from error
    except ValueError as error:
        raise SiteError(f"centre.toml: {error}") from error
    for mistake in unread:
        told(mistake)
    return centre


def _department(row: Row) -> Department:
    return Department(
        id=row.code("code"),
        names=row.names("name"),
        field=row.names("field"),
        queue=row.code("queue"),
        delegated=row.text("delegated_to_centre") == "1",
    )


def _desks(folder: Path, day: str, counters: dict[str, Row], queues: dict[str, Row]) -> dict[str, Desk]:
    desks: dict[str, Desk] = {}
    for row in rows(folder / "desks.csv", day):
        code, counter = row.code("code"), row.pick(counters, "counter")
        letter = code.removeprefix(counter)
        label = counters[counter].names("label")["vi"] + (f" · bàn {letter}" if letter else "")
        desks[code] = Desk(
            id=code,
            counter=counter,
            label=label,
            skills=tuple(queue for queue in row.codes("queues") if queue in queues),
            backups=tuple(queue for queue in row.codes("backup_queues") if queue in queues),
        )
    return desks


def _counter(code: str, row: Row, desks: dict[str, Desk], queues: dict[str, Row]) -> Counter:
    return Counter(
        id=code,
        names=row.names("label"),
        kind=row.text("kind"),
        owner=row.text("owner"),
        serves=row.names("serves"),
        desks=tuple(desk.id for desk in desks.values() if desk.counter == code),
        queue=row.pick(queues, "queue"),
        way=row.choice("way", WAYS),
    )


def _queue(code: str, row: Row, counters: dict[str, Counter], departments: dict[str, Department]) -> Queue:
    return Queue(
        id=code,
        prefix=row.text("code").upper(),
        names=row.names("name"),
        counters=tuple(counter.id for counter in counters.values() if counter.queue == code),
        departments=tuple(department.id for department in departments.values() if department.queue == code),
    )


def _if_any(path: Path, day: str) -> Iterator[Row]:
    """The rows of a file that not every centre has."""
    return rows(path, day) if path.is_file() else iter(())


def _zone(row: Row) -> Zone:
    return Zone(id=row.code("zone"), names=row.names("name"), fee_vnd=row.whole("fee_vnd"))


def _round(row: Row) -> Round:
    at, way = row.clock("time"), row.choice("direction", ("out", "back"))
    return Round(id=f"{at.replace(':', '')}-{way}", at=at, way=way, carrier=row.text("carrier"))


def _service(row: Row, queues: dict[str, Queue], departments: dict[str, Department]) -> Service:
    return Service(
        id=row.code("code"),
        queue=row.pick(queues, "queue"),
        department=row.pick(departments, "department"),
        type=row.text("type").lower(),
        names=row.names("name"),
    )


def _site(
    centre: CentreFile,
    folder: Path,
    day: str,
    departments: dict[str, Department],
    services: dict[str, Service],
    queues: dict[str, Queue],
    counters: dict[str, Counter],
    desks: dict[str, Desk],
) -> Site:
    head, rating = centre.centre, centre.rating
    return Site(
        id=head.id,
        names=head.names,
        zone=head.zone,
        languages=head.languages,
        departments=departments,
        services=services,
        queues=queues,
        counters=counters,
        desks=desks,
        levels=rating.levels,
        groups={group.id: group for group in centre.priority.groups},
        rules=centre.rules(),
        hours=centre.hours.spans(),
        revision=_revision(folder),
        forecasting=centre.forecasting,
        closing=centre.closing,
        alerting=centre.alerts,
        public_url=head.public_url,
        online_url=head.online_url,
        zones={row.code("zone"): _zone(row) for row in _if_any(folder / "tariff.csv", day)},
        rounds={one.id: one for one in map(_round, _if_any(folder / "courier.csv", day))},
        receipts={begins: code.lower() for begins, code in centre.scanner.receipts.items()},
        appointment=centre.scanner.appointment,
        appointments=centre.appointments,
        reasons=rating.reasons,
        questions=rating.questions,
    )


def _revision(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:12]
