"""A window without a display: fingers, mice, and scenes that are painted once."""

import queue
from collections.abc import Iterator
from io import BytesIO

import pygame
import pytest

from appliance.display.canvas import Canvas
from appliance.display.dots import dots_png
from appliance.display.geometry import Rect
from appliance.display.window import Look, OffScreen, Window
from tests.waiting import PATIENT_S, eventually

LOOK = Look(200, 400, retry_s=0.02, press_s=0.5)


class Touched:
    def __init__(self) -> None:
        self.queue: queue.SimpleQueue[tuple[float, float]] = queue.SimpleQueue()

    def __call__(self, x: float, y: float) -> None:
        self.queue.put((x, y))


@pytest.fixture
def touched() -> Touched:
    return Touched()


@pytest.fixture
def window(touched: Touched, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    made = Window(LOOK, touched)
    made.start()
    painted: queue.SimpleQueue[bool] = queue.SimpleQueue()
    made.show(lambda _: painted.put(True))
    painted.get(timeout=PATIENT_S)
    yield made
    made.stop()
    assert not made.alive


def test_a_finger_and_a_real_mouse_touch_but_the_fingers_twin_does_not(window: Window, touched: Touched) -> None:
    pygame.event.post(pygame.event.Event(pygame.FINGERDOWN, x=0.5, y=0.25, finger_id=1, touch_id=1, dx=0, dy=0))
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=(100, 100), touch=True))
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=3, pos=(100, 100), touch=False))
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=(50, 100), touch=False))
    assert touched.queue.get(timeout=PATIENT_S) == (0.5, 0.25)
    assert touched.queue.get(timeout=PATIENT_S) == (0.25, 0.25)
    assert touched.queue.empty()


@pytest.mark.parametrize("ground", [(255, 255, 255), (0, 0, 0)])
def test_what_is_touched_shows_it_although_nobody_answers_and_then_stands_as_before(
    ground: tuple[int, int, int], touched: Touched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    flips: list[tuple[int, int, int]] = []
    window = Window(LOOK, touched, pressed=lambda x, _: Rect(20, 20, 100, 60) if x < 0.5 else None)
    window.start()
    try:
        window.show(lambda canvas: canvas.fill(ground))
        assert eventually(lambda: window.fault == "" and pygame.display.get_surface() is not None)
        surface = pygame.display.get_surface()
        assert eventually(lambda: surface.get_at((50, 50))[:3] == ground)
        pygame.event.post(pygame.event.Event(pygame.FINGERDOWN, x=0.25, y=0.1))
        assert touched.queue.get(timeout=PATIENT_S) == (0.25, 0.1)
        assert eventually(lambda: flips.append(surface.get_at((50, 50))[:3]) or flips[-1] != ground), "it shows"
        assert surface.get_at((150, 50))[:3] == ground, "only where it was touched"
        assert eventually(lambda: surface.get_at((50, 50))[:3] == ground), "and not for ever"
    finally:
        window.stop()


def test_a_target_beyond_the_edge_does_not_break_the_window(touched: Touched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    painted: queue.SimpleQueue[int] = queue.SimpleQueue()
    window = Window(LOOK, touched, pressed=lambda _x, _y: Rect(150, 350, 100, 100))
    window.start()
    try:
        window.show(lambda _: painted.put(1))
        painted.get(timeout=PATIENT_S)
        pygame.event.post(pygame.event.Event(pygame.FINGERDOWN, x=0.9, y=0.9))
        assert touched.queue.get(timeout=PATIENT_S) == (0.9, 0.9)
        window.show(lambda _: painted.put(2))
        assert painted.get(timeout=PATIENT_S) == 2
        assert window.alive
    finally:
        window.stop()


def test_only_the_newest_scene_is_painted_and_only_once(window: Window) -> None:
    painted: list[int] = []
    gate: queue.SimpleQueue[bool] = queue.SimpleQueue()

    def slow(_: Canvas) -> None:
        painted.append(0)
        gate.get(timeout=PATIENT_S)

    window.show(slow)
    eventually(lambda: painted)
    for number in range(1, 6):
        window.show(lambda _, number=number: painted.append(number))
    gate.put(True)
    assert eventually(lambda: painted == [0, 5])


def test_a_display_that_comes_late_shows_what_was_asked_for_meanwhile(
    touched: Touched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "no-such-driver")
    told: list[str] = []
    painted: queue.SimpleQueue[int] = queue.SimpleQueue()
    window = Window(LOOK, touched, told.append)
    window.start()
    try:
        assert eventually(lambda: window.fault)
        assert window.alive
        window.show(lambda _: painted.put(1))
        monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
        assert painted.get(timeout=PATIENT_S) == 1
        assert eventually(lambda: told[-1] == "")
        assert window.fault == ""
    finally:
        window.stop()
    assert not window.alive


def test_a_display_that_goes_away_and_comes_back_has_its_picture_again(
    touched: Touched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    told: list[str] = []
    painted: queue.SimpleQueue[int] = queue.SimpleQueue()
    window = Window(LOOK, touched, told.append)
    window.start()
    try:
        tries: list[int] = []

        def gone_at_first(_: Canvas) -> None:
            tries.append(len(tries))
            if len(tries) == 1:
                raise pygame.error("video system not initialized")
            painted.put(len(tries))

        window.show(gone_at_first)
        assert painted.get(timeout=PATIENT_S) == 2
        assert eventually(lambda: told == ["video system not initialized", ""])
    finally:
        window.stop()


def test_scenes_about_different_things_are_all_painted_in_order(window: Window) -> None:
    painted: list[int] = []
    gate: queue.SimpleQueue[bool] = queue.SimpleQueue()

    def slow(_: Canvas) -> None:
        painted.append(0)
        gate.get(timeout=PATIENT_S)

    window.show(slow)
    eventually(lambda: painted)
    for number in range(1, 201):
        window.show(lambda _, number=number: painted.append(-number), number)
        window.show(lambda _, number=number: painted.append(number), number)
    gate.put(True)
    assert eventually(lambda: painted == [0, *range(1, 201)])


def test_off_screen_every_new_scene_is_a_picture() -> None:
    pictures: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    screen = OffScreen(LOOK, pictures.put)
    screen.start()
    screen.show(lambda canvas: canvas.fill((255, 0, 0)))
    first = pictures.get(timeout=PATIENT_S)
    loaded = pygame.image.load(BytesIO(first))
    assert (loaded.get_size(), tuple(loaded.get_at((10, 10)))[:3]) == ((200, 400), (255, 0, 0))
    screen.stop()
    assert not screen.alive
    assert screen.fault == ""


def test_dots_are_black_where_they_are_set() -> None:
    loaded = pygame.image.load(BytesIO(dots_png([0b1000000001, 0], 10)))
    line = [tuple(loaded.get_at((x, 0)))[:3] for x in range(10)]
    assert line == [(0, 0, 0), *[(255, 255, 255)] * 8, (0, 0, 0)]
