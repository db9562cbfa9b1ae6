"""`goiso report`: the centre's report of any period, as a paper, a workbook, a plain file, JSON or text.

Reads the database beside a running hub and changes nothing. With `--progress` it tells on standard output how far it
is, one line `done/all` for each step, and lets everything else on the machine go first.

Rules: the file appears whole or not at all.
"""

import argparse
import datetime
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import get_args

from broker.beside import child
from broker.database import StoreError, open_reader
from broker.local_calendar import LocalCalendar
from broker.reader import one_moment
from broker.report.content import Report
from broker.report.formats import Format, write
from broker.report.gather import STEPS, gather
from broker.report.periods import Days, named
from broker.report.words import LANGUAGES
from broker.site_files import load_site
from broker.site_place import site_folder
from broker.site_rows import SiteError


def main(argv: Sequence[str] | None = None) -> int:
    """Write the centre's report of a period."""
    arguments = _arguments(argv)
    if arguments.progress:
        child.give_way()
    try:
        report = _gather(arguments, _teller(arguments.progress))
        content = write(report, arguments.format, arguments.lang)
        if arguments.out is None:
            sys.stdout.buffer.write(content)
        else:
            child.put(arguments.out, content)
    except (StoreError, SiteError, OSError, ValueError) as error:
        sys.stderr.write(f"goiso report: {error}\n")
        return 2
    _teller(arguments.progress)(STEPS + 1)
    return 0


def _gather(arguments: argparse.Namespace, told: Callable[[int], None]) -> Report:
    days = _days(arguments)
    with closing(open_reader(arguments.data / "hub.sqlite")) as reader, one_moment(reader):
        site = load_site(arguments.site, days.end)
        made = arguments.made or LocalCalendar(site.zone).instant(round(time.time() * 1000))
        return gather(reader, site, arguments.site, (days.start, days.end), made, told)


def _days(arguments: argparse.Namespace) -> Days:
    if arguments.period:
        return named(arguments.period)
    if not arguments.start:
        raise ValueError("which days? give --from and --to, or --period 2026-11")
    end = arguments.end or arguments.start
    for day in (arguments.start, end):
        if datetime.date.fromisoformat(day).isoformat() != day:
            raise ValueError(f"{day!r} is no day written YYYY-MM-DD")
    if arguments.start > end:
        raise ValueError(f"--from {arguments.start} is after --to {end}")
    return Days(arguments.start, end)


def _teller(wanted: bool) -> Callable[[int], None]:
    def tell(done: int) -> None:
        if wanted:
            child.tell(done, STEPS + 1)

    return tell


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="goiso report", description=main.__doc__)
    parser.add_argument("--from", dest="start", metavar="DAY", help="the first day, YYYY-MM-DD")
    parser.add_argument("--to", dest="end", metavar="DAY", help="the last day, included; the first one if left out")
    parser.add_argument("--period", metavar="P", help="instead: 2026, 2026-Q4, 2026-11, 2026-W48 or 2026-11-23")
    parser.add_argument("--format", choices=get_args(Format), default="text", help="text if left out")
    parser.add_argument("--lang", choices=LANGUAGES, default="vi", help="the report's language")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the hub's data directory")
    parser.add_argument("--site", type=Path, default=site_folder(), metavar="DIR", help="the centre's data files")
    parser.add_argument("--out", type=Path, metavar="FILE", help="standard output if left out")
    parser.add_argument("--made", metavar="INSTANT", help=argparse.SUPPRESS)
    parser.add_argument("--progress", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(argv)
