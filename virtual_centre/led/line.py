"""A serial line with LED panels on it, reached over TCP as behind a serial-to-Ethernet adapter.

Faults, switched on and off at any time: `silent` (panels show but do not answer), `echo` (the adapter hears its own
bytes), `noise` (garbage before every chunk), `deaf` (nothing arrives), and `cut()` (the adapter hangs up).
"""

import contextlib
import selectors
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from display_board.led_frames import Template
from virtual_centre.led.decoder import LineDecoder, Shown

HOST = "127.0.0.1"
QUIET_S = 0.03
"""A pause inside a frame this long ends it. Generous, because a TCP stream comes in pieces."""
NOISE = bytes.fromhex("00 FF 81 7E")


@dataclass
class Faults:
    """What is wrong with the line now."""

    silent: bool = False
    echo: bool = False
    noise: bool = False
    deaf: bool = False


class Panels:
    """The panels at `addresses` of one line: what each shows, and a call of `shown(address, text)` at every change."""

    def __init__(
        self,
        template: Template,
        addresses: Sequence[int],
        shown: Callable[[int, str], None] = lambda _address, _text: None,
    ) -> None:
        self.decoder = LineDecoder(template)
        self.faults = Faults()
        self.texts: dict[int, str] = dict.fromkeys(addresses, "")
        self.frames: dict[int, int] = dict.fromkeys(addresses, 0)
        self.lost = 0
        """Bytes that did not arrive."""
        self._shown = shown

    def hear(self, data: bytes) -> bytes:
        """Take what came over the line; what goes back."""
        if self.faults.deaf:
            self.lost += len(data)
            return b""
        back = data if self.faults.echo else b""
        for frame in self.decoder.feed(NOISE + data if self.faults.noise else data):
            if frame.address in self.texts:
                self._take(frame)
                back += b"" if self.faults.silent else frame.answer
        return back

    def _take(self, frame: Shown) -> None:
        self.frames[frame.address] += 1
        if self.texts[frame.address] != frame.text:
            self.texts[frame.address] = frame.text
            self._shown(frame.address, frame.text)


class LedServer:
    """`panels` behind a TCP port; `url` is what a board's configuration names. One board at a time."""

    def __init__(self, panels: Panels) -> None:
        self.panels = panels
        self._listening = socket.create_server((HOST, 0))
        self._listening.setblocking(False)
        self._line: socket.socket | None = None
        self._wake, self._woken = socket.socketpair()
        self._cut = threading.Event()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._live, name="led-line", daemon=True)

    @property
    def url(self) -> str:
        """The line's address, for pyserial."""
        host, port = self._listening.getsockname()[:2]
        return f"socket://{host}:{port}"

    def start(self) -> None:
        """Switch the panels on."""
        self._thread.start()

    def cut(self) -> None:
        """Hang up on the board. It may come back."""
        self._cut.set()
        self._wake.send(b"!")

    def stop(self) -> None:
        """Switch off."""
        self._closed.set()
        self._wake.send(b"!")
        self._thread.join(timeout=5)
        for end in (self._listening, self._wake, self._woken):
            end.close()

    def _live(self) -> None:
        with selectors.DefaultSelector() as ready:
            ready.register(self._listening, selectors.EVENT_READ, self._accept)
            ready.register(self._woken, selectors.EVENT_READ, self._hear_owner)
            while not self._closed.is_set():
                events = ready.select(QUIET_S if self._line else None)
                if not events:
                    self.panels.decoder.quiet()
                for key, _ in events:
                    key.data(ready)
            self._hang_up(ready)

    def _accept(self, ready: selectors.BaseSelector) -> None:
        self._hang_up(ready)
        self._line, _ = self._listening.accept()
        ready.register(self._line, selectors.EVENT_READ, self._read)

    def _hear_owner(self, ready: selectors.BaseSelector) -> None:
        self._woken.recv(16)
        if self._cut.is_set():
            self._cut.clear()
            self._hang_up(ready)

    def _read(self, ready: selectors.BaseSelector) -> None:
        line = self._line
        if line is None:
            return
        try:
            data = line.recv(4096)
            if data:
                line.sendall(self.panels.hear(data))
                return
        except OSError:
            data = b""
        self._hang_up(ready)

    def _hang_up(self, ready: selectors.BaseSelector) -> None:
        if self._line is not None:
            ready.unregister(self._line)
            with contextlib.suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)
            self._line.close()
            self._line = None
            self.panels.decoder.quiet()
