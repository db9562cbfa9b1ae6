"""`goiso led-test --port PORT`: find out how an unknown LED panel wants to be spoken to.

Every kind of panel, speed and parity writes a number of its own; the one that appears on the panel names the setting.
Then every panel shows its own address, and what to write into the board's configuration is printed. With `--show TEXT`
one frame goes to one panel and its bytes are printed. Exit code 0 when a panel was found, 1 when none was or the line
is not there, 2 for a wrong command line.

Rules: composition root; the search is in `search.py`, the talk in `dialogue.py`, the line in the board's driver.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from appliance.runtime.config import ConfigError, load
from display_board.drivers.led_port import LedPort, LineError
from display_board.led_frames import Template
from display_board.led_test.dialogue import Talk, find, show
from display_board.led_test.search import Trial, trials

INSTALLED = Path("/etc/goiso/led")
SHIPPED = Path(__file__).parents[2] / "firmware_configs" / "led"
BAUDS = (9600, 19200, 4800, 2400, 38400, 115200)
MISUSED = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run as the command line says; the exit code."""
    arguments = _arguments(argv)
    talk = Talk(lambda kind: LedPort(arguments.port, kind), _say, _ask)
    try:
        kinds = [(str(file), load(file, Template)) for file in _files(arguments.template)]
        if arguments.show is not None:
            file, kind = kinds[0]
            done = show(talk, Trial(0, file, kind), arguments.addresses[0], arguments.show)
        else:
            done = find(talk, trials(kinds, arguments.bauds, ("N", "E")), arguments.addresses, arguments.port)
    except (ConfigError, ValueError) as error:
        sys.stderr.write(f"goiso led-test: {error}\n")
        return MISUSED
    except LineError as error:
        sys.stderr.write(
            f"goiso led-test: {error}\n"
            "Kiểm tra dây và tên cổng (ls /dev/serial/by-id). / Check cable and name of the port.\n"
        )
        return 1
    return 0 if done else 1


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="goiso led-test", description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--port", required=True, help="/dev/queue-led, /dev/ttyUSB0, socket://HOST:PORT")
    parser.add_argument("--template", type=Path, help="only this kind of panel (a file)")
    parser.add_argument("--addresses", type=_numbers, default=_numbers("1-32"), help="such as 1-32 or 5,7")
    parser.add_argument("--bauds", type=_numbers, default=BAUDS, help="speeds besides a kind's own, such as 9600,19200")
    parser.add_argument("--show", metavar="TEXT", help="send TEXT to the first address and print the bytes")
    arguments = parser.parse_args(argv)
    if arguments.show is not None and arguments.template is None:
        parser.error("--show needs --template")
    return arguments


def _files(only: Path | None) -> list[Path]:
    if only is not None:
        return [only]
    folder = INSTALLED if INSTALLED.is_dir() else SHIPPED
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise ConfigError(
            f"{INSTALLED} has no kind of panel: run firmware_configs/land led, or name one with --template"
        )
    return files


def _numbers(text: str) -> list[int]:
    """`1-3,7` is 1, 2, 3, 7. Raises ValueError."""
    found: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _ask(question: str) -> str:
    sys.stdout.write(question)
    sys.stdout.flush()
    return sys.stdin.readline()


if __name__ == "__main__":
    sys.exit(main())
