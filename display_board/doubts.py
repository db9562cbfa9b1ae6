"""What is wrong with what the board was told: desks that the centre does not have, texts that it can only show in part.

Rules: pure; the board shows the rest all the same; "" when nothing is wrong, else one line for whoever must mend it.
"""

from collections.abc import Iterable, Iterator, Set

from appliance.wire.messages import SiteState
from appliance.wire.site import SiteDocument
from display_board.compose import NAME_LIMIT, NOTICE_LIMIT, PLACE_LIMIT
from display_board.readable import is_readable

MOST_NAMED = 5


def strangers(desks: Set[str], counters: Set[str], site: SiteState | None, words: SiteDocument | None) -> str:
    """Which of the configuration's `desks` and `counters` nobody knows."""
    unknown = desks - set(site.desks) if site else set()
    if words:
        unknown = unknown | (counters - {counter.id for counter in words.counters})
    return f"not in the centre's data: {_some(sorted(unknown))}; correct the board's configuration" if unknown else ""


def garbled(site: SiteState | None, words: SiteDocument | None) -> str:
    """Which texts are too long, or hold signs that turn, hide, stack or have no font."""
    spoilt = [name for name, text, limit in _texts(site, words) if not is_readable(text, limit)]
    return f"shown in part, too long or with signs that no board can show: {_some(spoilt)}" if spoilt else ""


def _texts(site: SiteState | None, words: SiteDocument | None) -> Iterator[tuple[str, str, int]]:
    """Whose text, the text, and how many signs of it are shown."""
    if site:
        yield "notice", site.notice, NOTICE_LIMIT
    if words:
        yield "centre", words.name.vi, NAME_LIMIT
        for desk in words.desks:
            yield f"desk {desk.id}", desk.label, PLACE_LIMIT
        named = [(f"counter {counter.id}", counter.label) for counter in words.counters]
        named += [(f"queue {queue.id}", queue.name) for queue in words.queues]
        for name, text in named:
            for said in (text.vi, text.en, text.km):
                yield name, said, PLACE_LIMIT


def _some(names: Iterable[str]) -> str:
    found = list(dict.fromkeys(names))
    more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    return ", ".join(found[:MOST_NAMED]) + more
