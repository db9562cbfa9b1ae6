"""A report's names and figures in the words of one language, as cells.

Rules: pure; a percentage of ratings is never "100 %"; what is not known is a dash or says so.
"""

import math
from collections.abc import Mapping

from broker.figures import Ratings
from broker.formats import date, number, percent
from broker.model import Names, name_in
from broker.report.content import Report
from broker.report.document import Cell, cell
from broker.statistics import satisfaction

Words = Mapping[str, str]
Places = tuple[int, int] | None


class Wording:
    """A report's figures in the words of one language."""

    def __init__(self, report: Report, words: Words, language: str) -> None:
        self.report, self.words, self.language = report, words, language

    def name(self, names: Names) -> str:
        """A name in the language, or in Vietnamese where there is none."""
        return name_in(names, self.language)

    def count(self, value: int | None, more: bool = False) -> Cell:
        """A whole number, with a plus where it may be a few `more`; a dash where there is none."""
        if value is None:
            return cell(self.words["none"])
        text = number(value, self.language)
        return cell(f"{text}+") if more else Cell(text, value, "count")

    def share(self, part: int | None, whole: int | None, at: Places = None) -> Cell:
        """A share of dossiers or visits, whose counts stand `at` two columns of its row; a dash of nothing,
        plain counts of all and of none."""
        if not whole or part is None:
            return cell(self.words["none"])
        if part in (0, whole):
            return cell(f"{number(part, self.language)}/{number(whole, self.language)}")
        return Cell(percent(satisfaction.percent(part, whole), self.language), part / whole, "percent", share=at)

    def satisfied(self, row: Ratings, at: Places = None) -> Cell:
        """The share satisfied, as it may be printed; see `share`."""
        if row.satisfied is None or row.rated is None:
            return cell(self.words["not_yet"])
        if not row.rated:
            return cell(self.words["no_ratings"])
        if row.told == "at_least":
            return cell(self.words["at_least_share"].format(low=percent(row.percent, self.language)))
        interval = satisfaction.wilson(row.satisfied, row.rated)
        counts = {"satisfied": number(row.satisfied, self.language), "rated": number(row.rated, self.language)}
        if row.satisfied == row.rated:
            return cell(self.words["at_least"].format(low=math.floor(100 * interval.low), **counts))
        if row.satisfied == 0:
            return cell(self.words["at_most"].format(high=math.ceil(100 * interval.high), **counts))
        return self.share(row.satisfied, row.rated, at)

    def response(self, row: Ratings, at: Places = None) -> Cell:
        """The share of finished visits that were rated; see `share`."""
        if row.rated is None:
            return cell(self.words["none"])
        if row.told == "at_least":
            return cell(self.words["at_least_share"].format(low=percent(row.response_percent, self.language)))
        # A press may count on the day after its visit: then the response is not its two counts divided.
        return self.share(min(row.rated, row.served), row.served, at if row.rated <= row.served else None)

    def days(self, row: Ratings) -> str:
        """Of which days a row of ratings speaks, where these are not all of the report's; or that it says nothing."""
        if row.told == "not_yet":
            return self.words["not_yet_note"]
        if (row.first, row.last) == (self.report.start, self.report.end):
            return ""
        return self.words["days_of"].format(first=date(row.first, self.language), last=date(row.last, self.language))

    def between(self, low: float | None, high: float | None, decimals: int = 2) -> str:
        """From a percentage to another; one of them alone where the other is 0 or 100, a dash where there are none."""
        if low is None or high is None or (low <= 0 and high >= 100):
            return self.words["none"]
        least = 10.0**-decimals
        low, high = min(round(low, decimals), 100 - least), max(round(high, decimals), least)
        if high >= 100:
            return self.words["from"].format(low=percent(low, self.language, decimals))
        if low <= 0:
            return self.words["up_to"].format(high=percent(high, self.language, decimals))
        return f"{number(low, self.language, decimals)}–{percent(high, self.language, decimals)}"

    def levels(self) -> str:
        """Which levels count as satisfied."""
        named = ", ".join(f"“{self.name(level.name).lower()}”" for level in self.report.levels if level.satisfied)
        return self.words["levels"].format(levels=named)
