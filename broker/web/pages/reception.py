"""Reception: a number for somebody who cannot use the dispenser.

Rules: the number is asked for by the same API as a dispenser's; what is shown afterwards is what the hub answered.
"""

from flask import Response

from broker.model import Service, name_in
from broker.staff.identity import Identity
from broker.web.context import Web
from broker.web.pages.frame import language, render
from broker.web.words import STAFF_LANGUAGES, words


def reception(web: Web, who: Identity) -> Response:
    """GET /reception."""
    lang = language(STAFF_LANGUAGES)
    offers: dict[str, list[Service]] = {}
    for service in web.site.services.values():
        department = web.site.departments.get(service.department)
        field = name_in(department.field, lang) if department else words(lang)["manager_own"]
        offers.setdefault(field, []).append(service)
    counters = {counter.id: name_in(counter.names, lang) for counter in web.site.counters.values()}
    return render(web, who, "reception.html", lang=lang, offers=list(offers.items()), counters=counters)
