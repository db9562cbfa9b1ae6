"""`./run bench NAME [--json FILE]`: one measurement and its baselines.

Rules: a bench is a function that gives figures; benches are no tests and have no part in them.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from bench.report import Figure, as_json, as_text

BENCHES = {
    "boards": "bench.boards",
    "centre": "bench.centre",
    "desk": "bench.desk",
    "desk-ciw": "bench.desk_ciw",
    "desk-policies": "bench.desk_policies",
    "desk-rush": "bench.desk_rush",
    "desk-theory": "bench.desk_theory",
    "dispenser": "bench.dispenser",
    "forecast": "bench.forecast",
    "ratings": "bench.ratings",
}
"""Name of a bench and its module, which has `run(say) -> figures`."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one bench and print its figures."""
    parser = argparse.ArgumentParser(prog="./run bench", description=main.__doc__)
    parser.add_argument("name", choices=sorted(BENCHES))
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as one object")
    arguments = parser.parse_args(argv)
    run: Callable[[Callable[[str], None]], list[Figure]] = import_module(BENCHES[arguments.name]).run
    figures = run(lambda words: print(f"... {words}", file=sys.stderr))
    print(as_text(figures))
    if arguments.json:
        arguments.json.write_bytes(as_json(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
