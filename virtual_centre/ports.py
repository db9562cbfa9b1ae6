"""Ports on loopback: a free one, and whether one is taken."""

import errno
import os
import select
import socket
import time

from appliance.runtime.errors import CannotStart

HOST = "127.0.0.1"


def free_port() -> int:
    """A free port that for a minute is given to nobody who does not ask for this very number.

    A connection that its server closed first keeps the port in TIME_WAIT: the kernel then picks it for no one, and a
    server may still take it (SO_REUSEADDR).
    """
    with socket.create_server((HOST, 0)) as server, socket.create_connection(server.getsockname()):
        server.accept()[0].close()
        return int(server.getsockname()[1])


def _refusal(port: int) -> int:
    """Why nothing can listen on `port` now: an errno, or 0."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            return error.errno or errno.EINVAL
    return 0


def is_free(port: int) -> bool:
    """Whether somebody may listen on `port` now."""
    return _refusal(port) == 0


def require_free(port: int, option: str) -> None:
    """Raise CannotStart, naming `port` and the command-line `option` that changes it, when it cannot be had."""
    refusal = _refusal(port)
    if refusal:
        reason = "is taken by another program" if refusal == errno.EADDRINUSE else os.strerror(refusal)
        raise CannotStart(f"port {port} {reason}; choose another one with {option} N")


def wait_until_open(port: int, within_s: float, ended_fd: int = -1) -> bool:
    """Whether something accepts connections on `port` before `within_s` seconds pass or `ended_fd` becomes readable."""
    limit = time.monotonic() + within_s
    while time.monotonic() < limit:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return True
        if select.select([ended_fd] if ended_fd >= 0 else [], [], [], 0.01)[0]:
            return False
    return False
