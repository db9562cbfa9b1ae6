"""Who may pass: every route against every role, forms without tokens, foreign pages, stolen cookies."""

import re
import uuid

import pytest

from broker.staff.identity import ROLES
from broker.web.config import WebSection
from broker.web.routes import ROUTES
from tests.web_hall import PASSWORD, WebHall

PLACES = {
    "desk": "q01a",
    "action": "open",
    "ticket": str(uuid.uuid4()),
    "code": "x",
    "case": "q01a.bursts.2026-11-16",
    "job": "x",
    "name": "x",
    "path:filename": "goiso.css",
    "path:name": "chime",
}
ASKS_FOR_MORE = {"POST /enter", "POST /first", "POST /login"}
"""Open to strangers, but each asks for something that this knock does not bring."""


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    hall = WebHall(tmp_path_factory.mktemp("guard"))
    hall.account("boss", "admin")
    yield hall
    hall.close()


@pytest.fixture
def hall(tmp_path):
    hall = WebHall(tmp_path)
    yield hall
    hall.close()


def address(route) -> str:
    return re.sub(r"<([^>]+)>", lambda place: PLACES[place[1]], route.rule)


def knock(hall, route, headers) -> int:
    client = hall.app.test_client()
    response = client.open(address(route), method=route.method, headers={"Content-Type": "application/json", **headers})
    status = response.status_code
    response.close()
    return status


@pytest.mark.parametrize("role", [*ROLES, None])
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_every_route_lets_in_whom_its_row_names_and_nobody_else(shared, route, role):
    headers = shared.program(role).headers if role else {}
    status = knock(shared, route, headers)
    if route.roles is None or role in route.roles:
        if not (route.kind == "form" and role is None) and route.name not in ASKS_FOR_MORE:
            assert status not in (401, 403), route.name
    else:
        assert status == (403 if role else 401), route.name


def test_the_open_routes_are_these_and_no_others():
    assert {route.name for route in ROUTES if route.roles is None} == {
        *("GET /", "GET /login", "POST /login", "POST /enter", "POST /first", "GET /static/<path:filename>"),
        *("GET /api/v1/site", "GET /api/v1/procedures", "GET /openapi.json", "GET /healthz", "GET /metrics"),
        *("GET /board", "GET /board/stream", "GET /board/voice", "GET /board/clips/<path:name>.wav"),
        *("GET /t/<code>", "GET /t/<code>/now", "POST /t/<code>/rating"),
    }
    assert all(len(route.purpose) > 20 for route in ROUTES if route.roles is None)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_every_answer_carries_the_headers_that_protect(shared, route):
    for headers in ({}, shared.program("admin").headers):
        response = shared.app.test_client().open(address(route), method=route.method, headers=headers)
        policy = response.headers["Content-Security-Policy"]
        response.close()
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'self'" in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_an_error_carries_them_too_and_tells_no_stranger_how_the_program_is_made(shared):
    for path in ("/nothing", "/static/../../broker/hub.py", "/static/%2e%2e/app.py"):
        response = shared.app.test_client().get(path)
        assert response.status_code == 404
        assert "Content-Security-Policy" in response.headers
        assert "Traceback" not in response.text


def test_a_clerk_presses_only_his_own_keys(hall):
    clerk = hall.program("clerk", "q01a")
    assert clerk.post("/api/v1/desks/q01a/open").status_code == 200
    assert clerk.post("/api/v1/desks/q01b/open").status_code == 403
    seated = hall.person("clerk", "q01a")
    assert seated.get("/desk").location == "/desk/q01a"
    assert seated.get("/desk/q01a").status_code == 200
    assert seated.get("/desk/q01b").status_code == 403
    assert hall.hub.look(lambda lobby: lobby.seats["q01b"].status) == "closed"


def test_a_clerk_without_a_seat_is_told_whom_to_ask(hall):
    hall.account("lan", "clerk")
    browser = hall.stranger()
    browser.log_in("lan", PASSWORD)
    assert "Hãy nhờ quản trị viên" in browser.get("/desk").text
    assert browser.get("/desk/q01a").status_code == 403


