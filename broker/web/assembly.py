"""The web's part of the hub, put together.

Rules: opens the staff's file and takes the address, nothing else; what it starts, `stop` ends.
"""

import json
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

from appliance.runtime.clock import Clock
from appliance.sound.clips import FOLDER
from broker.beside.jobs import Jobs, Room
from broker.limits import Limits
from broker.local_calendar import LocalCalendar
from broker.model import Site
from broker.reader import Reader
from broker.report.files import ReportJob, Reports
from broker.simulator.files import SimulationJob, Simulations
from broker.staff.first_code import FirstCode
from broker.staff.identity import ANY_DESK, ROLES
from broker.staff.machine import ThisMachine
from broker.staff.programs import hash_secret
from broker.staff.service import Staff
from broker.staff.store import StaffStore
from broker.web.app import create_app
from broker.web.board_voice import BoardVoice
from broker.web.config import WebSection
from broker.web.context import Readers, Web
from broker.web.ports import Boxes, Hub
from broker.web.server import WebServer
from broker.web.stream import Pulse, Streams

logger = logging.getLogger(__name__)

STAFF_FILE = "staff.sqlite"
TOKENS_FILE = "tokens.json"
REPORTS = "reports"
SIMULATIONS = "simulations"
ONE_BY_ONE = Room(at_once=1, waiting=4)
"""A simulation takes a processor for seconds, and few people ask."""


def open_web(
    config: WebSection,
    *,
    site: Site,
    site_folder: Path,
    data: Path,
    hub: Hub,
    boxes: Boxes,
    clock: Clock,
    open_reader: Callable[[], Reader],
    fresh_code: Callable[[], str],
    limits: Limits,
) -> WebServer:
    """The server of `hub`, ready to `start`. Raises CannotStart when the address is taken."""
    machine = ThisMachine()
    staff = Staff(StaffStore(data / STAFF_FILE), machine, config.one_click_roles)
    streams = Streams(hub.generation, config.streams, config.streams_per_address, Pulse(hub.when))
    web = Web(
        config=config,
        site=site,
        site_folder=site_folder,
        hub=hub,
        staff=staff,
        first_code=FirstCode(staff.people, machine),
        clock=clock,
        readers=Readers(open_reader),
        boxes=boxes,
        fresh_code=fresh_code,
        limits=limits,
        streams=streams,
        voice=BoardVoice(data / FOLDER, site),
        reports=report_jobs(data, site, site_folder, hub.now),
        simulations=simulation_jobs(data, site_folder, hub.now),
    )
    server = WebServer(create_app(web), config, streams)
    if config.one_click_roles:
        write_tokens(staff, data / TOKENS_FILE)
    if web.first_code.wanted():
        logger.warning(
            "nobody can log in yet: open %s/login and enter the code %s, or run: goiso staff add",
            config.address(server.port),
            web.first_code.text,
        )
    return server


def report_jobs(data: Path, site: Site, site_folder: Path, now: Callable[[], int]) -> Jobs[ReportJob]:
    """Reports written by a process of their own, into a folder beside the database."""
    command = (sys.executable, "-m", "broker.report", "--data", str(data), "--site", str(site_folder))
    return Jobs(data / REPORTS, command, Reports(LocalCalendar(site.zone).instant), now)


def simulation_jobs(data: Path, site_folder: Path, now: Callable[[], int]) -> Jobs[SimulationJob]:
    """Simulations worked out by a process of their own, into a folder beside the database."""
    command = (sys.executable, "-m", "broker.simulator", "--data", str(data), "--site", str(site_folder))
    return Jobs(data / SIMULATIONS, command, Simulations(), now, ONE_BY_ONE)


def write_tokens(staff: Staff, path: Path) -> None:
    """A token per role for the demonstration's programs; those of an earlier start stay good."""
    try:
        known: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        known = {}
    tokens = {}
    for role in ROLES:
        secret = known.get(role, "")
        token = staff.store.token(hash_secret(secret))
        if token is None or token.role != role:
            desks = (ANY_DESK,) if role == "clerk" else ()
            secret = staff.programs.grant(f"demo-{role}", role, desks, actor="system", one_click=True)
        tokens[role] = secret
    part = path.with_name(f".{path.name}.part")  # a program that reads meanwhile finds the old ones or the new ones
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(tokens, file, indent=1)
        file.write("\n")
    part.replace(path)
