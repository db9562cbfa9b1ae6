"""How busy desks are, through a real hub and its database: on the page, after a restart, in `goiso verify`."""

import sqlite3

from broker import verify
from broker.database import open_reader
from broker.store import Store
from tests.unit.test_figures import visit, write
from tests.web_hall import SITE, WebHall

YEAR = "from=2026-01-01&to=2026-12-31"


def page(hall: WebHall, query: str = YEAR, lang: str = "vi") -> str:
    return " ".join(hall.person("manager").get(f"/manager/waits?{query}&lang={lang}").text.split())


def test_a_restart_loses_no_minute_and_a_count_that_lies_is_found_and_made_anew(tmp_path):
    hall = WebHall(tmp_path)
    hall.take()
    hall.press("q01a", "open")
    hall.clock.advance(600)
    hall.press("q01a", "next")
    hall.close()
    again = WebHall(tmp_path)
    again.clock.advance(1200)
    again.press("q01a", "finish")
    again.press("q01a", "pause")
    again.clock.advance(3600)
    again.press("q01a", "close")
    assert '66,7 % <small class="quiet">(20 / 30 phút)' in page(again)
    assert "<td>67 %</td>" in page(again, YEAR + "&by=counter")
    again.close()
    database = tmp_path / "hub.sqlite"
    assert verify.check(open_reader(database)).sound
    with sqlite3.connect(database) as db:
        db.execute("UPDATE tally SET n = n + 60 WHERE measure = 'open_s' AND hour = 8")
    complaints = verify.check(open_reader(database)).complaints
    assert complaints
    assert all("open_s" in each for each in complaints)
    verify.rebuild(database)
    assert verify.check(open_reader(database)).sound


def test_days_before_it_was_kept_say_that_nothing_is_known(tmp_path):
    store = Store(tmp_path / "hub.sqlite", SITE.id, SITE.zone)
    with store.transaction() as transaction:
        transaction.turn_day("2026-11-20")
    write(store, "2026-11-20", 8, *visit())
    store.close()
    hall = WebHall(tmp_path)
    assert "chưa biết" in page(hall)
    assert "so how busy they were is not known" in page(hall, lang="en")
    hall.close()
