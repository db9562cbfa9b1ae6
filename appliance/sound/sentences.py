"""From a call to the clips that say it: "Mời công dân số | A | không | một | hai | đến quầy số | năm".

A clip has a name, which is its file without ".wav": `chime`, `vi/digit-0`, `vi/letter-a`, `vi/number-19`; the words of
a phrase or of a place without a number name themselves: `vi/moi-cong-dan-so`. Rules: pure; ticket numbers sign by sign;
the words of every clip are known here, so that a voice can be made or recorded; a sentence says what the board shows.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from appliance.sound.numbers import digit, letter, quantity
from appliance.sound.said import Said

CHIME = "chime"
DIGITS = "0123456789"
_BLANK = re.compile(r"\{(\w+)\}")
_NUMBERED = re.compile(r"(?:\S+\s+)?([0-9]{1,4})")
"""A label that is one word and a number, such as "Quầy 5": any other is called by its words."""
_LONGEST_NAME = 60


class Phrasing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one language calls. `numbered` is for a counter whose label has a number, `named` for all others.

    `counters`: "number" says counter 19 as "mười chín", "digits" as "một chín".
    """

    numbered: str
    named: str
    counters: Literal["number", "digits"] = "number"

    def __post_init__(self) -> None:
        for template, blanks in ((self.numbered, {"number", "counter"}), (self.named, {"number", "place"})):
            found = set(_BLANK.findall(template))
            if found != blanks:
                raise ValueError(
                    f"{template!r} needs exactly {' and '.join(f'{{{blank}}}' for blank in sorted(blanks))}"
                )

    def bare(self) -> "Phrasing":
        """Without the words before the number, for a time of many calls; needs no other clips."""
        return replace(self, numbered=_without_invitation(self.numbered), named=_without_invitation(self.named))


PHRASINGS: Mapping[str, Phrasing] = {
    "vi": Phrasing(
        numbered="Mời công dân số {number}, đến quầy số {counter}", named="Mời công dân số {number}, đến {place}"
    ),
    "en": Phrasing(
        numbered="Number {number}, please go to counter {counter}", named="Number {number}, please go to {place}"
    ),
    "km": Phrasing(numbered="សូមអញ្ជើញលេខ {number} ទៅបញ្ជរលេខ {counter}", named="សូមអញ្ជើញលេខ {number} ទៅ {place}"),
}
"""What a centre says that has not written its own."""


def call(phrasing: Phrasing, language: str, number: str, place: str) -> tuple[str, ...]:
    """The clips of one call: ticket `number`, such as "A012", to the counter labelled `place`, such as "Quầy 5"."""
    return tuple(name for name, _ in _pieces(phrasing, language, _signs(number, language), place))


def pattern(phrasing: Phrasing, language: str, place: str) -> tuple[str, ...]:
    """The clips of any call to the counter labelled `place`; "" stands where the `signs` of the number go."""
    return tuple(name for name, _ in _pieces(phrasing, language, [("", Said("", language))], place))


def signs(language: str, letters: Iterable[str]) -> dict[str, str]:
    """The clip of every sign that numbers of these letters have."""
    return {sign: name for sign in (*letters, *DIGITS) for name, _ in _signs(sign, language)}


def words(phrasing: Phrasing, language: str, number: str, place: str) -> str:
    """What the clips of one call say, for those who read it."""
    return " ".join(said.words for _, said in _pieces(phrasing, language, _signs(number, language), place))


def clips_of_calls(phrasing: Phrasing, language: str, letters: Iterable[str], places: Iterable[str]) -> dict[str, Said]:
    """Every clip that calls to these places can need, and what it says."""
    number = _signs("".join(letters) + DIGITS, language)
    return {name: said for place in places or ("",) for name, said in _pieces(phrasing, language, number, place)}


def name_of(said: Said) -> str:
    """The clip of a phrase: its words without marks and gaps; words of another script by a checksum."""
    plain = unicodedata.normalize("NFD", said.words.lower().replace("đ", "d"))
    name = "-".join(re.findall(r"[a-z0-9]+", "".join(sign for sign in plain if not unicodedata.combining(sign))))
    if not name or len(name) > _LONGEST_NAME:
        name = f"{name[:_LONGEST_NAME]}-{zlib.crc32(said.words.encode()):08x}".lstrip("-")
    return f"{said.language}/{name}"


def _without_invitation(template: str) -> str:
    """What names the place first must stay whole."""
    before, number, after = template.partition("{number}")
    return template if "{" in before else number + after


def _pieces(phrasing: Phrasing, language: str, number: list[tuple[str, Said]], place: str) -> list[tuple[str, Said]]:
    match = _NUMBERED.fullmatch(place)
    blanks = {
        "number": number,
        "counter": _counter(int(match[1]), phrasing.counters, language) if match else [],
        "place": [_phrase(place, language)] if place else [],
    }
    pieces: list[tuple[str, Said]] = []
    for index, text in enumerate(_BLANK.split(phrasing.numbered if match else phrasing.named)):
        if index % 2:
            pieces += blanks[text]
        elif words := text.strip(" ,.;:"):
            pieces.append(_phrase(words, language))
    return pieces


def _phrase(words: str, language: str) -> tuple[str, Said]:
    said = Said(words, language)
    return name_of(said), said


def _signs(number: str, language: str) -> list[tuple[str, Said]]:
    return [
        (f"{language}/digit-{sign}", Said(digit(sign, language), language))
        if sign in DIGITS
        else (f"{language}/letter-{sign.lower()}", Said(letter(sign, language), language))
        for sign in number
        if sign.isascii() and sign.isalnum()
    ]


def _counter(counter: int, way: str, language: str) -> list[tuple[str, Said]]:
    if way == "digits" or counter < 10:
        return _signs(str(counter), language)
    return [(f"{language}/number-{counter}", Said(quantity(counter, language), language))]
