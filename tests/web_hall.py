"""A real hub with its HTTP door, on a folder of the test: real database, real staff file, a clock in hand."""

import json
import re
import secrets
import uuid
from contextlib import closing
from pathlib import Path

from flask.testing import FlaskClient

from appliance.runtime.clock import ManualClock
from appliance.sound.clips import FOLDER
from appliance.wire.messages import Answer, DeskAction, Rating, TicketRequest
from appliance.wire.parts import ActionArgs
from broker.commands import Command
from broker.database import open_reader
from broker.devices import Devices
from broker.hub import Hub
from broker.hub_time import ClockTime
from broker.limits import Limits
from broker.model import Site
from broker.published import until
from broker.publisher import Publisher
from broker.staff.first_code import FirstCode
from broker.staff.identity import ANY_DESK, Role
from broker.staff.service import Staff
from broker.staff.store import Account, StaffStore
from broker.store import Store
from broker.web.app import create_app
from broker.web.assembly import report_jobs, simulation_jobs
from broker.web.board_voice import BoardVoice
from broker.web.config import WebSection
from broker.web.context import Readers, Web
from broker.web.stream import Pulse, Streams
from tests.hub_core import MONDAY_0800, SITE_FOLDER, centre
from tests.waiting import eventually

SITE = centre()
PASSWORD = "Chim sẻ đậu mái nhà"


class ManualMachine:
    """A machine whose clock stands until it is moved."""

    def __init__(self) -> None:
        self.boot = "boot-1"
        self.seconds = 1000.0
        self.wall_text = "2026-11-23T08:00:00+07:00"

    def elapsed(self) -> float:
        return self.seconds

    def wall(self) -> str:
        return self.wall_text


class WebHall:
    """Hub, staff and application. `config` and `site` as in real life."""

    def __init__(
        self,
        folder: Path,
        config: WebSection = WebSection(),  # noqa: B008  # because it is frozen
        site: Site = SITE,
        per_s: float = 0,
        pace: float = 1.0,
    ) -> None:
        self.folder, self.config, self.site = folder, config, site
        self.clock = ManualClock(MONDAY_0800 / 1000, pace)
        self.machine = ManualMachine()
        self.store = Store(folder / "hub.sqlite", site.id, site.zone)
        self.hub = Hub(
            site, self.store, lambda floor, settled: ClockTime(self.clock, floor, settled), lambda: b"k" * 32
        )
        self.staff = Staff(StaffStore(folder / "staff.sqlite"), self.machine, config.one_click_roles)
        self.boxes = Devices()
        self.web = Web(
            config=config,
            site=site,
            site_folder=SITE_FOLDER,
            hub=self.hub,
            staff=self.staff,
            first_code=FirstCode(self.staff.people, self.machine),
            clock=self.clock,
            readers=Readers(lambda: open_reader(folder / "hub.sqlite")),
            boxes=self.boxes,
            fresh_code=lambda: secrets.token_hex(10),
            limits=Limits(per_s, 5, self.clock.elapsed),
            streams=Streams(self.hub.generation, config.streams, config.streams_per_address, Pulse(self.hub.when)),
            voice=BoardVoice(folder / FOLDER, site),
            reports=report_jobs(folder, site, SITE_FOLDER, self.hub.now),
            simulations=simulation_jobs(folder, SITE_FOLDER, self.hub.now),
        )
        self.app = create_app(self.web)
        self.publisher = Publisher(self.hub, self.store, lambda: closing(open_reader(self.store.path)))
        self.hub.start()
        self.publisher.start()

    def close(self) -> None:
        self.web.streams.close()
        self.publisher.stop()
        self.hub.stop()
        self.store.close()
        self.staff.store.close()

    # the hall

    def ask(self, message: TicketRequest | DeskAction | Rating) -> Answer:
        return self.hub.handle(Command(message=message, actor="test", code=secrets.token_hex(10)))

    def take(self, service: str = "tnmt-nop", **more: str) -> Answer:
        return self.ask(TicketRequest(id=str(uuid.uuid4()), service=service, **more))

    def press(self, desk: str, action: str, **args: str) -> Answer:
        return self.ask(DeskAction(id=str(uuid.uuid4()), desk=desk, action=action, args=ActionArgs(**args)))

    def serve_and_rate(self, level: int, desk: str = "q01a") -> Answer:
        """One visit from the ticket to the press on the button."""
        self.take()
        self.press(desk, "open")
        self.press(desk, "next")
        self.press(desk, "finish")
        return self.rate(level, desk)

    def rate(self, level: int, desk: str) -> Answer:
        """A press on the button of a desk."""
        return self.ask(Rating(id=str(uuid.uuid4()), desk=desk, level=level))

    def end_day(self) -> str:
        """The next day at the same hour, with all published that may be; its date."""
        self.clock.advance(86_400)
        self.press("q01a", "close")
        day = self.hub.look(lambda lobby: lobby.day)
        assert eventually(lambda: self.hub.look(lambda _: until(self.store.db)) == day)
        return day

    # the doors

    def program(self, role: Role, *desks: str) -> "Program":
        wanted = desks or ((ANY_DESK,) if role == "clerk" else ())
        secret = self.staff.programs.grant(f"test-{role}-{uuid.uuid4().hex[:6]}", role, wanted, actor="test")
        return Program(self.app.test_client(), secret)

    def account(self, name: str, role: Role, *desks: str) -> None:
        self.staff.people.set_account(Account(name=name, display=name, role=role, desks=desks), PASSWORD, actor="test")

    def person(self, role: Role, *desks: str) -> "Browser":
        """A browser in which somebody of `role` has logged in with a password."""
        name = f"{role}-{uuid.uuid4().hex[:6]}"
        self.account(name, role, *(desks or ((ANY_DESK,) if role == "clerk" else ())))
        browser = Browser(self.app.test_client())
        answer = browser.log_in(name, PASSWORD)
        assert answer.status_code == 303, answer.text
        return browser

    def stranger(self) -> "Browser":
        return Browser(self.app.test_client())


