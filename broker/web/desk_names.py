"""What a desk is called on the pages of staff.

Rules: pure; a desk that the centre has no longer is said by its id.
"""

from collections.abc import Mapping

from broker.model import Site, name_in


def desk_name(site: Site, desk: str, t: Mapping[str, str], lang: str) -> str:
    """`Quầy 1 · bàn a`: its label, and in other languages the counter and which of its desks, in the words `t`."""
    known = site.desks.get(desk)
    if known is None:
        return desk
    if lang == "vi" and known.label:
        return known.label
    names, letter = site.counters[known.counter].names, known.id.removeprefix(known.counter)
    counter = name_in(names, lang)
    return f"{counter} · {t['desk_word']} {letter}" if letter else counter
