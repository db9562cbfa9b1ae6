"""The whole centre, and somebody who cannot see it: two keys, a voice by espeak-ng, and the page of the demo."""

import io
import shutil
import wave
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.system.chromium import chromium
from tests.system.running_demo import RunningDemo, morning, running_demo

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is missing: apt-get install espeak-ng"),
]
PATIENT_MS = 60_000
SOUND = "kiosk-1/speaker/sound"
HEARD = "() => { const it = loudspeakers['kiosk-1']; return it.ended || it.currentTime > 0.45; }"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDemo]:
    with running_demo(*morning(tmp_path_factory.mktemp("demo"))) as demo:
        yield demo


@pytest.fixture
def hall(demo: RunningDemo) -> Iterator[Page]:
    with chromium() as program:
        page = program.new_page(base_url=demo.url, viewport={"width": 1440, "height": 900}, locale="vi-VN")
        page.set_default_timeout(PATIENT_MS)
        expect.set_options(timeout=PATIENT_MS)
        page.goto("/virtual?lang=vi")
        page.wait_for_function("() => shown.get('kiosk-1/screen/picture')?.page === 'start'")
        yield page


def press(hall: Page, key: str) -> str:
    """Press a key of the kiosk; what it says then."""
    before = hall.evaluate("place => shown.get(place)?.job ?? ''", SOUND)
    hall.locator(f"[data-key={key}]").click()
    hall.wait_for_function("([place, before]) => (shown.get(place)?.job ?? '') !== before", arg=[SOUND, before])
    words: str = hall.evaluate("place => shown.get(place).words", SOUND)
    return words


def walk(hall: Page, words: str, said: str) -> str:
    """NEXT until these words are heard, then CHOOSE; what is said then."""
    for _ in range(40):
        if words in said:
            hall.wait_for_function(
                HEARD
            )  # nobody chooses what he has not heard, and a second press at once is no choice
            return press(hall, "choose")
        said = press(hall, "next")
    raise AssertionError(f"{words!r} was never heard")


def test_a_number_is_taken_on_the_page_by_two_keys_and_heard(hall: Page, demo: RunningDemo) -> None:
    hall.locator("[data-listen=kiosk-1]").check()
    said = press(hall, "next")
    hall.wait_for_function("() => loudspeakers['kiosk-1'].currentTime > 0")
    expect(hall.locator("[data-listen=kiosk-1]")).to_be_checked()  # the browser did not refuse to play
    assert said.startswith("Đây là máy lấy số của Trung tâm")
    said = walk(hall, "Đất đai, môi trường", said)
    said = walk(hall, "Nộp hồ sơ", said)
    walk(hall, "Lấy số", said)
    expect(hall.locator("[data-spoken=kiosk-1]")).to_contain_text("Số của bạn. a, không, không, một.")
    expect(hall.locator("#paper-size")).to_contain_text("kB")
    heard = hall.request.get(f"/virtual/picture/{SOUND}")
    assert heard.headers["content-type"] == "audio/wav"
    with wave.open(io.BytesIO(heard.body())) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 22_050)
        assert sound.getnframes() > 22_050 // 5
