"""One chatty device must not shut out the others."""

from broker.limits import Limits


class Seconds:
    now = 0.0

    def __call__(self):
        return self.now


def test_a_flood_is_cut_to_the_rate_and_others_go_on():
    clock = Seconds()
    limits = Limits(per_s=20, burst=100, clock=clock)
    assert sum(limits.allow("loud") for _ in range(1000)) == 100
    assert limits.allow("quiet")
    clock.now = 1.0
    assert sum(limits.allow("loud") for _ in range(1000)) == 20


def test_zero_is_no_limit():
    limits = Limits(per_s=0, burst=1, clock=Seconds())
    assert all(limits.allow("loud") for _ in range(1000))


def test_a_thousand_invented_names_do_not_fill_the_memory():
    limits = Limits(per_s=1, burst=1, clock=Seconds())
    for n in range(10_000):
        limits.allow(f"x{n}")
    assert len(limits._buckets) <= 4096
