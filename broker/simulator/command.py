"""`goiso simulate --data DIR`: the centre's own recorded days, simulated as they were and with a change.

With `--progress` it tells on standard output how far it is, one line `done/all` for each step, and lets everything
else on the machine go first.

Rules: reads only, and writes nothing but what `--out` names, whole or not at all; what is simulated as it was stands
beside what was recorded, so that whoever reads can judge how far to believe the rest.
"""

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import get_args

import msgspec

from broker.beside import child
from broker.database import StoreError, open_reader
from broker.model import Policy, minute_of
from broker.simulator.answer import Answer, Question, answer, days_of, days_to_simulate
from broker.simulator.change import Change
from broker.simulator.comparing import Gap
from broker.simulator.reading import learned_of, months
from broker.site_files import load_site
from broker.site_place import site_folder
from broker.site_rows import SiteError

_encode = msgspec.json.Encoder().encode


def main(argv: Sequence[str] | None = None) -> int:
    """Simulate the centre with other desks, hours, rules or demand, from what it recorded."""
    arguments = _arguments(argv)
    if arguments.progress:
        child.give_way()
    try:
        found = _answer(arguments)
        content = _encode(found) if arguments.format == "json" else _report(found).encode()
        if arguments.out is None:
            sys.stdout.buffer.write(content)
        else:
            child.put(arguments.out, content)
    except (ValueError, SiteError, StoreError, OSError) as error:
        sys.stderr.write(f"goiso simulate: {error}\n")
        return 2
    return 0


def _answer(arguments: argparse.Namespace) -> Answer:
    question = _question(arguments)
    with closing(open_reader(arguments.data / "hub.sqlite")) as reader:
        known = months(reader)
        if not known:
            raise ValueError("no day has ended yet: there is nothing to learn from; try again tomorrow")
        question = msgspec.structs.replace(question, month=question.month or known[0])
        if question.month not in known:
            raise ValueError(f"nothing to learn from in {question.month}; known months are {', '.join(known)}")
        site = load_site(arguments.site, days_of(question.month)[1])
        learned = learned_of(reader, site, question.month)
    steps = 2 * days_to_simulate(question, learned)

    def tell(done: int) -> None:
        if arguments.progress:
            child.tell(done, steps)

    return answer(site, learned, question, tell)


def _question(arguments: argparse.Namespace) -> Question:
    if arguments.question:
        return msgspec.json.decode(arguments.question, type=Question)
    desks: dict[str, int] = {}
    for sign, queues in ((1, arguments.add_desk), (-1, arguments.remove_desk)):
        for queue in queues:
            desks[queue.lower()] = desks.get(queue.lower(), 0) + sign
    change = Change(
        demand=arguments.demand,
        desks=desks,
        moves=tuple((source.lower(), target.lower()) for source, target in arguments.move_desk),
        clerks=arguments.clerks and tuple(arguments.clerks),
        numbers=arguments.numbers and tuple(arguments.numbers),
        backup_after_s=None if arguments.help_after is None else round(60 * arguments.help_after),
        policy=arguments.policy,
        priority_rate=arguments.priority_rate,
        priority_share=None if arguments.priority_share is None else arguments.priority_share / 100,
        breaks_min=tuple(arguments.breaks),
    )
    return Question(month=arguments.month, change=change, days=arguments.days, seed=arguments.seed)


_ROWS = {
    "visits": "visits a day",
    "mean_min": "average wait, min",
    "half_min": "half are called within, min",
    "nine_min": "nine of ten within, min",
    "within_15": "called within 15 min, %",
    "stranded": "left waiting in the evening, a day",
}


def _report(found: Answer) -> str:
    lines = [f"{'':<36}{'recorded':>10}{'simulated':>12}{'with the change':>18}   difference"]
    for name, digits, values, gap in found.figures:
        recorded, as_was, other = (f"{value:.{digits}f}" for value in values)
        lines.append(f"{_ROWS[name]:<36}{recorded:>10}{as_was:>12}{other:>18}   {_gap(gap)}".rstrip())
    queues = [
        f"queue {row.queue.upper()}: {row.mean_after:.1f} min on average instead of {row.mean_before:.1f},"
        f" nine of ten within {row.nine_after:.1f} instead of {row.nine_before:.1f}"
        for row in found.gaps.queues
        if row.gap.sure
    ]
    believe = "" if found.believable else " Do not rely on the change: something of that month is not known."
    return "\n".join(
        (
            f"Learned from {found.question.month}, {found.recorded_days} days with visits;"
            f" {found.simulated_days} days simulated.\n",
            *lines,
            "",
            *queues,
            f"Simulated as it was, nine of ten are called within a time that is {100 * found.off:.0f} % off what was"
            f" recorded.{believe}\n",
        )
    )


def _gap(gap: Gap | None) -> str:
    if gap is None:
        return ""
    if not gap.sure:
        return "none that can be told"
    return f"{gap.change:+.1f} ({gap.low:+.1f} to {gap.high:+.1f})"


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="goiso simulate", description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the hub's data directory")
    parser.add_argument("--site", type=Path, default=site_folder(), metavar="DIR", help="the centre's data files")
    parser.add_argument(
        "--month", default="", metavar="YYYY-MM", help="the month to learn from (default: the newest that is over)"
    )
    parser.add_argument("--demand", type=float, default=1.0, metavar="K", help="K times as many visitors")
    parser.add_argument("--add-desk", action="append", default=[], metavar="QUEUE", help="one desk more for a queue")
    parser.add_argument("--remove-desk", action="append", default=[], metavar="QUEUE", help="one desk fewer")
    parser.add_argument(
        "--move-desk",
        action="append",
        default=[],
        nargs=2,
        metavar=("FROM", "TO"),
        help="a clerk of one queue to another",
    )
    parser.add_argument("--clerks", type=_span, nargs="+", metavar="HH:MM-HH:MM", help="when clerks serve")
    parser.add_argument("--numbers", type=_span, nargs="+", metavar="HH:MM-HH:MM", help="when numbers are given")
    parser.add_argument("--help-after", type=float, metavar="MIN", help="backup desks help after so many minutes")
    parser.add_argument("--policy", choices=get_args(Policy), help="who is next")
    parser.add_argument("--priority-rate", type=float, metavar="B", help="priority gains B times as fast")
    parser.add_argument("--priority-share", type=float, metavar="PERCENT", help="visitors with priority")
    parser.add_argument(
        "--breaks",
        type=float,
        nargs="*",
        default=[],
        metavar="MIN",
        help="breaks that no key tells of, one for each part of the day",
    )
    parser.add_argument(
        "--days",
        type=int,
        default=0,
        metavar="N",
        help="how many days to simulate (default: each recorded one equally often, 40 at least)",
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="other days of the same kind")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text if left out")
    parser.add_argument("--out", type=Path, metavar="FILE", help="standard output if left out")
    parser.add_argument("--question", metavar="JSON", help=argparse.SUPPRESS)
    parser.add_argument("--progress", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def _span(text: str) -> tuple[int, int]:
    start, _, end = text.partition("-")
    try:
        return minute_of(start), minute_of(end)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text}: write it as 07:00-11:00") from error