class Program:
    """A program with a bearer token."""

    def __init__(self, client: FlaskClient, secret: str) -> None:
        self._client = client
        self.headers = {"Authorization": f"Bearer {secret}"}

    def get(self, path: str, **more):
        return self._client.get(path, headers={**self.headers, **more.pop("headers", {})}, **more)

    def post(self, path: str, body: object | None = None, **headers: str):
        data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._client.post(path, data=data, headers={"Content-Type": "application/json", **self.headers, **names})


class Browser:
    """A browser as seen from the hub: it keeps cookies, finds form tokens in pages, and names its origin."""

    ORIGIN = "http://localhost"

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, **more):
        return self.client.get(path, headers={"Accept": "text/html", **more.pop("headers", {})}, **more)

    def token(self, page: str) -> str:
        found = re.search(r'(?:name="form_token" value|data-form-token)="([0-9a-f]+)"', self.get(page).text)
        assert found, f"no form token on {page}"
        return found[1]

    def submit(self, path: str, page: str, **fields: str):
        """Fill in a form of `page` and send it to `path`."""
        return self.client.post(path, data={"form_token": self.token(page), **fields}, headers={"Accept": "text/html"})

    def log_in(self, name: str, password: str):
        return self.submit("/login", "/login", name=name, password=password)

    def fetch(self, path: str, body: object, token: str, **headers: str):
        """What a script of a page does."""
        names = {"Origin": self.ORIGIN, "X-Form-Token": token, "Content-Type": "application/json", **headers}
        return self.client.post(path, data=json.dumps(body), headers=names)

    def cookie(self, name: str = "goiso") -> str:
        cookie = self.client.get_cookie(name)
        return cookie.value if cookie else ""
