"""What a scanned code is: a citizen's card, the receipt of a dossier, an appointment, or nothing that is known here.

A card's code is a line of fields between `|`: number of 12 digits, old number, name, birth ddmmyyyy, sex, address, date
of issue; the cards since July 2024 add fields behind those. Of the old, whose day of birth nobody knows, the calendar
begins on 1 January. A receipt's code begins with its agency's identifier (Decision 20/2020/QĐ-TTg), such as
`H12.15-231123-0001`, perhaps inside a web address.

Rules: pure; any bytes give an answer; of a card nothing leaves but the priority group of its age and the day's token,
of an appointment nothing but a token.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from appliance.wire import appointments
from appliance.wire.cards import token

LONGEST = 1024
"""No code is longer, in bytes: a card's has about 150."""
OLDEST = 130
_AIM = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:\][A-Za-z][0-9A-Za-z])?")
"""What scanners may put before a code: a byte order mark, the kind of the code."""
_CONTROL = re.compile(rb"[\x00-\x1f\x7f]")
_BETWEEN = re.compile(rb"[^A-Za-z0-9.-]+")


@dataclass(frozen=True)
class Legend:
    """What codes mean at this centre: (age from which, group), (beginning, department), how appointments begin."""

    ages: tuple[tuple[int, str], ...] = ()
    receipts: tuple[tuple[str, str], ...] = ()
    appointment: str = ""


@dataclass(frozen=True)
class Card:
    """Somebody's card: the group that has priority by age ("": none), and its token ("" while there is no key)."""

    group: str
    token: str = field(repr=False)


@dataclass(frozen=True)
class Receipt:
    """A dossier was handed in at `department`."""

    department: str


@dataclass(frozen=True)
class Appointment:
    """Somebody comes at a time of their own: what stands for the portal's code."""

    token: str = field(repr=False)


@dataclass(frozen=True)
class Unknown:
    """Nothing that is known here."""


Code = Card | Receipt | Appointment | Unknown


def read(data: bytes, legend: Legend, today: date | None, key: bytes) -> Code:
    """What `data` is. `today` None: nobody knows the day, so no age either; `key` is the day's, b"" while unknown."""
    if len(data) >= LONGEST:
        return Unknown()
    text = _AIM.sub(b"", data.strip(b"\r\n\t \x02\x03"))
    if not text or _CONTROL.search(text):
        return Unknown()
    if legend.appointment and text.startswith(legend.appointment.encode()):
        code = text.decode(errors="replace")
        if not appointments.is_code(code, legend.appointment):
            return Unknown()
        return Appointment(appointments.token(code, legend.appointment))
    return _card(text, legend, today, key) or _receipt(text, legend) or Unknown()


def _card(text: bytes, legend: Legend, today: date | None, key: bytes) -> Card | None:
    number, *others = (part.strip() for part in text.split(b"|"))
    birth = next(filter(None, map(_date, others[:4])), None)
    if not re.fullmatch(rb"[0-9]{12}", number) or len(others) < 3 or birth is None:
        return None
    age = _age(birth, today) if today is not None else 0
    if not 0 <= age <= OLDEST:
        return None
    groups = [group for start, group in sorted(legend.ages) if start <= age]
    return Card(groups[-1] if groups else "", token(key, number.decode()) if key else "")


def _date(text: bytes) -> date | None:
    digits = re.sub(rb"[/.-]", b"", text)
    if re.fullmatch(rb"[0-9]{4}", digits):
        digits = b"0000" + digits
    if not re.fullmatch(rb"[0-9]{8}", digits):
        return None
    try:
        return date(int(digits[4:]), int(digits[2:4]) or 1, int(digits[:2]) or 1)
    except ValueError:
        return None


def _age(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def _receipt(text: bytes, legend: Legend) -> Receipt | None:
    words = [word.upper() for word in _BETWEEN.split(text)]
    for start, department in sorted(legend.receipts, key=lambda receipt: -len(receipt[0])):
        if any(word.startswith((f"{start}-".upper().encode(), f"{start}.".upper().encode())) for word in words):
            return Receipt(department)
    return None
