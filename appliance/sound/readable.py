"""What is written for the eye, rewritten for a voice: ranges, dots between facts, figures.

Rules: pure; the meaning stays; Vietnamese figures become words, for espeak-ng reads 15 as "mười năm".
"""

import re

from appliance.sound.numbers import quantity
from appliance.sound.said import Said

_TO = {"vi": " đến ", "en": " to "}
_OF = {"vi": " trên ", "en": " of "}
_UNITS = {"vi": ((r"(?<=\d)\s*đ\b", " đồng"),), "en": ((r"\bmin\b", "minutes"),)}


def readable(said: Said) -> str:
    """The words as one line that a voice reads right."""
    words, language = said.words, said.language
    for pattern, spoken in _UNITS.get(language, ()):
        words = re.sub(pattern, spoken, words)
    words = re.sub(r"\b(\d{1,2}):(\d\d)\b", lambda match: _hour(int(match[1]), int(match[2]), language), words)
    words = re.sub(r"(?<=[.!?])\s*\n\s*", " ", words)
    words = re.sub(r"(?<=\d)[.](?=\d{3}\b)", "", words)
    words = re.sub(r"(?<=\d)\s*[–-]\s*(?=\d)", _TO.get(language, "–"), words)
    words = re.sub(r"\((\d+)/(\d+)\)", rf"\1{_OF.get(language, '/')}\2", words)
    words = re.sub(r"\s*[·•;\n]\s*", ", ", words)
    words = re.sub(r"[…_]+", " ", words)
    if language == "vi":
        words = re.sub(r"(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)", " ", words)
        words = re.sub(r"\d+", lambda match: quantity(int(match[0]), "vi"), words)
    return re.sub(r"\s+", " ", words).strip(" ,")


def _hour(hour: int, minute: int, language: str) -> str:
    """A time of the day, as people say it."""
    if language == "vi":
        return f"{hour} giờ {minute}" if minute else f"{hour} giờ"
    if language == "en":
        said = f"{(hour - 1) % 12 + 1}" + (f" {minute:02}" if minute else "")
        return f"{said} {'p.m.' if hour >= 12 else 'a.m.'}"
    return f"{hour}:{minute:02}"
