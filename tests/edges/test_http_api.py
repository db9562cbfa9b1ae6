"""The HTTP API on a real hub: what it answers, what it refuses, and that a repeated request is not done twice."""

import json
import re
import uuid

import pytest

from appliance.wire.messages import Health
from appliance.wire.told import Part
from tests.web_hall import WebHall


@pytest.fixture
def hall(tmp_path):
    hall = WebHall(tmp_path)
    yield hall
    hall.close()


@pytest.fixture
def admin(hall):
    return hall.program("admin")


def test_a_ticket_over_http_is_the_ticket_over_the_bus(hall, admin):
    answer = admin.post("/api/v1/tickets", {"service": "tnmt-nop", "lang": "km"})
    assert answer.status_code == 201
    ticket = answer.json["ticket"]
    assert (ticket["number"], ticket["queue"], ticket["status"], ticket["ahead"]) == ("A001", "a", "waiting", 0)
    assert hall.take().ticket.number == "A002"
    assert admin.get(f"/api/v1/tickets/{ticket['id']}").json["ticket"] == ticket


def test_the_same_key_gets_the_same_ticket_and_no_second_number(admin):
    key = str(uuid.uuid4())
    first = admin.post("/api/v1/tickets", {"service": "tnmt-nop"}, Idempotency_Key=key)
    again = admin.post("/api/v1/tickets", {"service": "tnmt-nop"}, Idempotency_Key=key.upper())
    inside = admin.post("/api/v1/tickets", {"service": "tnmt-nop", "id": key})
    assert first.status_code == again.status_code == 201
    assert first.json == again.json == inside.json
    assert first.json["ticket"]["id"] == key
    assert admin.post("/api/v1/tickets", {"service": "tnmt-nop"}).json["ticket"]["number"] == "A002"


def test_a_clerk_never_learns_the_code_by_which_a_citizen_follows_and_rates(hall):
    code = hall.take().ticket.code
    clerk = hall.program("clerk", "q01a")
    clerk.post("/api/v1/desks/q01a/open")
    called = clerk.post("/api/v1/desks/q01a/next", {})
    assert called.json["ticket"]["number"] == "A001"
    ticket = called.json["ticket"]["id"]
    seen = [called.text, clerk.get(f"/api/v1/tickets/{ticket}").text, clerk.get("/api/v1/calls").text]
    seen.append(hall.person("clerk", "q01a").get("/desk/q01a").text)
    assert not [text for text in seen if code in text]
    assert hall.program("reception").get(f"/api/v1/tickets/{ticket}").json["ticket"]["code"] == code


def test_a_key_used_for_something_else_gives_no_ticket(admin):
    key = str(uuid.uuid4())
    admin.post("/api/v1/desks/q01a/open", {}, Idempotency_Key=key)
    answer = admin.post("/api/v1/tickets", {"service": "tnmt-nop"}, Idempotency_Key=key)
    assert (answer.status_code, answer.json["error"]) == (409, "wrong_state")


def test_a_key_in_two_versions_is_refused(admin):
    body = {"service": "tnmt-nop", "id": str(uuid.uuid4())}
    answer = admin.post("/api/v1/tickets", body, Idempotency_Key=str(uuid.uuid4()))
    assert (answer.status_code, answer.json["error"]) == (400, "malformed")


def test_a_desk_opens_calls_and_finishes(hall, admin):
    hall.take()
    assert admin.post("/api/v1/desks/q01a/open").json["status"] == "open"
    called = admin.post("/api/v1/desks/q01a/next", {})
    assert called.status_code == 200
    assert (called.json["ok"], called.json["ticket"]["number"]) == (True, "A001")
    assert admin.get("/api/v1/calls").json["calls"][0]["number"] == "A001"
    desk = next(row for row in admin.get("/api/v1/desks").json if row["id"] == "q01a")
    assert (desk["status"], desk["number"], desk["phase"]) == ("open", "A001", "calling")
    assert admin.post("/api/v1/desks/q01a/finish", {}).json["ok"] is True
    assert admin.get(f"/api/v1/tickets/{desk['ticket']}").json["ticket"]["status"] == "served"
    assert admin.post("/api/v1/desks/q01a/next", {}).json["ticket"] is None


