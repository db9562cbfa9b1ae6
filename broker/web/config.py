"""The `[web]` section of the hub's configuration.

Rules: what is convenient and unsafe is refused anywhere but on a loopback address.
"""

import ipaddress
from typing import Annotated

import msgspec

from appliance.runtime.config import Port, Section


class WebSection(Section, frozen=True):
    """Where the pages are served, and to how many listeners.

    `one_click_roles` puts a button per role on the login page, for demonstrations. `hosts` are further names by which
    browsers reach the hub; an address of this machine and localhost always work. `https` says that a TLS proxy stands
    in front, `proxy` is its address. `virtual_url` is the page of the virtual centre, where there is one.
    """

    host: str = "127.0.0.1"
    port: Port = 8080
    streams: Annotated[int, msgspec.Meta(ge=1, le=500)] = 60
    streams_per_address: Annotated[int, msgspec.Meta(ge=1, le=500)] = 30
    one_click_roles: bool = False
    hosts: tuple[str, ...] = ()
    https: bool = False
    proxy: str = ""
    virtual_url: str = ""

    def __post_init__(self) -> None:
        if self.one_click_roles and not is_loopback(self.host):
            raise ValueError("one_click_roles is for a demonstration on this machine; set host to 127.0.0.1")
        if self.proxy and not self.https:
            raise ValueError("proxy is of use only with https; set https = true")

    def address(self, port: int) -> str:
        """What staff type into their browsers, where the server listens at `port`: a login holds by no other way."""
        if self.https and self.hosts:
            return f"https://{self.hosts[0]}"
        return f"http://{self.host}:{port}"


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
