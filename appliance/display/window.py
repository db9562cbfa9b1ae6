"""A window that owns pygame on a thread of its own: it shows the newest scene, and tells where it was touched.

Rules: `show` may be called from any thread and never waits; a scene is painted once, when it is new; nothing is drawn
while nothing changes. A touch arrives as fractions of the width and height. A finger's synthetic mouse twin is ignored,
a real mouse is a finger. `OffScreen` is the same without a display: it hands out each picture instead.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import pygame

from appliance.display.canvas import Canvas
from appliance.display.picture import PictureWriter

log = logging.getLogger(__name__)

Scene = Callable[[Canvas], None]
Touch = Callable[[float, float], None]

POLL_S = 0.008
"""How often fingers are looked for. KMSDRM has no blocking wait, and SDL's own would poll at 1 kHz."""
REST = 3
"""How many times more seldom while nobody has touched for `AWAKE_S`: the first touch may wait a frame more."""
AWAKE_S = 20.0


@dataclass(frozen=True)
class Look:
    """Size in px and how the window stands on the desktop; how often it looks for touches."""

    width: int
    height: int
    title: str = "goiso"
    fullscreen: bool = False
    poll_s: float = POLL_S


class _Newest:
    """A place for one scene: a newer one replaces an older one that was not yet taken."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._scene: Scene | None = None
        self._open = True

    def put(self, scene: Scene) -> None:
        with self._changed:
            self._scene = scene
            self._changed.notify()

    def take(self, timeout: float | None) -> Scene | None:
        with self._changed:
            self._changed.wait_for(lambda: self._scene is not None or not self._open, timeout)
            scene, self._scene = self._scene, None
            return scene

    def close(self) -> None:
        with self._changed:
            self._open = False
            self._changed.notify()

    @property
    def open(self) -> bool:
        return self._open


class Window:
    """A real window or screen. `touched` is called on the window's thread and must only enqueue."""

    def __init__(self, look: Look, touched: Touch) -> None:
        self._look = look
        self._touched = touched
        self._touched_at = float("-inf")
        self._newest = _Newest()
        self._thread = threading.Thread(target=self._live, name="window", daemon=True)
        self._fault = ""

    def start(self) -> None:
        """Open it; a display that cannot be opened shows in `fault`."""
        self._thread.start()

    def show(self, scene: Scene) -> None:
        """Paint `scene` as soon as the thread is free."""
        self._newest.put(scene)

    def stop(self) -> None:
        """Close it and wait for its thread."""
        self._newest.close()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    @property
    def fault(self) -> str:
        """Why nothing is shown, or "" while all is well."""
        return self._fault

    @property
    def alive(self) -> bool:
        """Whether its thread runs; it ends when the display is lost."""
        return self._thread.is_alive()

    def _live(self) -> None:
        try:
            flags = pygame.FULLSCREEN if self._look.fullscreen else 0
            pygame.display.init()
            surface = pygame.display.set_mode((self._look.width, self._look.height), flags)
            pygame.display.set_caption(self._look.title)
            pygame.mouse.set_visible(not self._look.fullscreen)
            self._run(surface)
        except pygame.error as error:
            self._fault = str(error)
            log.error("no picture: %s", error)
        finally:
            pygame.display.quit()

    def _run(self, surface: pygame.Surface) -> None:
        canvas = Canvas(surface)
        while self._newest.open:
            awake = time.monotonic() - self._touched_at < AWAKE_S
            scene = self._newest.take(self._look.poll_s * (1 if awake else REST))
            if scene is not None:
                scene(canvas)
                pygame.display.flip()
            for event in pygame.event.get():
                self._hear(event)

    def _hear(self, event: pygame.event.Event) -> None:
        if event.type == pygame.FINGERDOWN:
            self._touch(event.x, event.y)
        elif event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and not event.touch:
            self._touch(event.pos[0] / self._look.width, event.pos[1] / self._look.height)
        elif event.type == pygame.WINDOWEXPOSED:
            pygame.display.flip()

    def _touch(self, x: float, y: float) -> None:
        self._touched_at = time.monotonic()
        self._touched(x, y)


class OffScreen:
    """A screen nobody plugged in: paints on one thread, encodes on another, and hands each picture to `pictured`."""

    def __init__(self, look: Look, pictured: Callable[[bytes], None]) -> None:
        self._look = look
        self._pictured = pictured
        self._newest = _Newest()
        self._thread = threading.Thread(target=self._live, name="screen", daemon=True)

    def start(self) -> None:
        """Begin to paint."""
        self._thread.start()

    def show(self, scene: Scene) -> None:
        """Paint `scene` as soon as the thread is free."""
        self._newest.put(scene)

    def stop(self) -> None:
        """End the thread."""
        self._newest.close()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    @property
    def fault(self) -> str:
        """A screen without a display cannot lose it."""
        return ""

    @property
    def alive(self) -> bool:
        """Whether its thread runs."""
        return self._thread.is_alive()

    def _live(self) -> None:
        surface = pygame.Surface((self._look.width, self._look.height))
        canvas, writer = Canvas(surface), PictureWriter(*surface.get_size())
        while self._newest.open:
            scene = self._newest.take(None)
            if scene is not None:
                scene(canvas)
                self._pictured(writer.png(surface))
