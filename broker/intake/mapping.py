"""How another program's table is read as ours: a mapping file.

```
header = 1                      # the line with the columns' names
sheet = "Danh sách"             # of a workbook; the first one if left out
dates = ["%d/%m/%Y"]            # how days are written, beside YYYY-MM-DD
[columns]                       # ours = theirs
key = "Mã hồ sơ"
[values.channel]                # theirs = ours
"Trực tuyến" = "online"
[constants]                     # columns that they do not have
delivery = ""
```

Rules: a mapping renames and translates, it never computes; an unknown key in it is a mistake.
"""

import tomllib
import unicodedata
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct, field

from broker.intake.lines import FileError


class Mapping(Struct, frozen=True, forbid_unknown_fields=True):
    """See above; empty, it reads a table that has our own columns."""

    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    dates: tuple[str, ...] = ()
    sheet: str = ""
    header: int = 1

    def theirs(self, column: str) -> str:
        """Their name of our column."""
        return self.columns.get(column, column)

    def value(self, column: str, text: str, is_day: bool) -> str:
        """What their text in a column is to us."""
        known = {plain(theirs): ours for theirs, ours in self.values.get(column, {}).items()}
        if plain(text) in known:
            return known[plain(text)]
        return self._day(text) if is_day and text else text

    def _day(self, text: str) -> str:
        for form in self.dates:
            try:
                return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007  # because a day has no zone
            except ValueError:
                continue
        return text


def plain(text: str) -> str:
    """A name or value as it is compared: composed, trimmed, in small letters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def load_mapping(path: Path) -> Mapping:
    """The mapping in a file. Raises FileError, OSError."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Mapping)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise FileError(
            f"{path.name}: tệp ánh xạ cột chưa đúng: {error}", f"{path.name}: the mapping file is wrong: {error}"
        ) from error
