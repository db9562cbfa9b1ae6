"""`goiso year`: a year of the first centre through the real hub, and the published report's figures computed from it.

Bus and hub run as in the demo, each in its own process, every fact durable. Citizens and clerks are simulated day by
day; what they say goes over the bus, and each answer of the hub is compared with what its rules must give. Dossiers
come in through the ledger import, as they would from the one-stop software. The totals are the replay's input: what is
shown is that counting what was pressed, through the bus and the log, returns them.

Rules: a fixed seed gives the same year; the exit code is 0 only when the log verifies and every figure that can be held
agrees with the published one.
"""

import argparse
import contextlib
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from appliance.runtime.errors import CannotStart
from broker import acceptance, acceptance_text, verify
from broker import figures as rows_of
from broker.database import open_reader
from broker.establishment import load_establishment, load_stated
from broker.site_rows import SiteError
from virtual_centre.bus_server import installed_program
from virtual_centre.replay import ReplayError
from virtual_centre.year_run import YearRun

SITE = Path(__file__).parents[1] / "firmware_configs" / "site" / "ca-mau"
AGREED, DISAGREED, FAILED = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Replay a year of the first centre through the real hub and print the report's 36 figures."""
    arguments = _arguments(argv)
    try:
        with _data_directory(arguments.data) as data:
            return _year(arguments, data)
    except (CannotStart, ReplayError, SiteError, OSError) as error:
        sys.stderr.write(f"goiso year: {error}\n")
        return FAILED
    except KeyboardInterrupt:
        sys.stderr.write("goiso year: interrupted; the data is incomplete\n")
        return FAILED


def _year(arguments: argparse.Namespace, data: Path) -> int:
    if installed_program() != "mosquitto":
        sys.stderr.write("Mosquitto is not installed: the bus in Python will do, but takes three times as long\n")
    began = time.monotonic()
    run = YearRun(arguments.site, data, arguments.seed, arguments.days)
    answered = run.replay(sys.stderr)
    replayed_s = time.monotonic() - began
    dossiers = run.import_dossiers()
    run.publish()
    with closing(open_reader(data / "hub.sqlite")) as reader:
        first, last = run.period
        centre, stated = load_establishment(arguments.site, last), load_stated(arguments.site)
        figures = acceptance.table(reader, run.site, centre, stated, first, last)
        ratings = rows_of.ratings(reader, run.site, first, last, "site")[0]
        verdict = verify.check(reader)
    sys.stdout.write(f"{acceptance_text.text(figures)}\n{acceptance_text.notes(figures, ratings, run.site)}")
    sys.stdout.write(
        f"\n{answered} steps in {replayed_s:.0f} s ({answered / replayed_s:.0f}/s), every answer as expected;"
        f" {dossiers} dossiers imported; {time.monotonic() - began:.0f} s in all\n"
    )
    for complaint in verdict.complaints:
        sys.stdout.write(f"BAD {complaint}\n")
    if verdict.sound:
        sys.stdout.write(f"verified: {verdict.facts} facts, chain, invariants and counts hold\n")
    if arguments.json:
        arguments.json.write_bytes(msgspec.json.format(msgspec.json.encode(figures)) + b"\n")
    agreed = all(figure.agrees is not False for figure in figures)
    return AGREED if agreed and verdict.sound else DISAGREED


@contextlib.contextmanager
def _data_directory(chosen: Path | None) -> Iterator[Path]:
    """The directory to keep, or one that is gone afterwards. Raises CannotStart when it has a database already."""
    if chosen is None:
        with tempfile.TemporaryDirectory(prefix="goiso-year-") as directory:
            yield Path(directory)
        return
    if (chosen / "hub.sqlite").exists():
        raise CannotStart(f"{chosen} has a database already; choose an empty directory with --data")
    chosen.mkdir(parents=True, exist_ok=True)
    yield chosen


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="goiso year", description=main.__doc__)
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="keep the database here; ./run demo --data DIR serves it"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as an array of rows")
    parser.add_argument(
        "--seed", type=int, default=2021, metavar="N", help="another seed is another year of the same totals"
    )
    parser.add_argument("--days", type=int, metavar="N", help="stop after N working days; the figures then disagree")
    parser.add_argument("--site", type=Path, default=SITE, metavar="DIR", help="the centre's data files")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
