"""One input device, read on a thread of its own: there, unplugged, and back.

Rules: `tell` is called on that thread and only enqueues; the device is grabbed, so that its keys reach nobody else (no
console, no window); a device that is not there is looked for every `RETRY_S`, for ever; opening and closing it is told.
"""

import fcntl
import os
import select
import threading
from collections.abc import Callable
from dataclasses import dataclass

from appliance.input.events import EVENT, Decoder, KeyMoved

EVIOCGRAB = 0x40044590
"""`_IOW('E', 0x90, int)`: from now on its events come to us alone."""
RETRY_S = 1.0
_SLICE = 64 * EVENT.size


@dataclass(frozen=True)
class DeviceIs:
    """The device came (`present`) or went, or cannot be had; `detail` says why."""

    present: bool
    detail: str = ""


class InputDevice:
    """Reads `path`, such as a name that udev gave under /dev; `tell` gets KeyMoved and DeviceIs.

    `grab` False is for what is no input device but sends the same bytes.
    """

    def __init__(self, path: str, tell: Callable[[KeyMoved | DeviceIs], None], *, grab: bool = True) -> None:
        self._path = path
        self._tell = tell
        self._grab = grab
        self._told: DeviceIs | None = None
        self._wake = -1
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._live, name=f"input {path}", daemon=True)

    def start(self) -> None:
        """Look for it."""
        self._wake = os.eventfd(0)
        self._thread.start()

    def stop(self) -> None:
        """Let go of it, at once."""
        self._ending.set()
        if self._thread.ident is not None:
            os.eventfd_write(self._wake, 1)
            self._thread.join()
            os.close(self._wake)

    @property
    def alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread.is_alive()

    def _live(self) -> None:
        while not self._ending.is_set():
            try:
                self._read()
            except OSError as error:
                self._say(DeviceIs(False, f"{self._path}: {error.strerror or error}"))
            self._wait(RETRY_S)

    def _read(self) -> None:
        """Read until it ends or we do. Raises OSError when it cannot be had or is unplugged (ENODEV)."""
        device = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            if self._grab:
                fcntl.ioctl(device, EVIOCGRAB, 1)
            self._say(DeviceIs(True))
            decoder = Decoder()
            while not self._ending.is_set():
                if not self._wait(None, device):
                    continue
                data = os.read(device, _SLICE)
                if not data:
                    self._say(DeviceIs(False, f"{self._path}: unplugged"))
                    return
                for moved in decoder.feed(data):
                    self._tell(moved)
        finally:
            os.close(device)

    def _wait(self, timeout_s: float | None, device: int = -1) -> bool:
        """Until `device` has something, `stop`, or the time is over; whether `device` has something."""
        poll = select.poll()
        poll.register(self._wake, select.POLLIN)
        if device >= 0:
            poll.register(device, select.POLLIN)
        found = poll.poll(None if timeout_s is None else timeout_s * 1000)
        return any(each == device for each, _ in found)

    def _say(self, told: DeviceIs) -> None:
        if told != self._told:
            self._told = told
            self._tell(told)