def test_a_made_up_token_is_nobody(hall):
    for secret in ("", "goiso_made-up", "ế", "x" * 4000):
        assert knock(hall, ROUTES[0], {"Authorization": f"Bearer {secret}".encode().decode("latin-1")}) == 401


# ------------------------------------------------------------------------------------------------- forms and pages


@pytest.mark.parametrize("path", ["/login", "/enter", "/first", "/logout", "/admin/notice", "/admin/account"])
def test_a_form_without_its_token_is_refused(hall, path):
    boss = hall.person("admin")
    for fields in ({}, {"form_token": "0" * 64}):
        assert boss.client.post(path, data={**fields, "text": "x"}).status_code == 403
    assert hall.hub.look(lambda lobby: lobby.notice) == ""


def test_a_form_token_of_another_browser_is_refused(hall):
    mine, other = hall.person("admin"), hall.person("admin")
    answer = mine.client.post("/admin/notice", data={"form_token": other.token("/admin"), "text": "x"})
    assert answer.status_code == 403


def test_a_script_of_our_page_may_press_and_one_of_another_site_may_not(hall):
    clerk = hall.person("clerk", "q01a")
    token = clerk.token("/desk/q01a")
    assert clerk.fetch("/api/v1/desks/q01a/open", {}, token).status_code == 200
    for changed in (
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"X-Form-Token": "0" * 64},
        {"X-Form-Token": ""},
    ):
        assert clerk.fetch("/api/v1/desks/q01a/close", {}, token, **changed).status_code == 403, changed
    assert clerk.fetch("/api/v1/desks/q01a/close", {}, token, **{"Content-Type": "text/plain"}).status_code == 415
    assert hall.hub.look(lambda lobby: lobby.seats["q01a"].status) == "open"


def test_a_login_from_another_site_is_refused(hall):
    hall.account("lan", "manager")
    browser = hall.stranger()
    fields = {"form_token": browser.token("/login"), "name": "lan", "password": PASSWORD}
    assert browser.client.post("/login", data=fields, headers={"Origin": "http://evil.example"}).status_code == 403
    assert browser.client.post("/login", data=fields, headers={"Sec-Fetch-Site": "same-site"}).status_code == 403
    assert browser.client.post("/login", data=fields, headers={"Origin": "null"}).status_code == 303


def test_a_login_gives_a_new_session_whatever_the_browser_brought(hall):
    hall.account("lan", "manager")
    planted = "planted-session-id"
    browser = hall.stranger()
    browser.client.set_cookie("goiso", planted)
    assert browser.log_in("lan", PASSWORD).status_code == 303
    assert browser.cookie() not in ("", planted)
    assert hall.staff.people.who(planted) is None


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(hall, tmp_path):
    hall.account("lan", "manager")
    said = hall.stranger().log_in("lan", PASSWORD).headers.getlist("Set-Cookie")
    session = next(cookie for cookie in said if cookie.startswith("goiso="))
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(session.split("; "))
    (tmp_path / "tls").mkdir()
    secure = WebHall(tmp_path / "tls", WebSection(https=True))
    secure.account("lan", "manager")
    browser = secure.stranger()
    page = browser.get("/login", base_url="https://localhost")
    token = re.search(r'name="form_token" value="(\w+)"', page.text)[1]
    fields = {"form_token": token, "name": "lan", "password": PASSWORD}
    answer = browser.client.post("/login", data=fields, base_url="https://localhost")
    session = next(cookie for cookie in answer.headers.getlist("Set-Cookie") if "__Host-goiso=" in cookie)
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(session.split("; "))
    assert "Domain" not in session
    assert answer.headers["Strict-Transport-Security"]
    secure.close()


