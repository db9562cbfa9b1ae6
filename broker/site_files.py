"""A centre's folder of data files becomes one `Site`.

Rules: every mistake is told with file and line and what to do; codes are written in capitals in the files and travel
in lower case; a row holds from `valid_from` to the day before `valid_to`.
"""

import hashlib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from broker.appointment_model import Appointments
from broker.centre_file import mistake
from broker.model import (
    Alerting,
    Asked,
    Closing,
    Counter,
    Department,
    Desk,
    Forecasting,
    Group,
    Hours,
    Queue,
    RatingLevel,
    Rules,
    Service,
    Site,
)
from broker.register_model import Round, Zone
from broker.site_rows import Row, SiteError, rows

FILES = ("centre.toml", "departments.csv", "queues.csv", "counters.csv", "desks.csv", "services.csv", "procedures.csv")
WAYS = ("left", "right", "up", "down")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
T = TypeVar("T")


def load_site(folder: Path, day: str = "9999-12-31") -> Site:
    """The centre in `folder` as it is on `day`. Raises SiteError."""
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise SiteError(f"{folder}: {', '.join(missing)} missing; a site folder needs {', '.join(FILES)}")
    centre = _toml(folder / "centre.toml")
    departments = {row.code("code"): _department(row) for row in rows(folder / "departments.csv", day)}
    queue_rows = {row.code("code"): row for row in rows(folder / "queues.csv", day)}
    counter_rows = {row.code("code"): row for row in rows(folder / "counters.csv", day)}
    desks = _desks(folder, day, counter_rows, queue_rows)
    counters = {code: _counter(code, row, desks, queue_rows) for code, row in counter_rows.items()}
    queues = {code: _queue(code, row, counters, departments) for code, row in queue_rows.items()}
    services = {row.code("code"): _service(row, queues, departments) for row in rows(folder / "services.csv", day)}
    return _site(centre, folder, day, departments, services, queues, counters, desks)


def unread_key(folder: Path) -> str:
    """What is wrong with `centre.toml` though a centre can be made of it, "" for nothing. Raises SiteError."""
    return mistake(_toml(folder / "centre.toml"))


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SiteError(f"{path.name}: {error}; correct the file") from error


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
    at, way = row.text("time"), row.choice("direction", ("out", "back"))
    minute_of(at)
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
    centre: dict[str, Any],
    folder: Path,
    day: str,
    departments: dict[str, Department],
    services: dict[str, Service],
    queues: dict[str, Queue],
    counters: dict[str, Counter],
    desks: dict[str, Desk],
) -> Site:
    try:
        head, rating, priority = centre["centre"], centre["rating"], centre["priority"]
        scanner = centre.get("scanner", {})
        rules = {**centre["tickets"], "policy": priority["policy"], "priority_rate": priority["rate"]}
        rules |= {key: rating[key] for key in ("arm_window_s", "correct_within_s")}
        rules |= {key: rating[key] for key in ("channels", "phone_window_s") if key in rating}
        return Site(
            id=head["id"],
            names=head["names"],
            zone=head["zone"],
            languages=tuple(head["languages"]),
            departments=departments,
            services=services,
            queues=queues,
            counters=counters,
            desks=desks,
            levels=msgspec.convert(rating["levels"], tuple[RatingLevel, ...]),
            groups={group["id"]: _group(group) for group in priority["groups"]},
            rules=msgspec.convert(rules, Rules),
            hours=_hours(centre["hours"]),
            revision=_revision(folder),
            forecasting=msgspec.convert(centre.get("forecasting", {}), Forecasting),
            closing=msgspec.convert(centre.get("closing", {}), Closing),
            alerting=msgspec.convert(centre.get("alerts", {}), Alerting),
            public_url=head["public_url"],
            online_url=head["online_url"],
            zones={row.code("zone"): _zone(row) for row in _if_any(folder / "tariff.csv", day)},
            rounds={one.id: one for one in map(_round, _if_any(folder / "courier.csv", day))},
            receipts={begins: code.lower() for begins, code in scanner.get("receipts", {}).items()},
            appointment=scanner.get("appointment", ""),
            appointments=msgspec.convert(centre.get("appointments", {}), Appointments),
            reasons=msgspec.convert(rating.get("reasons", ()), tuple[Asked, ...]),
            questions=msgspec.convert(rating.get("questions", ()), tuple[Asked, ...]),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise SiteError(f"centre.toml: {mistake(centre) or f'{error} is missing or wrong; correct it'}") from error


def _group(section: dict[str, Any]) -> Group:
    return Group(id=section["id"], names=section["names"], from_age=int(section.get("from_age", 0)))


def _hours(section: dict[str, Any]) -> Hours:
    return Hours(
        days=tuple(DAYS.index(day) for day in section["days"]),
        spans=tuple((minute_of(start), minute_of(end)) for start, end in section["kiosk"]),
        clerks=tuple((minute_of(start), minute_of(end)) for start, end in section.get("clerks", section["kiosk"])),
    )


def minute_of(clock: str) -> int:
    """Minutes after midnight of `HH:MM`. Raises ValueError."""
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _revision(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:12]
