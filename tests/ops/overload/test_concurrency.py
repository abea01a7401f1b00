"""The adaptive limit settles where more would only mean slower."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.overload.concurrency import Bounds, GradientLimit

BOUNDS = Bounds(minimum=2, maximum=16)


def run(
    limit: GradientLimit, latency, *, seconds: float, start: float = 0.0, computing: float = 0.0
) -> float:
    """Always as many in flight as the limit allows."""
    now = start
    while now < start + seconds:
        took = latency(limit.limit)
        limit.observe(took, in_flight=limit.limit, now=now, computing_seconds=computing)
        now += took / limit.limit
    return now


def test_work_that_shares_one_processor_gets_few_at_once():
    limit = GradientLimit(BOUNDS)

    run(limit, lambda n: 0.005 * n, seconds=30)

    assert 2 <= limit.limit <= 6


def test_work_that_waits_for_others_gets_as_many_as_there_may_be():
    limit = GradientLimit(BOUNDS)

    run(limit, lambda n: 0.05, seconds=30)

    assert limit.limit == 16


@pytest.mark.parametrize(
    ("seconds", "computing", "keeps_busy"),
    [
        (0.050, 0.025, 2),
        (0.050, 0.012, 4),
        (0.050, 0.050, BOUNDS.minimum),
        (0.050, 0.001, BOUNDS.maximum),
        (0.050, 0.000, BOUNDS.maximum),
    ],
)
def test_one_that_computes_and_as_many_as_wait_meanwhile_keep_it_busy(
    seconds, computing, keeps_busy
):
    limit = GradientLimit(BOUNDS)

    run(limit, lambda n: seconds, seconds=30, computing=computing)

    assert limit.keeps_busy == keeps_busy


def test_when_everything_gets_slower_the_limit_shrinks_and_comes_back():
    limit = GradientLimit(BOUNDS)
    end = run(limit, lambda n: 0.05, seconds=30)

    end = run(limit, lambda n: 0.05 * n, seconds=60, start=end)
    shrunk = limit.limit
    run(limit, lambda n: 0.05, seconds=60, start=end)

    assert shrunk <= 6
    assert limit.limit == 16


def test_calm_is_measured_anew_with_few_at_once():
    limit, seen = GradientLimit(BOUNDS), []

    run(limit, lambda n: seen.append(n) or 0.05, seconds=100)

    assert max(seen) == 16
    assert 0.001 < seen.count(2) / len(seen) < 0.05


def test_a_limit_that_nobody_uses_does_not_grow():
    limit = GradientLimit(BOUNDS)

    for step in range(1000):
        limit.observe(0.05, in_flight=1, now=step * 0.05)

    assert limit.limit <= 3


def test_one_slow_request_among_many_changes_nothing():
    limit, dice = GradientLimit(BOUNDS), random.Random(1)

    run(limit, lambda n: 5.0 if dice.random() < 0.02 else 0.05, seconds=30)

    assert limit.limit == 16


@given(st.lists(st.tuples(st.floats(0, 100), st.integers(1, 50), st.floats(0, 2)), max_size=300))
def test_the_limit_stays_within_its_bounds(samples):
    limit, now = GradientLimit(BOUNDS), 0.0

    for seconds, in_flight, pause in samples:
        now += pause
        limit.observe(seconds, in_flight=in_flight, now=now)

        assert BOUNDS.minimum <= limit.limit <= BOUNDS.maximum


@pytest.mark.parametrize("latency", [0.0, 1e-9, 1e9])
def test_absurd_clocks_do_not_break_it(latency):
    limit = GradientLimit(BOUNDS)

    for step in range(100):
        limit.observe(latency, in_flight=4, now=step * 0.1)

    assert limit.limit >= 2
