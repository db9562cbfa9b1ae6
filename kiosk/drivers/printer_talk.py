"""A conversation with a printer over an open line: what is handed over, what is asked, what is heard.

Rules: for one thread; every wait has a deadline; a half answer that stays half is noise; the newest word of a printer
about itself wins, whether it was asked for it or not. Raises LineLost from everything that touches the line.
"""

import time
from collections.abc import Callable, Iterable
from typing import TypeVar

from kiosk.drivers import escpos_bytes as escpos
from kiosk.drivers.escpos_answers import Answer, Answers, Noise, Status, StatusBack
from kiosk.drivers.escpos_status import Finding, judge, judge_back
from kiosk.drivers.lines import Line

ANSWER_S = 0.5
"""How long a printer may take for an answer that needs no printing."""
PIECE = 512
"""Bytes between two looks at what the printer says meanwhile."""
_GAP_S = 0.2
"""No answer pauses so long in its middle, at any speed."""
_KEPT = 64

A = TypeVar("A", bound=Answer)


class Talk:
    """The printer at the other end of `line`."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._answers = Answers()
        self._kept: list[Answer] = []
        self._heard_at = time.monotonic()
        self.finding: Finding | None = None
        """What it said of itself last."""
        self.said_at = float("-inf")
        """When that was, in `time.monotonic()` seconds."""
        self.nonsense = False
        """Whether what came last was no answer at all."""

    def send(self, data: bytes, timeout_s: float) -> bool:
        """Hand over `data`; False when the printer did not take all of it in time, or stopped for a person."""
        deadline = time.monotonic() + timeout_s
        sent = 0
        while sent < len(data) and (left := deadline - time.monotonic()) > 0:
            sent += self._line.send(data[sent : sent + PIECE], min(left, _GAP_S))
            if sent < len(data):
                self.hear(0.0)
                if self.finding is not None and self.finding.hopeless:
                    break
        return sent == len(data)

    def hear(self, timeout_s: float) -> None:
        """Take in what comes, for at most `timeout_s`, or what has come when that is 0."""
        data = self._line.receive(timeout_s)
        now = time.monotonic()
        if data:
            self._heard_at = now
            self._take(self._answers.feed(data))
        elif now - self._heard_at > _GAP_S:
            self._take(self._answers.give_up())

    def listen(self, kind: type[A], timeout_s: float, fits: Callable[[A], bool] = lambda _: True) -> A | None:
        """The next answer of `kind` that `fits`, None when there is none in time. Others are kept."""
        deadline = time.monotonic() + timeout_s
        while True:
            for answer in self._kept:
                if isinstance(answer, kind) and fits(answer):
                    self._kept.remove(answer)
                    return answer
            left = deadline - time.monotonic()
            if left <= 0:
                return None
            self.hear(min(left, _GAP_S))

    def forget(self) -> None:
        """What it has said until now answers nothing that will be asked."""
        self.hear(0.0)
        self._kept.clear()

    def quiet(self, for_s: float) -> None:
        """Let it finish: wait until it has said nothing for so long, then forget all of it."""
        while True:
            before = self._heard_at
            self.hear(for_s)
            if self._heard_at == before:
                return self.forget()

    def status(self, request: int) -> int | None:
        """The answer to one `DLE EOT`. Never inside another command: printers take it for data there."""
        self.hear(0.0)
        self._kept = [answer for answer in self._kept if not isinstance(answer, Status)]
        self.send(escpos.status_request(request), ANSWER_S)
        answer = self.listen(Status, ANSWER_S)
        return answer.byte if answer else None

    def ask(self, requests: Iterable[int]) -> Finding | None:
        """How it is by its own word, None when an answer is missing."""
        answers: dict[int, int] = {}
        for request in requests:
            answer = self.status(request)
            if answer is None:
                return None
            answers[request] = answer
        return self._find(judge(answers)) if answers else None

    def close(self) -> None:
        """Let go of the line."""
        self._line.close()

    def _take(self, answers: list[Answer]) -> None:
        for answer in answers:
            if isinstance(answer, StatusBack):
                self._find(judge_back(answer.body))
            if isinstance(answer, Noise):
                self.nonsense = True
            else:
                self._kept = [*self._kept, answer][-_KEPT:]

    def _find(self, finding: Finding) -> Finding:
        self.finding, self.said_at, self.nonsense = finding, time.monotonic(), False
        return finding
