"""One program of the virtual centre: started, heard when it is ready, stopped with everything it started.

Rules: a child is started as systemd would start it (a notify socket for READY=1), in a process group of its own (so
that Ctrl-C in a terminal reaches the supervisor alone) and on a leash (so that nothing outlives the supervisor).
"""

import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from virtual_centre import leash

STOP_S = 5.0
"""How long a program may take to end after SIGTERM before it is killed."""


class Child:
    """A program called `name`, its `command` and the `log` file it writes to. Not started yet."""

    def __init__(
        self, name: str, command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self.log = log
        self._command = list(command)
        self._environment = dict(environment or {})
        self._process: subprocess.Popen[bytes] | None = None
        self.notices: socket.socket | None = None
        self.exit_pipe = -1

    @property
    def pid(self) -> int:
        """Its process id; 0 while it does not run."""
        return self._process.pid if self.running and self._process is not None else 0

    @property
    def running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    @property
    def ended_with(self) -> int | None:
        """Exit status of the last run (negative: the signal), None while it runs or was never started."""
        return None if self._process is None else self._process.poll()

    def start(self) -> None:
        """Start it. `notices` then carries what it says to a service manager, `exit_pipe` is readable once it ended."""
        self._forget()
        self.notices, address = _notify_socket()
        tied = [sys.executable, "-I", "-S", leash.__file__, str(os.getpid()), *self._command]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  # because the command is our own
                tied,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                process_group=0,
                env={**os.environ, **self._environment, "NOTIFY_SOCKET": address},
            )
        self.exit_pipe = os.pidfd_open(self._process.pid)

    def is_ready(self) -> bool:
        """Whether it has said READY=1 among what waits on `notices` now. Never blocks."""
        if self.notices is None:
            return False
        said = b""
        while True:
            try:
                said += self.notices.recv(4096) + b"\n"
            except BlockingIOError:
                return b"READY=1\n" in said

    def signal(self, number: int) -> None:
        """Send a signal to it and to whatever it started."""
        if self._process is not None and self.running:
            os.killpg(self._process.pid, number)

    def stop(self, grace_s: float = STOP_S) -> None:
        """Ask it to end, then insist. Returns when it is gone."""
        self.signal(signal.SIGTERM)
        self.wait(grace_s)

    def wait(self, grace_s: float = STOP_S) -> None:
        """Wait until it has ended; kill it after `grace_s` seconds."""
        if self._process is None:
            return
        try:
            self._process.wait(grace_s)
        except subprocess.TimeoutExpired:
            self.kill()
        self._forget()

    def kill(self) -> None:
        """End it as a power cut would. Returns when it is gone."""
        self.signal(signal.SIGKILL)
        if self._process is not None:
            self._process.wait()

    def last_words(self) -> str:
        """The last line it wrote to its log, for the person who must mend it."""
        lines = self.log.read_text(errors="replace").split("\n") if self.log.exists() else []
        return next((line.strip() for line in reversed(lines) if line.strip()), "")

    def _forget(self) -> None:
        if self.notices is not None:
            self.notices.close()
            self.notices = None
        if self.exit_pipe >= 0:
            os.close(self.exit_pipe)
            self.exit_pipe = -1


def _notify_socket() -> tuple[socket.socket, str]:
    """A socket for sd_notify in the abstract namespace: no file to clean up, no limit of path length."""
    name = f"goiso-{os.getpid()}-{secrets.token_hex(4)}"
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    sock.setblocking(False)
    sock.bind("\0" + name)
    return sock, "@" + name
