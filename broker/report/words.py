"""The words of reports, per language.

Rules: Vietnamese is complete; where another language has no word yet, the Vietnamese one stands.
"""

import functools
import json
from collections.abc import Mapping
from pathlib import Path

LANGUAGES = ("vi", "en", "km")
_FOLDER = Path(__file__).parent / "words"


@functools.cache
def words(language: str) -> Mapping[str, str]:
    """Every word of a report in `language`."""
    basic: dict[str, str] = json.loads((_FOLDER / "vi.json").read_text(encoding="utf-8"))
    if language == "vi":
        return basic
    own: dict[str, str] = json.loads((_FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return {**basic, **own}
