"""The lines of a file that are not taken, told one below the other in two languages.

Rules: all are counted, the first ones kept; memory does not grow with a file that is wrong in every line.
"""

from msgspec import Struct, field

from broker.intake.lines import Rejected

LISTED = 10_000
SHOWN = 20


class Refused(Struct):
    """How many, and the first of them."""

    count: int = 0
    lines: list[Rejected] = field(default_factory=list)

    def add(self, rejected: Rejected) -> None:
        """One more."""
        self.count += 1
        if len(self.lines) < LISTED:
            self.lines.append(rejected)

    def text(self) -> str:
        """The first few for a terminal."""
        told = [f"dòng {row.line}: {row.reason.vi}\n  line {row.line}: {row.reason.en}" for row in self.lines[:SHOWN]]
        if self.count > SHOWN:
            told.append(f"... và {self.count - SHOWN} dòng nữa / and {self.count - SHOWN} more")
        return "".join(f"{line}\n" for line in told)

    def table(self) -> list[list[str]]:
        """All that are kept, for a file."""
        return [["line", "vi", "en"], *([str(row.line), row.reason.vi, row.reason.en] for row in self.lines)]
