"""The words on the pages, per language: those of all pages, and a folder for each group of pages with many.

Rules: Vietnamese is whole, English is whole, Khmer has at least what citizens read; a word that is missing somewhere is
said in Vietnamese, never as its key; no word stands in two files.
"""

import functools
import json
from collections.abc import Mapping
from pathlib import Path

LANGUAGES = ("vi", "en", "km")
STAFF_LANGUAGES = ("vi", "en")
FOLDER = Path(__file__).parent / "words"


@functools.cache
def words(language: str) -> Mapping[str, str]:
    """Every word of the pages in `language`."""
    basic = _read("vi")
    return basic if language == "vi" else {**basic, **_read(language)}


def _read(language: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for file in sorted(FOLDER.rglob(f"{language}.json")):
        said |= json.loads(file.read_text(encoding="utf-8"))
    return said
