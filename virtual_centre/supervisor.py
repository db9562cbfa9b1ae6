"""`./run demo`: reads the command line, brings the virtual centre up, tells where it is, and clears up behind it.

Rules: what is wrong is told in one line that names the option; Ctrl-C, SIGTERM and a closed terminal leave no process,
no port and, without --data, no file behind.
"""

import argparse
import logging
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from appliance.runtime.errors import CannotStart
from virtual_centre.bus_server import Program, installed_program
from virtual_centre.centre import Options, VirtualCentre
from virtual_centre.ports import HOST, free_port, is_free, require_free

PORT, BUS_PORT = 8080, 1883
READY_S = 120.0


def main(argv: Sequence[str] | None = None) -> int:
    """Run the demo until it is told to end; the exit code."""
    arguments = _parser().parse_args(argv)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    try:
        require_free(arguments.port, "--port")
        bus_port = _bus_port(arguments.bus_port)
        bus = arguments.bus or installed_program()
        if arguments.data:
            return _demo(Options(arguments.port, bus_port, arguments.data, arguments.speed, bus), kept=True)
        with tempfile.TemporaryDirectory(prefix="goiso-", ignore_cleanup_errors=True) as home:
            return _demo(Options(arguments.port, bus_port, Path(home), arguments.speed, bus), kept=False)
    except CannotStart as error:
        sys.stderr.write(f"demo: {error}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run demo", description="A whole centre on this machine, in a browser.")
    parser.add_argument("--port", type=_port, default=PORT, metavar="N", help=f"where the pages are ({PORT})")
    parser.add_argument("--bus-port", type=_port, metavar="N", help=f"where the MQTT bus is ({BUS_PORT})")
    parser.add_argument("--bus", choices=get_args(Program), help="which bus (Mosquitto where it is installed)")
    parser.add_argument("--data", type=Path, metavar="DIR", help="keep the data there (default: gone at the end)")
    parser.add_argument("--speed", type=_pace, default=1.0, metavar="X", help="pace of the centre's clock, 1 to 60 (1)")
    return parser


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is no port; use 1 to 65535")
    return int(text)


def _pace(text: str) -> float:
    try:
        pace = float(text.removeprefix("×").removeprefix("x"))
    except ValueError:
        pace = 0.0
    if not 1 <= pace <= 60:
        raise argparse.ArgumentTypeError(f"{text} is no pace; use 1 to 60")
    return pace


def _bus_port(wanted: int | None) -> int:
    """The port that was asked for, else the usual one, else any: many machines have a Mosquitto of their own."""
    if wanted is not None:
        require_free(wanted, "--bus-port")
        return wanted
    return BUS_PORT if is_free(BUS_PORT) else free_port()


def _demo(options: Options, kept: bool) -> int:
    centre = VirtualCentre(options)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: centre.end())
    try:
        _say("goiso: mở trung tâm ảo… · opening the virtual centre…")
        if centre.start(READY_S):
            _tell(options, kept)
            centre.run()
        _say("goiso: đóng cửa… · closing…")
    finally:
        centre.stop()
    return 0


def _tell(options: Options, kept: bool) -> None:
    page = f"http://{HOST}:{options.port}/virtual"
    data = f"{options.home} ({'kept' if kept else 'gone at the end'})"
    _say(f"""
  Trung tâm ảo · virtual centre   {page}
  Đường truyền · bus              mqtt://{HOST}:{options.bus_port} ({options.bus})
  Dữ liệu · data                  {data}
  Ctrl-C để dừng · to stop
""")


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
