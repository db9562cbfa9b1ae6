"""`goiso printer-test --config FILE` or `--address ADDRESS`: print a page that proves what a printer can.

The printer is met as the kiosk meets it; what it says of itself stands on the terminal, what it can stands on paper.
Exit code 0 when the page is out by the printer's own word, 1 when it is not, 2 for a wrong command line or file.

Rules: composition root; the steps are in the driver `printer_trial.py`, every sentence is in `words.py`.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import assert_never, get_args
from urllib.parse import urlsplit

from appliance.runtime.config import ConfigError, load
from kiosk.config import KioskConfig, PrinterSection
from kiosk.drivers.escpos_status import Finding
from kiosk.drivers.lines import LineLost, Open, opener
from kiosk.drivers.printer_job import Confirm, Confirmation, Word
from kiosk.drivers.printer_probe import Found
from kiosk.drivers.printer_talk import Talk
from kiosk.drivers.printer_trial import Confirms, OnPaper, Step, Unanswered, try_out
from kiosk.drivers.proof_page import proof_page
from kiosk.printer_test import words

OPEN_S = 5.0
PAGE_S = 90.0
"""The page is long: half a minute at 9600 baud."""
FAILED, MISUSED = 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Print a page that proves what a ticket printer can; the exit code."""
    arguments = _arguments(argv)
    try:
        section = _section(arguments)
        with tempfile.TemporaryDirectory() as cache:
            return _try(section, opener(section.address, Path(cache)), arguments.numbers)
    except (ConfigError, ValueError) as error:
        sys.stderr.write(f"goiso printer-test: {error}\n")
        return MISUSED


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="goiso printer-test", description=(__doc__ or "").partition("\n\n")[0])
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--config", type=Path, help="the kiosk's file: its printer is tried")
    where.add_argument("--address", help="tcp://HOST:PORT, serial:/dev/ttyUSB0?baud=19200, usb:04b8:0e28")
    parser.add_argument("--dots", type=int, default=576, help="dots across: 576 on 80 mm paper, 384 on 58 mm")
    parser.add_argument(
        "--confirm", choices=get_args(Confirm), default="barrier", help="process-id: GS ( H in its manual"
    )
    parser.add_argument("--numbers", type=_numbers, default=[], help="further letter tables to print, such as 16-40")
    return parser.parse_args(argv)


def _section(arguments: argparse.Namespace) -> PrinterSection:
    """The printer to try. Raises ConfigError, ValueError."""
    if arguments.config is None:
        return PrinterSection(address=arguments.address, dots=arguments.dots, confirm=arguments.confirm)
    section = load(arguments.config, KioskConfig).printer
    if section.driver == "sim":
        raise ConfigError(" / ".join(words.SIMULATED))
    return section


def _numbers(text: str) -> list[int]:
    """`1-3,7` is 1, 2, 3, 7. Raises ValueError."""
    found: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    if not all(0 <= number <= 255 for number in found):
        raise ValueError("tables have numbers from 0 to 255")
    return found


def _try(section: PrinterSection, open_line: Open, numbers: Sequence[int]) -> int:
    way = Confirmation(section.confirm)

    def page(found: Found) -> bytes:
        facts = (found.name or words.NAMELESS.en, section.address, f"confirm = {section.confirm}")
        return proof_page(section.dots, facts, numbers, way.question())

    try:
        talk = Talk(open_line(OPEN_S))
    except LineLost as error:
        _say(words.unopened(error, urlsplit(section.address).scheme))
        return FAILED
    _say(words.OPENED, address=section.address)
    last: Step | None = None
    try:
        for last in try_out(talk, page, way, max(PAGE_S, section.deadline_s)):
            _tell(last, section)
    except LineLost as error:
        _say(words.lost(error))
        return FAILED
    finally:
        talk.close()
    return 0 if isinstance(last, OnPaper) and last.word is Word.CONFIRMED else FAILED


def _tell(step: Step, section: PrinterSection) -> None:
    match step:
        case Unanswered(nonsense):
            _say(words.NONSENSE if nonsense else words.SILENT)
            _offer_speeds(section.address)
        case Finding(state, detail):
            _say(words.state(state, detail))
        case Found():
            asked = ", ".join(map(str, step.requests))
            _say(words.FOUND, name=step.name or words.NAMELESS, asked=asked)
            _say(words.TELLS if step.tells else words.TELLS_NOT)
        case Confirms(yes):
            other = next(way for way in get_args(Confirm) if way != section.confirm)
            _say(words.CONFIRMS if yes else words.CONFIRMS_NOT, way=section.confirm, other=other)
        case OnPaper(word, size, seconds) if word is Word.CONFIRMED:
            _say(words.PRINTED, size=size, seconds=seconds)
            sys.stdout.write(words.TO_WRITE.format(address=section.address, dots=section.dots, confirm=section.confirm))
        case OnPaper():
            _say(words.UNCONFIRMED)
        case _:
            assert_never(step)


def _offer_speeds(address: str) -> None:
    """A serial printer that is not understood may talk at another speed; trying them all would print nonsense."""
    parts = urlsplit(address)
    if parts.scheme == "serial":
        _say(words.OTHER_SPEEDS)
        for baud in words.BAUDS:
            if f"baud={baud}" != parts.query:
                sys.stdout.write(f'  goiso printer-test --address "serial:{parts.path}?baud={baud}"\n')


def _say(said: words.Said, **facts: object) -> None:
    """Both languages, each with its own words for the facts."""
    for at, sentence in enumerate(said):
        own = {name: fact[at] if isinstance(fact, words.Said) else fact for name, fact in facts.items()}
        sys.stdout.write(("" if at == 0 else "  ") + sentence.format(**own) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
