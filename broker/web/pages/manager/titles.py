"""What the rows of a table stand for, in words.

Rules: a key that the centre has no longer is said as it is.
"""

from broker import formats
from broker.grouping import NO_DEPARTMENT
from broker.model import Names, Site
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
            return _in(known.field, lang)
        case "queue" if line := site.queues.get(key):
            return f"{line.prefix} · {_in(line.names, lang)}"
        case "counter" if counter := site.counters.get(key):
            return _in(counter.names, lang)
        case "desk":
            return desk_name(site, key, words(lang), lang)
        case "service" if service := site.services.get(key):
            whose = site.departments.get(service.department)
            return f"{_in(whose.field, lang)}: {_in(service.names, lang)}" if whose else _in(service.names, lang)
    return key


def _in(names: Names, lang: str) -> str:
    return names.get(lang) or names["vi"]
