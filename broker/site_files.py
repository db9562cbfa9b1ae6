"""A centre's folder of data files becomes one `Site`.

Rules: every mistake is told with file and line and what to do; codes are written in capitals in the files and travel
in lower case; a row holds from `valid_from` to the day before `valid_to`.
"""

import csv
import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from appliance.wire.ids import CODE_PATTERN
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
    Names,
    Queue,
    RatingLevel,
    Rules,
    Service,
    Site,
)
from broker.register_model import Round, Zone

FILES = ("centre.toml", "departments.csv", "queues.csv", "counters.csv", "desks.csv", "services.csv", "procedures.csv")
WAYS = ("left", "right", "up", "down")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
T = TypeVar("T")


class SiteError(ValueError):
    """A data file that cannot be used: file, line, what is wrong and what to do."""


class Row:
    """One line of a CSV file, read by column name."""

    def __init__(self, path: Path, line: int, cells: dict[str, str]) -> None:
        self._where = f"{path.name}:{line}"
        self._cells = cells

    def text(self, column: str) -> str:
        """The cell, trimmed. Raises SiteError when the column is missing."""
        cell = self._cells.get(column)
        if cell is None:
            raise SiteError(f"{self._where}: column {column} is missing; add it to the first line")
        return cell.strip()

    def code(self, column: str) -> str:
        """A code in lower case. Raises SiteError when it is none."""
        code = self.text(column).lower()
        if not re.fullmatch(CODE_PATTERN, code):
            raise SiteError(f"{self._where}: {column} is {code!r}; use letters, digits and hyphens")
        return code

    def codes(self, column: str) -> tuple[str, ...]:
        """Several codes, separated by `;`."""
        return tuple(code.strip().lower() for code in self.text(column).split(";") if code.strip())

    def names(self, stem: str) -> Names:
        """The columns `stem_vi`, `stem_en`, `stem_km`; empty ones are left out."""
        found = self.optional(stem)
        if "vi" not in found:
            raise SiteError(f"{self._where}: {stem}_vi is empty; every name needs Vietnamese")
        return found

    def optional(self, stem: str) -> Names:
        """The same of words that there need not be."""
        found = {language: (self._cells.get(f"{stem}_{language}") or "").strip() for language in ("vi", "en", "km")}
        return {language: name for language, name in found.items() if name}

    def pick(self, known: dict[str, T], column: str) -> str:
        """A code that must be in `known` (or empty). Raises SiteError."""
        code = self.text(column).lower()
        if code and code not in known:
            raise SiteError(f"{self._where}: {column} is {code}, which no other file has; add it there or correct it")
        return code

    def whole(self, column: str) -> int:
        """A whole number, 0 or more. Raises SiteError."""
        text = self.text(column)
        if not text.isascii() or not text.isdigit():
            raise SiteError(f"{self._where}: {column} is {text!r}; write a whole number")
        return int(text)

    def choice(self, column: str, among: tuple[str, ...]) -> str:
        """One of `among`; "" where the cell is empty or an older file has no such column. Raises SiteError."""
        word = (self._cells.get(column) or "").strip().lower()
        if word and word not in among:
            raise SiteError(f"{self._where}: {column} is {word!r}; use one of {', '.join(among)}, or leave it empty")
        return word

    def holds(self, day: str) -> bool:
        """Whether the row is valid on `day` (YYYY-MM-DD)."""
        start, end = self._cells.get("valid_from") or "", self._cells.get("valid_to") or ""
        return start <= day and (not end or day < end)


def rows(path: Path, day: str | None = "9999-12-31") -> Iterator[Row]:
    """The rows of a CSV file that hold on `day`, or all that ever did. Raises SiteError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for cells in (reader := csv.DictReader(file)):
                row = Row(path, reader.line_num, cells)
                if day is None or row.holds(day):
                    yield row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SiteError(f"{path.name}: {error}; the file must be CSV in UTF-8") from error


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
