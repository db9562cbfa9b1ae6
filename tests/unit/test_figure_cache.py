"""Live figures cost a bounded share of the time, whatever they cost and however many watch."""

import threading

import pytest

from broker.web.figure_cache import KEPT, SHARE, SHORTEST_S, FigureCache


class Stand:
    """A clock that moves by what an answer costs, and a count of how often one was worked out."""

    def __init__(self, cost_s: float) -> None:
        self.now, self.cost_s, self.times = 0.0, cost_s, 0
        self.cache = FigureCache(lambda: self.now)

    def work_out(self) -> int:
        self.now += self.cost_s
        self.times += 1
        return self.times

    def ask(self, question: str = "year") -> int:
        return self.cache.get(question, self.work_out)


@pytest.mark.parametrize(("cost_s", "good_for_s"), [(0.001, SHORTEST_S), (0.5, SHARE * 0.5)])
def test_an_answer_is_good_for_twenty_times_what_it_took(cost_s, good_for_s):
    stand = Stand(cost_s)
    assert stand.ask() == 1
    stand.now += good_for_s - 0.01
    assert stand.ask() == 1
    stand.now += 0.01
    assert stand.ask() == 2


def test_other_questions_have_other_answers_and_only_the_newest_are_kept():
    stand = Stand(0.0)
    assert [stand.ask(f"day {n}") for n in range(KEPT + 1)] == list(range(1, KEPT + 2))
    assert stand.ask(f"day {KEPT}") == KEPT + 1
    assert stand.ask("day 0") == KEPT + 2


def test_ten_who_ask_at_once_cost_one_answer():
    cache, times, start = FigureCache(), [], threading.Barrier(10)

    def ask():
        start.wait()
        cache.get("year", lambda: times.append(1))

    threads = [threading.Thread(target=ask) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(times) == 1


def test_a_question_that_fails_is_asked_again():
    cache = FigureCache()
    with pytest.raises(ZeroDivisionError):
        cache.get("year", lambda: 1 / 0)
    assert cache.get("year", lambda: 7) == 7
