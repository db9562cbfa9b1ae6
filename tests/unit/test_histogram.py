"""Percentiles read from merged buckets, against the sorted list that nobody keeps."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker import histogram

durations = st.integers(0, histogram.LONGEST_S)


def count(values: list[int]) -> dict[int, int]:
    return Counter(map(histogram.bucket_of, values))


def nearest_rank(values: list[int], q: float) -> int:
    return sorted(values)[max(math.ceil(q * len(values)), 1) - 1]


@given(durations)
def test_every_duration_lies_in_its_bucket_and_near_its_middle(seconds: int) -> None:
    bucket = histogram.bucket_of(seconds)
    low, high = histogram.edges(bucket)
    assert low <= seconds < high
    assert abs(histogram.middle(bucket) - seconds) <= 0.05 * seconds


@given(st.lists(durations, min_size=1), st.sampled_from([0, 0.25, 0.5, 0.75, 0.9, 0.95, 1]))
def test_a_percentile_is_within_five_percent_of_the_sorted_list(values: list[int], q: float) -> None:
    truth = nearest_rank(values, q)
    read = histogram.percentile(count(values), q)
    assert read is not None
    assert abs(read - truth) <= 0.05 * truth


@given(st.lists(durations), st.sampled_from(histogram.LIMITS))
def test_within_fifteen_minutes_is_counted_exactly(values: list[int], limit_s: int) -> None:
    assert histogram.within(count(values), limit_s) == sum(value <= limit_s for value in values)


def test_a_limit_that_is_no_edge_is_refused_rather_than_guessed() -> None:
    with pytest.raises(ValueError, match="not an edge"):
        histogram.within({}, 901)


def test_of_nothing_there_is_no_percentile() -> None:
    assert histogram.percentile({}, 0.9) is None


def test_a_clock_that_ran_backwards_is_not_hidden_as_zero() -> None:
    with pytest.raises(ValueError, match="cannot be"):
        histogram.bucket_of(-1)


def test_the_stored_bucket_numbers_never_change() -> None:
    probes = {0: 0, 1: 1, 9: 9, 10: 10, 11: 10, 60: 24, 900: 54, 1800: 62, 3600: 71, 86400: 107}
    assert {seconds: histogram.bucket_of(seconds) for seconds in probes} == probes