def test_a_page_left_open_idles_but_a_clerks_desk_is_work(hall):
    boss, clerk = hall.person("admin"), hall.person("clerk", "q01a")
    for _ in range(4):
        hall.machine.seconds += 600
        boss.get("/admin/now")
        clerk.get("/desk/q01a/now")
    assert boss.get("/admin").location.startswith("/login")
    assert clerk.get("/desk/q01a").status_code == 200


def test_a_session_ends_with_logging_out_and_its_cookie_is_worth_nothing(hall):
    boss = hall.person("admin")
    stolen = boss.cookie()
    assert boss.submit("/logout", "/admin").status_code == 303
    thief = hall.stranger()
    thief.client.set_cookie("goiso", stolen)
    assert thief.get("/admin").location.startswith("/login")


def test_a_stranger_is_led_to_the_login_and_back(hall):
    hall.account("lan", "manager")
    browser = hall.stranger()
    assert browser.get("/manager").location == "/login?next=/manager"
    assert browser.get("/manager", headers={"Accept": "application/json"}).status_code == 401
    answer = browser.submit("/login", "/login?next=/manager", name="lan", password=PASSWORD, next="/manager")
    assert answer.location == "/manager"


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "http://evil.example", "/\\evil.example", "javascript:alert(1)", "/x\r\nSet-Cookie: a=b"],
)
def test_a_login_leads_to_no_other_site(hall, target):
    hall.account("lan", "manager")
    answer = hall.stranger().submit("/login", "/login", name="lan", password=PASSWORD, next=target)
    assert answer.location == "/manager"


def test_wrong_passwords_must_wait_and_the_page_says_how_long(hall):
    hall.account("lan", "manager")
    browser = hall.stranger()
    assert [browser.log_in("lan", "wrong").status_code for _ in range(6)] == [401] * 5 + [429]
    assert "Hãy thử lại sau 1 phút" in browser.log_in("lan", PASSWORD).text


def test_the_first_administrator_needs_the_code_of_the_log(hall):
    browser = hall.stranger()
    assert "Mã một lần" in browser.get("/login").text
    fields = {"name": "lan", "display": "Lan", "password": PASSWORD}
    assert browser.submit("/first", "/login", code="AAAA-AAAA-AAAA", **fields).status_code == 401
    assert (
        browser.submit("/first", "/login", code=hall.web.first_code.text, **{**fields, "password": "short"}).status_code
        == 400
    )
    assert browser.submit("/first", "/login", code=hall.web.first_code.text.lower(), **fields).status_code == 303
    assert browser.log_in("lan", PASSWORD).location == "/admin"
    again = hall.stranger()
    fields["name"] = "eve"
    assert again.submit("/first", "/login", code=hall.web.first_code.text, **fields).status_code == 401
    assert hall.staff.store.account("eve") is None


def test_one_click_entry_is_for_the_demonstration_only(hall, tmp_path):
    assert hall.stranger().submit("/enter", "/login", role="admin").status_code == 403
    (tmp_path / "demo").mkdir()
    demo = WebHall(tmp_path / "demo", WebSection(one_click_roles=True))
    visitor = demo.stranger()
    assert visitor.submit("/enter", "/login", role="device").status_code == 403
    for role, home in (("clerk", "/desk"), ("reception", "/reception"), ("manager", "/manager"), ("admin", "/admin")):
        assert visitor.submit("/enter", "/login", role=role).location == home
        assert visitor.get(home).status_code == 200
    demo.close()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "hub.example"])
def test_one_click_entry_is_refused_where_others_can_reach_it(host):
    with pytest.raises(ValueError, match="one_click_roles"):
        WebSection(host=host, one_click_roles=True)


@pytest.mark.parametrize(
    ("host", "status"), [("localhost:8080", 200), ("10.1.2.3", 200), ("[::1]:80", 200), ("evil.example", 400)]
)
def test_a_strangers_domain_that_points_here_is_refused(hall, host, status):
    assert hall.app.test_client().get("/healthz", headers={"Host": host}).status_code == status
