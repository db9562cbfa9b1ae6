"""Words that are meant to be heard, and the language they are in. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """`words` as they are written, `language` as on the bus: `vi`, `en`, `km`."""

    words: str
    language: str
