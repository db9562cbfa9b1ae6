"""A kiosk's real app whose events, seconds and finger are the test's."""

from kiosk.app import KioskApp
from kiosk.parts import ScreenTouched
from kiosk.view import View

TOUCH_S = 0.5
WISH = ("Chose(field='tnmt')", "Wanted", "Took")


class DrivenKiosk:
    """Whoever builds the `app` gives it `inbox.append` to post to, and `seconds` as its time of hands."""

    app: KioskApp

    def __init__(self) -> None:
        self.inbox: list[object] = []
        self.seconds = 1000.0

    @property
    def view(self) -> View:
        """The newest page, as the screen was given it."""
        raise NotImplementedError

    def say(self, *events: object) -> None:
        """Let events in, and all that they lead to."""
        self.inbox += events
        while self.inbox:
            self.app.handle(self.inbox.pop(0))

    def wait(self, seconds: float = 1.0) -> None:
        """Let time pass in silence, ticking whenever the app wants."""
        end = self.seconds + seconds
        while (due := self.app.deadline()) is not None and due < end:
            self.seconds = max(due, self.seconds + 0.001)
            self.app.tick()
            self.say()
        self.seconds = end
        self.app.tick()
        self.say()

    @property
    def page(self) -> str:
        return self.view.page

    @property
    def said(self) -> str:
        """All that the page says."""
        return " ".join(piece.words for piece in self.view.said)

    def touch(self, meaning: str) -> None:
        """Put a finger on the target that means so (its event's name, and perhaps more)."""
        view = self.view
        rect = next(target.rect for target in view.targets if meaning in repr(target.event))
        self.say(ScreenTouched((rect.x + rect.w / 2) / view.width, (rect.y + rect.h / 2) / view.height))
        self.seconds += TOUCH_S

    def take(self) -> None:
        """All touches from the start page to a wish."""
        for meaning in WISH:
            self.touch(meaning)
