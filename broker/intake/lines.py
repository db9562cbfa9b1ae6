"""A file as the rest of the intake sees it: lines of named cells, and what was wrong with some of them.

Rules: pure; whatever is wrong is said in Vietnamese and English, with what to do.
"""

from collections.abc import Mapping

from msgspec import Struct

from appliance.wire.told import Words


class Line(Struct, frozen=True):
    """One line of a file: its number there, its cells by our names of the columns, what is wrong with it if known."""

    number: int
    cells: Mapping[str, str]
    wrong: Words | None = None


class Rejected(Struct, frozen=True):
    """A line that is not taken, and why."""

    line: int
    reason: Words


class RowError(ValueError):
    """Why one line cannot be right."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.words = Words(vi=vi, en=en)


class FileError(ValueError):
    """Why a whole file cannot be read; nothing of it is taken."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(f"{vi}\n{en}")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would compute these words."""
    return text[:1] in ("=", "@") or (text[:1] in ("+", "-") and text[1:2] not in ("", " ") and not text[1:2].isdigit())


def formula(column: str) -> Words:
    """What is said of a cell that computes."""
    return Words(
        vi=f"ô “{column}” chứa công thức; hãy dán giá trị (Paste Values) rồi lưu lại",
        en=f"cell {column!r} holds a formula; paste its value instead and save again",
    )
