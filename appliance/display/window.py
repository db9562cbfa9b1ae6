"""A window that owns pygame on a thread of its own: it shows the newest scene, and tells where it was touched.

Rules: `show` may be called from any thread and never waits; a scene is painted once, when it is new; nothing is drawn
while nothing changes; a display that is missing or goes away is tried again for ever. A touch arrives as fractions of
the width and height, and shows at once, before anybody is asked what it means. A finger's synthetic mouse twin is
ignored, a real mouse is a finger. `OffScreen` is the same without a display: it hands out each picture instead.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass

import pygame

from appliance.display.canvas import Canvas
from appliance.display.geometry import Rect
from appliance.display.picture import PictureWriter

Scene = Callable[[Canvas], None]
Touch = Callable[[float, float], None]

POLL_S = 0.004
"""How often fingers are looked for. KMSDRM has no blocking wait, and SDL's own would poll at 1 kHz."""
REST = 8
"""How many times more seldom while nobody has touched for `AWAKE_S`: the first touch may wait a frame or two more."""
AWAKE_S = 20.0
MOST_WAITING = 256
PRESS_SHADE = 56


@dataclass(frozen=True)
class Look:
    """Size in px and how the window stands on the desktop; how often it looks for touches, and for a lost display.

    `press_s` is how long a touch shows where nothing comes of it.
    """

    width: int
    height: int
    title: str = "goiso"
    fullscreen: bool = False
    poll_s: float = POLL_S
    retry_s: float = 5.0
    press_s: float = 0.15


class _Newest:
    """A place for scenes: a newer one replaces an older one about the same that was not yet taken."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._scenes: deque[tuple[Scene, Hashable]] = deque(maxlen=MOST_WAITING)
        self._open = True

    def put(self, scene: Scene, about: Hashable) -> None:
        with self._changed:
            if self._scenes and self._scenes[-1][1] == about:
                self._scenes.pop()
            self._scenes.append((scene, about))
            self._changed.notify()

    def take(self, timeout: float | None) -> Scene | None:
        with self._changed:
            self._changed.wait_for(lambda: self._scenes or not self._open, timeout)
            return self._scenes.popleft()[0] if self._scenes else None

    def close(self) -> None:
        with self._changed:
            self._open = False
            self._changed.notify()

    def rest(self, seconds: float) -> None:
        """Wait `seconds`, or until it is closed."""
        with self._changed:
            self._changed.wait_for(lambda: not self._open, seconds)

    @property
    def open(self) -> bool:
        return self._open


class _Press:
    """What a finger has just touched, a shade darker (on black, lighter) until the next picture or a moment later."""

    def __init__(self, surface: pygame.Surface, place: Rect, until: float) -> None:
        self.until = until
        self._surface, self._place = surface, place
        self._before = surface.subsurface(place).copy()
        dark = sum(surface.get_at((place.x + place.w // 2, place.y + place.h // 12))[:3]) < 3 * 128
        blend = pygame.BLEND_RGB_ADD if dark else pygame.BLEND_RGB_SUB
        surface.fill((PRESS_SHADE,) * 3, place, special_flags=blend)

    def undo(self) -> None:
        self._surface.blit(self._before, self._place)


class Window:
    """A real window or screen. `touched` and `told` are called on the window's thread and must only enqueue.

    `told` hears why nothing is shown, or "" when a picture is there (again). `pressed` says, on the same thread, what a
    touch shows on at once: the place of what lies there, or None.
    """

    def __init__(
        self,
        look: Look,
        touched: Touch,
        told: Callable[[str], None] = lambda _: None,
        pressed: Callable[[float, float], Rect | None] = lambda _x, _y: None,
    ) -> None:
        self._look = look
        self._touched = touched
        self._told = told
        self._pressed = pressed
        self._press: _Press | None = None
        self._shown: Scene | None = None
        self._touched_at = float("-inf")
        self._newest = _Newest()
        self._thread = threading.Thread(target=self._live, name="window", daemon=True)
        self._fault = ""

    def start(self) -> None:
        """Open it; a display that cannot be opened shows in `fault`."""
        self._thread.start()

    def show(self, scene: Scene, about: Hashable = None) -> None:
        """Paint `scene` as soon as the thread is free; it replaces one about the same that still waits."""
        self._newest.put(scene, about)

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
        """Whether its thread runs, also while the display is away."""
        return self._thread.is_alive()

    def _live(self) -> None:
        while self._newest.open:
            try:
                self._run(self._opened())
            except pygame.error as error:
                self._tell(str(error) or "the display is gone")
                self._newest.rest(self._look.retry_s)
            finally:
                pygame.display.quit()

    def _opened(self) -> pygame.Surface:
        flags = pygame.FULLSCREEN if self._look.fullscreen else 0
        pygame.display.init()
        surface = pygame.display.set_mode((self._look.width, self._look.height), flags)
        pygame.display.set_caption(self._look.title)
        pygame.mouse.set_visible(not self._look.fullscreen)
        return surface

    def _run(self, surface: pygame.Surface) -> None:
        canvas = Canvas(surface)
        self._paint(canvas, self._shown)
        while self._newest.open:
            awake = time.monotonic() - self._touched_at < AWAKE_S
            self._paint(canvas, self._newest.take(self._look.poll_s * (1 if awake else REST)))
            for event in pygame.event.get():
                self._hear(event, surface)
            if self._press is not None and time.monotonic() >= self._press.until:
                self._press.undo()
                self._press = None
                pygame.display.flip()

    def _paint(self, canvas: Canvas, scene: Scene | None) -> None:
        if scene is not None:
            self._shown, self._press = scene, None
            scene(canvas)
            pygame.display.flip()
            self._tell("")

    def _tell(self, fault: str) -> None:
        self._fault = fault
        self._told(fault)

    def _hear(self, event: pygame.event.Event, surface: pygame.Surface) -> None:
        if event.type == pygame.FINGERDOWN:
            self._touch(event.x, event.y, surface)
        elif event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and not event.touch:
            self._touch(event.pos[0] / self._look.width, event.pos[1] / self._look.height, surface)
        elif event.type == pygame.WINDOWEXPOSED:
            pygame.display.flip()

    def _touch(self, x: float, y: float, surface: pygame.Surface) -> None:
        self._touched_at = time.monotonic()
        self._touched(x, y)
        place = self._pressed(x, y)
        if place is not None and self._press is None and surface.get_rect().contains(place):
            self._press = _Press(surface, place, self._touched_at + self._look.press_s)
            pygame.display.flip()


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

    def show(self, scene: Scene, about: Hashable = None) -> None:
        """Paint `scene` as soon as the thread is free; it replaces one about the same that still waits."""
        self._newest.put(scene, about)

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
