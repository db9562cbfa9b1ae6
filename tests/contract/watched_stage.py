"""A watcher of simulated parts for tests: a real TCP server that remembers what it is shown and can touch."""

import socket
import threading
from collections.abc import Callable

from appliance.runtime.stage_frames import Frame, pack_act, read_frames

HOST = "127.0.0.1"
PATIENT_S = 10.0


class WatchedStage:
    """Give `address` to a `Stage`; then wait for what it shows, and act upon its parts."""

    def __init__(self) -> None:
        self._server = socket.create_server((HOST, 0))
        self.address = "{}:{}".format(*self._server.getsockname()[:2])
        self._changed = threading.Condition()
        self._line: socket.socket | None = None
        self.frames: list[Frame] = []
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while True:
            try:
                line, _ = self._server.accept()
            except OSError:
                return
            with self._changed:
                self._line = line
                self._changed.notify_all()
            try:
                for frame in read_frames(line.makefile("rb")):
                    with self._changed:
                        self.frames.append(frame)
                        self._changed.notify_all()
            except (OSError, ValueError):
                continue

    def act(self, part: str, kind: str, **facts: object) -> None:
        """Do something to `part` of whoever is connected."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._line is not None, PATIENT_S)
            assert self._line is not None
            self._line.sendall(pack_act(part, kind, **facts))

    def until(self, fits: Callable[[Frame], bool], since: int = 0, within_s: float = PATIENT_S) -> Frame:
        """The first frame from the `since`th on that fits, as soon as it is there."""

        def found() -> Frame | None:
            return next((frame for frame in self.frames[since:] if fits(frame)), None)

        with self._changed:
            frame = self._changed.wait_for(found, within_s)
        assert frame is not None, [(frame.part, frame.kind, dict(frame.facts)) for frame in self.frames]
        return frame

    def close(self) -> None:
        self._server.close()
        if self._line is not None:
            self._line.close()
