"""The life of every box, from its command line to its exit code.

Rules: exit codes are 0 ended as asked, 1 died of an error (the log says which), 2 wrong command line or configuration,
3 cannot start (the one line says why). SIGTERM and SIGINT end it in order. Logs go to stderr, one line per change.
"""

import argparse
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from appliance.runtime.config import ConfigError, dump, load
from appliance.runtime.errors import CannotStart
from appliance.runtime.loop import App, Loop
from appliance.runtime.notify import Supervisor

logger = logging.getLogger(__name__)

OK, MISUSED, CANNOT_START = 0, 2, 3
_LEVELS = ("debug", "info", "warning", "error")

T = TypeVar("T", bound=msgspec.Struct)


def main(
    argv: Sequence[str] | None,
    name: str,
    config_type: type[T],
    build: Callable[[T, Loop], App],
    check: Callable[[T], None] = lambda _: None,
) -> int:
    """Run the box `name` as the command line says; the exit code.

    `build` puts the box together from its configuration, `check` looks at what else it would need; both may raise
    CannotStart.
    """
    arguments = _parser(name).parse_args(argv)
    _log_to_stderr(arguments.log_level)
    try:
        config = load(arguments.config, config_type)
        if arguments.check_config:
            check(config)
            sys.stdout.write("OK\n")
            return OK
        if arguments.dump_config:
            sys.stdout.write(dump(config))
            return OK
        return _live(name, lambda loop: build(config, loop))
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        return MISUSED
    except CannotStart as error:
        sys.stderr.write(f"{name}: {error}\n")
        return CANNOT_START


def _parser(name: str) -> argparse.ArgumentParser:
    codes = "Exit codes: 0 ended as asked, 1 error, 2 misuse, 3 cannot start."
    parser = argparse.ArgumentParser(prog=name, epilog=codes)
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help="the box's TOML file")
    parser.add_argument("--check-config", action="store_true", help="say OK or what is wrong with FILE, and end")
    parser.add_argument("--dump-config", action="store_true", help="print FILE with all defaults, and end")
    parser.add_argument("--log-level", choices=_LEVELS, default="info", help="least level that is logged (info)")
    return parser


def _live(name: str, build: Callable[[Loop], App]) -> int:
    loop, supervisor = Loop(), Supervisor()
    app = build(loop)
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: loop.stop())

    def ready() -> None:
        supervisor.tell("READY=1")
        logger.info("%s runs", name)

    def turned() -> None:
        if loop.alive:
            supervisor.feed()

    try:
        return loop.run(app, ready, turned)
    finally:
        supervisor.tell("STOPPING=1")
        logger.info("%s ended", name)


class _Journal(logging.Formatter):
    """Lines for systemd's journal: it knows time and unit itself, and reads the level from `<N>`."""

    _PRIORITIES = ((logging.ERROR, 3), (logging.WARNING, 4), (logging.INFO, 6), (logging.DEBUG, 7))

    def format(self, record: logging.LogRecord) -> str:
        priority = next((number for level, number in self._PRIORITIES if record.levelno >= level), 7)
        return "\n".join(f"<{priority}>{line}" for line in super().format(record).splitlines())


def _log_to_stderr(level: str) -> None:
    handler = logging.StreamHandler()
    if "JOURNAL_STREAM" in os.environ:
        handler.setFormatter(_Journal("%(name)s: %(message)s"))
    else:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
