"""Whatever happens to a journal in whatever order: nothing unacknowledged is lost, no name is used twice."""

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from appliance.runtime.outbox import WINDOW, Outbox
from appliance.wire.messages import Rating


class Journal(RuleBasedStateMachine):
    """A box, its hub and the misfortunes between them."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._path = Path(self._folder.name) / "journal.sqlite"
        self.outbox = Outbox(self._path, jitter=lambda: 0.5)
        self.now = 0.0
        self.made = 0
        self.owed: list[str] = []  # ids that the hub has not acknowledged, oldest first
        self.names: dict[tuple[object, object], str] = {}

    def teardown(self) -> None:
        self.outbox.close()
        self._folder.cleanup()

    def _name(self, message: Rating) -> None:
        known = self.names.setdefault((message.epoch, message.seq), message.id)
        assert known == message.id, "one name for two events"

    @rule()
    def record(self) -> None:
        self.made += 1
        kept = self.outbox.record(Rating(id=f"3f2b8c1e-0000-4000-8000-{self.made:012d}", level=1))
        self._name(kept)
        self.owed.append(kept.id)

    @rule()
    def fail_in_the_middle(self) -> None:
        try:
            with self.outbox.atomic():
                self.outbox.record(Rating(id="00000000-0000-4000-8000-000000000000", level=5))
                raise KeyError
        except KeyError:
            pass

    @rule(later=st.floats(0, 20))
    def send(self, later: float) -> None:
        self.now += later
        sent = self.outbox.due(self.now)
        assert len(sent) <= WINDOW
        ids = [message.id for message in sent]
        assert ids == [name for name in self.owed if name in ids], "not oldest first, or not owed"
        for message in sent:
            assert isinstance(message, Rating)
            self._name(message)

    @precondition(lambda self: self.owed)
    @rule(data=st.data())
    def acknowledge(self, data: st.DataObject) -> None:
        count = data.draw(st.integers(0, len(self.owed)))
        self.outbox.acknowledge(self.outbox.epoch, self.outbox.highest - len(self.owed) + count)
        self.owed = self.owed[count:]

    @rule()
    def lose_the_line(self) -> None:
        self.outbox.forget_in_flight()

    @rule()
    def restart(self) -> None:
        self.outbox.close()
        self.outbox = Outbox(self._path, jitter=lambda: 0.5)

    @rule()
    def hear_of_numbers_never_given(self) -> None:
        self.outbox.acknowledge(self.outbox.epoch, self.outbox.highest + 1)

    @invariant()
    def everything_owed_is_kept_and_will_be_due(self) -> None:
        assert len(self.outbox) == len(self.owed)
        assert (self.outbox.next_due(self.now) is None) == (not self.owed)


TestJournal = Journal.TestCase
TestJournal.settings = settings(max_examples=30, stateful_step_count=30)