def test_nothing_pressed_twice_counts_twice(hall, admin):
    for _ in range(3):
        hall.take()
    admin.post("/api/v1/desks/q01a/open")
    key = str(uuid.uuid4())
    first = admin.post("/api/v1/desks/q01a/next", {}, Idempotency_Key=key)
    again = admin.post("/api/v1/desks/q01a/next", {}, Idempotency_Key=key)
    assert first.json == again.json
    assert hall.hub.look(lambda lobby: lobby.tickets[lobby.seats["q01a"].ticket].number) == "A001"


def test_a_rating_moves_the_figures_when_its_day_is_over_and_the_levels_say_what_counts(hall, admin):
    for desk, level in (("q01a", 1), ("q01b", 2), ("q02", 4)):
        hall.serve_and_rate(level, desk)
    hall.take()
    answer = admin.get("/api/v1/ratings").json
    assert (answer["from"], answer["to"], answer["by"]) == ("2026-11-23", "2026-11-23", "site")
    assert [level["level"] for level in answer["levels"] if level["satisfied"]] == [1, 2]
    assert (answer["rows"][0]["told"], answer["rows"][0]["rated"], answer["rows"][0]["served"]) == ("not_yet", None, 3)
    hall.end_day()
    row = admin.get("/api/v1/ratings?from=2026-11-23").json["rows"][0]
    assert (row["told"], row["first"], row["last"]) == ("exact", "2026-11-23", "2026-11-23")
    assert (row["satisfied"], row["rated"], row["served"], row["percent"]) == (2, 3, 3, 66.67)
    assert row["wilson_low"] < 66.67 < row["wilson_high"]
    assert row["bound_low"] <= 66.67 <= row["bound_high"]
    waits = admin.get("/api/v1/waits?by=queue&from=2026-11-23").json["rows"]
    assert [(row["key"], row["issued"], row["served"]) for row in waits] == [("a", 4, 3)]
    (fair,) = admin.get("/api/v1/fairness?by=queue&from=2026-11-23").json["rows"]
    assert (fair["key"], fair["calls"], fair["passed"], fair["priority"]["waited"]) == ("a", {"first": 3}, {}, 0)
    report = admin.get("/api/v1/report?from=2026-11-23").json
    assert [(row["key"], row["told"]) for row in report["ratings_by_department"]] == [("tnmt", "not_yet")]


def test_a_press_over_http_is_a_rating(hall, admin):
    hall.take()
    for action in ("open", "next", "finish"):
        hall.press("q01a", action)
    assert admin.post("/api/v1/ratings", {"desk": "q01a", "level": 1}).json["result"] == "accepted"
    assert admin.post("/api/v1/ratings", {"desk": "q02", "level": 1}).json["result"] == "orphan"


@pytest.mark.parametrize(
    "query",
    ["from=2026-13-01", "from=yesterday", "from=2026-11-23&to=2026-11-01", "by=name", "x=1", "by=site&by=desk"],
)
def test_a_period_that_is_none_is_refused(admin, query):
    answer = admin.get(f"/api/v1/ratings?{query}")
    assert (answer.status_code, answer.json["error"]) == (400, "malformed")


def test_a_period_with_one_side_ends_today_or_is_one_day(admin):
    since = admin.get("/api/v1/waits?from=2026-11-01").json
    assert (since["from"], since["to"]) == ("2026-11-01", "2026-11-23")
    only = admin.get("/api/v1/waits?to=2026-11-20").json
    assert (only["from"], only["to"]) == ("2026-11-20", "2026-11-20")


