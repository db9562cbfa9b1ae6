"""A watcher of simulated parts for tests: a real TCP server that remembers what it is shown and can touch."""

import socket
import threading
from collections.abc import Callable

from appliance.runtime.stage_frames import HELLO, Frame, pack_act, read_frames
from tests.waiting import PATIENT_S

HOST = "127.0.0.1"


class WatchedStage:
    """Give `address` to a `Stage`; then wait for what it shows, and act upon its parts."""

    def __init__(self) -> None:
        self._server = socket.create_server((HOST, 0))
        self.address = "{}:{}".format(*self._server.getsockname()[:2])
        self._changed = threading.Condition()
        self._line: socket.socket | None = None
        self._listening: frozenset[str] = frozenset()
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
                        if (frame.part, frame.kind) == HELLO:
                            self._listening = frozenset(frame.facts["parts"])
                        self._changed.notify_all()
            except (OSError, ValueError):
                continue
            finally:
                self._listening = frozenset()

    def act(self, part: str, kind: str, **facts: object) -> None:
        """Do something to `part`, once whoever is connected has said that it listens: before, it would be lost."""
        with self._changed:
            assert self._changed.wait_for(lambda: part in self._listening, PATIENT_S), f"{part} does not listen"
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
