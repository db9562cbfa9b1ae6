"""A text that attacks is shown as text, wherever it came from: data files, boxes, clerks, accounts, addresses."""

import re
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from appliance.wire.messages import Health
from appliance.wire.told import Part
from broker.web.pages.frame import HERE
from tests.web_hall import SITE, WebHall


class Strangers(HTMLParser):
    """What no page of ours has: scripts and styles inside, event attributes, elements that we never use."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("img", "i", "iframe", "object", "style") or (
            tag == "script" and not str(given.get("src")).startswith("/static/")
        ):
            self.found.append(tag)
        self.found += [name for name in given if name.startswith("on") or name == "style"]
        self.found += [
            str(value)
            for value in given.values()
            if str(value).strip().lower().startswith("javascript:") and tag == "a"
        ]

    @classmethod
    def in_page(cls, page: str) -> list[str]:
        parser = cls()
        parser.feed(page)
        return parser.found


EVIL = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title><svg/onload=alert(1)>",
    "{{ 7191*7 }}{% raw %}",
    "javascript:alert(1)",
    "\u202e\u0000<i>",
]


@pytest.mark.parametrize("evil", EVIL)
def test_a_text_is_shown_as_text_wherever_it_came_from(tmp_path, evil):
    queues = {key: replace(queue, names={"vi": evil, "en": evil}) for key, queue in SITE.queues.items()}
    services = {key: replace(each, names={"vi": evil, "en": evil}) for key, each in SITE.services.items()}
    desks = {key: replace(each, label=evil) for key, each in SITE.desks.items()}
    counters = {key: replace(each, names={"vi": evil}, serves={"vi": evil}) for key, each in SITE.counters.items()}
    departments = {key: replace(each, field={"vi": evil}) for key, each in SITE.departments.items()}
    levels = tuple(replace(level, names={"vi": evil}) for level in SITE.levels)
    site = replace(
        SITE,
        names={"vi": evil, "en": evil},
        queues=queues,
        services=services,
        desks=desks,
        counters=counters,
        departments=departments,
        levels=levels,
    )
    hall = WebHall(tmp_path, site=site)
    ticket = hall.take().ticket
    hall.serve_and_rate(1)
    hall.press("q01a", "pause", reason=evil[:200])
    hall.boxes.healthy("kiosk-1", Health(parts={evil: Part(state="fault", reason=evil)}))
    boss = hall.person("admin")
    boss.submit("/admin/notice", "/admin", text=evil)
    hall.account("lan", "clerk", "q01a")
    hall.staff.store.put_account(replace(hall.staff.store.account("lan"), display=evil))
    pages = [
        "/admin",
        "/manager",
        "/manager/satisfaction",
        "/desk",
        "/desk/q01a",
        "/reception",
        "/board",
        f"/t/{ticket.code}",
        "/login",
        f"/{evil}",
    ]
    for page in pages:
        shown = boss.get(page, headers={"Accept-Language": evil}).text
        assert "50337" not in shown, page
        assert Strangers.in_page(shown) == [], page
    hall.close()


def test_no_template_switches_escaping_off():
    sources = [path for kind in ("*.html", "*.py") for path in HERE.rglob(kind)]
    assert sources
    for path in sources:
        assert not re.search(
            r"\|\s*safe\b|Markup\(|autoescape\s*(=\s*)?[Ff]alse|innerHTML\s*=", path.read_text("utf-8")
        ), path
