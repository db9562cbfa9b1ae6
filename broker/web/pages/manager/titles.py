"""What the rows of a table stand for, in words.

Rules: a key that the centre has no longer is said as it is.
"""

from broker import formats
from broker.grouping import NO_DEPARTMENT
from broker.model import Site, name_in
from broker.web.desk_names import desk_name
from broker.web.words import words


def title(site: Site, by: str, key: str, lang: str) -> str:
    """The name of a key of `figures`."""
    t = words(lang)
    match by:
        case "weekday":
            return t["weekdays_mixed" if key == "-" else f"weekday_{key}"]
        case "hour":
            return f"{key[:2]}:00–{key[-2:]}:59"
        case "day" | "week":
            return formats.date(key, lang)
        case "month":
            return f"{key[5:]}/{key[:4]}"
    return t["manager_own"] if (by, key) == ("department", NO_DEPARTMENT) else _place(site, by, key, lang)


def _place(site: Site, by: str, key: str, lang: str) -> str:
    match by:
        case "department" if known := site.departments.get(key):
            return name_in(known.field, lang)
        case "queue" if line := site.queues.get(key):
            return f"{line.prefix} · {name_in(line.names, lang)}"
        case "counter" if counter := site.counters.get(key):
            return name_in(counter.names, lang)
        case "desk":
            return desk_name(site, key, words(lang), lang)
        case "service" if service := site.services.get(key):
            whose = site.departments.get(service.department)
            plain = name_in(service.names, lang)
            return f"{name_in(whose.field, lang)}: {plain}" if whose else plain
    return key