def test_the_site_is_sent_once_and_then_only_asked_about(hall):
    stranger = hall.stranger()
    first = stranger.get("/api/v1/site")
    assert first.json["name"]["vi"].startswith("Trung tâm")
    assert {"service", "queue"} & set(first.json["services"][0]) == {"queue"}
    again = stranger.get("/api/v1/site", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_procedures_are_sent_once_and_say_that_they_are_samples(hall):
    stranger = hall.stranger()
    first = stranger.get("/api/v1/procedures")
    assert first.json["revision"] == stranger.get("/api/v1/site").json["revision"]
    assert len(first.json["procedures"]) == 1701
    assert all(row["sample"] and row["department"] in hall.site.departments for row in first.json["procedures"])
    again = stranger.get("/api/v1/procedures", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_lists_of_the_centre(hall, admin):
    hall.take()
    assert len(admin.get("/api/v1/services").json) == len(hall.site.services)
    queue = next(row for row in admin.get("/api/v1/queues").json if row["id"] == "a")
    assert (queue["prefix"], queue["waiting"], queue["longest_s"], queue["wait"]) == ("A", 1, 0, None)
    hall.boxes.present("kiosk-1", True)
    hall.boxes.healthy("kiosk-1", Health(parts={"printer": Part(state="fault", reason="hết giấy")}))
    box = admin.get("/api/v1/devices").json[0]
    assert (box["id"], box["online"], box["health"]["parts"]["printer"]["reason"]) == ("kiosk-1", True, "hết giấy")


def test_a_notice_is_shown_and_taken_away(hall, admin):
    assert admin.post("/api/v1/notice", {"text": "Nghỉ trưa đến 13 giờ"}).json == {"ok": True}
    assert hall.hub.look(lambda lobby: lobby.notice) == "Nghỉ trưa đến 13 giờ"
    admin.post("/api/v1/notice", {"text": ""})
    assert hall.hub.look(lambda lobby: lobby.notice) == ""


REFUSED = [
    ("/api/v1/tickets", {"service": "nothing"}, 404, "unknown_service"),
    ("/api/v1/tickets", {"service": "../../etc"}, 400, "malformed"),
    ("/api/v1/tickets", {"service": "tnmt-nop", "extra": 1}, 400, "malformed"),
    ("/api/v1/tickets", {"service": "tnmt-nop", "priority": "nobody"}, 400, "malformed"),
    ("/api/v1/tickets", {}, 400, "malformed"),
    ("/api/v1/tickets", [], 400, "malformed"),
    ("/api/v1/tickets", b"", 400, "malformed"),
    ("/api/v1/tickets", b"\xff\xfe", 400, "malformed"),
    ("/api/v1/tickets", b'{"service":' * 50_000, 413, "too_large"),
    ("/api/v1/tickets", b"[" * 60_000, 400, "malformed"),
    ("/api/v1/tickets", b'{"service": NaN}', 400, "malformed"),
    ("/api/v1/desks/q99/next", {}, 404, "unknown_desk"),
    ("/api/v1/desks/Q%2001/next", {}, 404, "unknown_desk"),
    ("/api/v1/desks/q01a/dance", {}, 404, "not_found"),
    ("/api/v1/desks/q01a/next", {}, 409, "wrong_state"),
    ("/api/v1/desks/q01a/next", {"to_queue": 5}, 400, "malformed"),
    ("/api/v1/desks/q01a/next", {"reason": "x" * 201}, 400, "malformed"),
    ("/api/v1/ratings", {"desk": "q01a", "level": 9}, 400, "malformed"),
    ("/api/v1/ratings", {"desk": "q99", "level": 1}, 404, "unknown_desk"),
    ("/api/v1/notice", {"text": "x" * 201}, 400, "malformed"),
    ("/api/v1/nothing", {}, 404, "not_found"),
    ("/api/v1/site", {}, 405, "not_allowed"),
]


@pytest.mark.parametrize(
    ("path", "body", "status", "code"), REFUSED, ids=[f"{row[3]}{n}" for n, row in enumerate(REFUSED)]
)
def test_bad_input_is_refused_with_words_and_changes_nothing(hall, admin, path, body, status, code):
    answer = admin.post(path, body)
    assert (answer.status_code, answer.json["error"]) == (status, code)
    assert answer.json["message"]["vi"]
    assert answer.json["message"]["en"]
    assert hall.hub.look(lambda lobby: (len(lobby.tickets), lobby.seats["q01a"].status)) == (0, "closed")


@pytest.mark.parametrize("key", ["1", "not-a-uuid", "0" * 400])
def test_a_key_that_is_no_uuid_is_refused(admin, key):
    answer = admin.post("/api/v1/tickets", {"service": "tnmt-nop"}, Idempotency_Key=key)
    assert (answer.status_code, answer.json["error"]) == (400, "malformed")


def test_a_body_that_is_not_said_to_be_json_is_refused(admin):
    answer = admin.post("/api/v1/tickets", {"service": "tnmt-nop"}, Content_Type="text/plain")
    assert (answer.status_code, answer.json["error"]) == (415, "unsupported")


def test_no_get_changes_anything(hall, admin):
    hall.take()
    before = hall.store.head
    places = {"desk": "q01a", "ticket": "x", "code": "x", "job": "x", "name": "x", "filename": "goiso.css"}
    for rule in hall.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and "stream" not in rule.rule:
            admin.get(re.sub(r"<(?:path:)?(\w+)>", lambda place: places[place[1]], rule.rule))
    assert hall.store.head == before


def test_the_description_for_programs_names_every_route_of_the_api(hall):
    document = hall.stranger().get("/openapi.json").json
    assert document["openapi"] == "3.1.0"
    described = {(method.upper(), path) for path, item in document["paths"].items() for method in item}
    offered = {
        (method, rule.rule.replace("<", "{").replace(">", "}"))
        for rule in hall.app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in (rule.methods or ()) & {"GET", "POST"}
    }
    assert described == offered
    known = document["components"]["schemas"].keys()
    assert {ref.rpartition("/")[2] for ref in _references(document)} <= known


def _references(node):
    if isinstance(node, dict):
        for key, value in node.items():
            yield from [value] if key == "$ref" else _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def test_health_and_metrics(hall):
    hall.take()
    stranger = hall.stranger()
    assert stranger.get("/healthz").json["ok"] is True
    said = stranger.get("/metrics").text
    assert 'goiso_waiting{queue="a"} 1' in said
    assert "goiso_tickets_today 1" in said
    far = stranger.get("/metrics", environ_overrides={"REMOTE_ADDR": "10.0.0.9"})
    assert far.status_code == 401
    assert hall.program("manager").get("/metrics", environ_overrides={"REMOTE_ADDR": "10.0.0.9"}).status_code == 200


def test_a_program_that_hammers_is_held_back_and_nobody_else(tmp_path):
    hall = WebHall(tmp_path, per_s=2)
    hasty, calm = hall.program("admin"), hall.program("admin")
    answers = [hasty.post("/api/v1/tickets", {"service": "tnmt-nop"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [201] * 5 + [429]
    assert (answers[-1].json["error"], answers[-1].headers["Retry-After"]) == ("rate_limited", "5")
    assert calm.post("/api/v1/tickets", {"service": "tnmt-nop"}).status_code == 201
    hall.clock.advance(1)
    assert hasty.post("/api/v1/tickets", {"service": "tnmt-nop"}).status_code == 201
    hall.close()


def test_a_hub_that_has_stopped_says_busy_and_not_well(hall, admin):
    hall.hub.stop()
    assert hall.stranger().get("/healthz").status_code == 503
    answer = admin.post("/api/v1/tickets", {"service": "tnmt-nop"})
    assert (answer.status_code, answer.json["error"]) == (503, "busy")
    assert json.loads(answer.data)["message"]["vi"]
