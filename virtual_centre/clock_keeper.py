"""The clock of the whole demo: starts it, changes its pace, remembers it for the next run on the same data.

Rules: the machine's clock is only read. A centre whose days went by sixty times as fast is ahead of the world; on its
next run time goes on from there, because the hub's time never goes back.
"""

import contextlib
import threading
import time
from collections.abc import Callable
from pathlib import Path

from appliance.runtime.clock import SharedClock, write_shared_clock

SAVE_S = 5.0


class ClockKeeper:
    """Owns the shared clock file `clock`; `last` keeps the time for the next run.

    `told(now, pace)` hears every change of pace, and the time now and then; `often` is called every few seconds.
    """

    def __init__(
        self, clock: Path, last: Path, pace: float, told: Callable[[float, float], None], often: Callable[[], object]
    ) -> None:
        self._file = clock
        self._last = last
        self._pace = pace
        self._told = told
        self._often = often
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="clock-keeper", daemon=True)

    def start(self) -> None:
        """Set the clock going; begin to tell and to remember."""
        self._file.unlink(missing_ok=True)  # it may be of another boot, whose monotonic time was another one
        write_shared_clock(self._file, max(time.time(), self._remembered()), self._pace)
        self._tell()
        self._thread.start()

    def set_pace(self, pace: float) -> None:
        """Let time go `pace` times as fast from now on."""
        write_shared_clock(self._file, None, pace)
        self._tell()

    def stop(self) -> None:
        """Remember the time, and end."""
        self._over.set()
        self._thread.join()
        self._save()

    def _run(self) -> None:
        while not self._over.wait(SAVE_S):
            self._save()
            self._tell()
            self._often()

    def _tell(self) -> None:
        clock = SharedClock(self._file)
        self._told(clock.now(), clock.pace())

    def _save(self) -> None:
        with contextlib.suppress(OSError):  # a full disk costs the next run its place in time, not this one its life
            part = self._last.with_name(f".{self._last.name}.part")  # who dies in the middle forgets nothing
            part.write_text(f"{SharedClock(self._file).now():.3f}\n")
            part.replace(self._last)

    def _remembered(self) -> float:
        try:
            return float(self._last.read_text())
        except (OSError, ValueError):
            return 0.0
