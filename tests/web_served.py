"""A hall behind the real web server, on a free port of loopback."""

import http.client
from contextlib import closing
from pathlib import Path

from msgspec.structs import replace

from broker.model import Site
from broker.web.config import WebSection
from broker.web.server import WebServer
from tests.web_hall import SITE, WebHall
from virtual_centre.ports import free_port


class Served:
    """Hub and pages as a browser or a program reaches them."""

    def __init__(self, folder: Path, config: WebSection = WebSection(), port: int = 0, site: Site = SITE) -> None:  # noqa: B008  # because it is frozen
        self.config = replace(config, port=port or free_port())
        self.hall = WebHall(folder, self.config, site)
        self.server = WebServer(self.hall.app, self.config, self.hall.web.streams)
        self.server.start()
        self.token = self.hall.staff.programs.grant("test", "admin", (), actor="test")

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server.port}"

    def connect(self, timeout: float = 10.0) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=timeout)

    def get(self, path: str) -> tuple[int, bytes]:
        with closing(self.connect()) as connection:
            connection.request("GET", path, headers={"Authorization": f"Bearer {self.token}"})
            answer = connection.getresponse()
            return answer.status, answer.read()

    def close(self) -> None:
        """End everything; a second time does nothing."""
        if self.server.alive:
            self.server.stop()
            self.hall.close()
