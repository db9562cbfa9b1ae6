"""`goiso simulate --data DIR`: the centre's own recorded days, simulated as they were and with a change.

Rules: reads the counts only and writes nothing; what is simulated as it was stands beside what was recorded, so that
whoever reads can judge how far to believe the rest.
"""

import argparse
import datetime
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import get_args

from broker.database import StoreError, open_reader
from broker.histogram import within
from broker.model import Policy, Site
from broker.reader import Reader
from broker.simulator.learned import DIMENSIONS, MEASURES, Learned, learn
from broker.simulator.what_if import Change, Outlook, minutes, simulate
from broker.site_files import SiteError, load_site

SITES = Path(__file__).parents[2] / "firmware_configs" / "site"
_MARKS = ",".join("?" * len(MEASURES)), ",".join("?" * len(DIMENSIONS))
_ROWS = f"""
    SELECT dimension, day, key, measure, bucket, n FROM daily
    WHERE measure IN ({_MARKS[0]}) AND dimension IN ({_MARKS[1]}) AND day BETWEEN ? AND ?"""  # noqa: S608  # because only question marks are put in


def main(argv: Sequence[str]) -> int:
    """Simulate the centre with other desks, rules or demand, from what it recorded."""
    arguments = _arguments(argv)
    try:
        site = load_site(arguments.site)
        db = open_reader(arguments.data / "hub.sqlite")
        try:
            first, last = _period(db, arguments.month)
            learned = learn(db.execute(_ROWS, (*MEASURES, *DIMENSIONS, first, last)), site)
        finally:
            db.close()
        change = _change(arguments)
        as_was, other = [
            _simulate(site, learned, one, arguments, last) for one in (Change(breaks_min=change.breaks_min), change)
        ]
    except (ValueError, SiteError, StoreError, OSError) as error:
        sys.stderr.write(f"goiso simulate: {error}\n")
        return 2
    sys.stdout.write(_report(learned, as_was, other, f"{first} to {last}"))
    return 0


def _simulate(site: Site, learned: Learned, change: Change, arguments: argparse.Namespace, last: str) -> Outlook:
    def chance(purpose: str) -> Random:
        return Random(f"{arguments.seed} {purpose}")  # noqa: S311  # because a day must be repeatable, not secret

    return simulate(site, learned, change, day=last, days=arguments.days, chance=chance)


def _period(db: Reader, month: str | None) -> tuple[str, str]:
    """The first and last day of `month`, or of the last month that has ended and anybody came in.

    Raises ValueError when there is none.
    """
    if month is None:
        (newest,) = next(iter(db.execute("SELECT max(day) FROM daily_closed WHERE measure = 'issued'")))
        if newest is None:
            raise ValueError("no day has ended yet: there is nothing to learn from; try again tomorrow")
        month = newest[:7]
    first = datetime.date.fromisoformat(f"{month}-01")
    last = (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    return first.isoformat(), last.isoformat()


def _change(arguments: argparse.Namespace) -> Change:
    desks: dict[str, int] = {}
    for sign, queues in ((1, arguments.add_desk), (-1, arguments.remove_desk)):
        for queue in queues:
            desks[queue.lower()] = desks.get(queue.lower(), 0) + sign
    return Change(
        demand=arguments.demand,
        desks=desks,
        backup_after_s=None if arguments.help_after is None else round(60 * arguments.help_after),
        policy=arguments.policy,
        priority_rate=arguments.priority_rate,
        priority_share=None if arguments.priority_share is None else arguments.priority_share / 100,
        breaks_min=tuple(arguments.breaks),
    )


def _report(learned: Learned, as_was: Outlook, other: Outlook, period: str) -> str:
    recorded = learned.waits
    visits = sum(learned.services.values())
    early = within(recorded, 900) / max(1, sum(recorded.values()))
    rows = [
        ("", "recorded", "simulated", "with the change"),
        ("visits a day", f"{visits:.0f}", f"{as_was.visits:.0f}", f"{other.visits:.0f}"),
        *(
            (words, *(f"{minutes(waits, share):.1f}" for waits in (recorded, as_was.waits, other.waits)))
            for words, share in (
                ("half are called within, min", 0.5),
                ("three of four within, min", 0.75),
                ("nine of ten within, min", 0.9),
            )
        ),
        (
            "called within 15 min, %",
            f"{100 * early:.0f}",
            f"{100 * as_was.within_15_min:.0f}",
            f"{100 * other.within_15_min:.0f}",
        ),
        ("left waiting in the evening, a day", "", f"{as_was.stranded:.1f}", f"{other.stranded:.1f}"),
    ]
    table = "\n".join(f"{words:<36}{a:>10}{b:>12}{c:>18}" for words, a, b, c in rows)
    off = 100 * abs(minutes(as_was.waits, 0.9) / max(minutes(recorded, 0.9), 1 / 60) - 1)
    return (
        f"Learned from {period}, {len(learned.days)} days with visits.\n\n{table}\n\n"
        f"Simulated as it was, nine of ten are called within a time that is {off:.0f} % off what was recorded.\n"
    )


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="goiso simulate", description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the hub's data directory")
    parser.add_argument("--site", type=Path, default=SITES / "ca-mau", metavar="DIR", help="the centre's data files")
    parser.add_argument(
        "--month", metavar="YYYY-MM", help="the month to learn from (default: the newest with closed days)"
    )
    parser.add_argument("--demand", type=_positive, default=1.0, metavar="K", help="K times as many visitors")
    parser.add_argument("--add-desk", action="append", default=[], metavar="QUEUE", help="one desk more for a queue")
    parser.add_argument("--remove-desk", action="append", default=[], metavar="QUEUE", help="one desk fewer")
    parser.add_argument(
        "--help-after", type=_not_negative, metavar="MIN", help="backup desks help after so many minutes"
    )
    parser.add_argument("--policy", choices=get_args(Policy), help="who is next")
    parser.add_argument("--priority-rate", type=_positive, metavar="B", help="priority gains B times as fast")
    parser.add_argument("--priority-share", type=_not_negative, metavar="PERCENT", help="visitors with priority")
    parser.add_argument(
        "--breaks",
        type=_not_negative,
        nargs="*",
        default=[],
        metavar="MIN",
        help="a clerk's break in each half of the day",
    )
    parser.add_argument("--days", type=int, default=60, metavar="N", help="how many days to simulate (default 60)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="other days of the same kind")
    return parser.parse_args(argv)


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text}: more than 0, please")
    return value


def _not_negative(text: str) -> float:
    value = float(text)
    if not 0 <= value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text}: 0 or more, please")
    return value
