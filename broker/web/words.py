"""The words on the pages, per language.

Rules: Vietnamese is whole, English is whole, Khmer has at least what citizens read; a word that is missing somewhere is
said in Vietnamese, never as its key.
"""

import functools
import json
from collections.abc import Mapping
from pathlib import Path

LANGUAGES = ("vi", "en", "km")
STAFF_LANGUAGES = ("vi", "en")
_FOLDER = Path(__file__).parent / "words"


@functools.cache
def words(language: str) -> Mapping[str, str]:
    """Every word of the pages in `language`."""
    basic: dict[str, str] = json.loads((_FOLDER / "vi.json").read_text(encoding="utf-8"))
    if language == "vi":
        return basic
    own: dict[str, str] = json.loads((_FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return {**basic, **own}
