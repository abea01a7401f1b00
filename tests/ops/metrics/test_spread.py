import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.metrics import spread

SAMPLES = 100_000


def spread_of(values):
    counted = {}
    for value in values:
        bucket = spread.bucket_of(value)
        counted[bucket] = counted.get(bucket, 0) + 1
    return counted


def lognormal(dice):
    return dice.lognormvariate(-3, 0.8)


def pareto(dice):
    return 0.004 * dice.paretovariate(1.3)


def hits_and_misses(dice):
    return 0.0021 if dice.random() < 0.7 else dice.gauss(0.25, 0.01)


def always_the_same(dice):
    return 0.1


@pytest.mark.parametrize("draw", [lognormal, pareto, hits_and_misses, always_the_same])
def test_percentiles_are_within_five_percent_on_a_hundred_thousand_samples(draw):
    dice = random.Random(7)
    values = sorted(draw(dice) for _ in range(SAMPLES))
    counted = spread_of(values)

    for share in (0.5, 0.9, 0.95, 0.99):
        exact = values[round(share * SAMPLES) - 1]
        assert spread.percentile(counted, share) == pytest.approx(exact, rel=0.05)


@given(
    st.lists(st.floats(min_value=2e-4, max_value=5_000), min_size=1, max_size=200),
    st.sampled_from([0.01, 0.5, 0.9, 0.95, 0.99, 1.0]),
)
def test_no_samples_make_a_percentile_wrong_by_more_than_a_bucket(values, share):
    ordered = sorted(values)
    rank = max(1, -(-int(share * 10_000) * len(ordered) // 10_000))
    near = ordered[rank - 1]

    found = spread.percentile(spread_of(values), share)

    assert near / 1.0501 <= found <= near * 1.0501


@given(st.floats(min_value=2e-4, max_value=5_000))
def test_a_value_lies_in_its_bucket(value):
    bucket = spread.bucket_of(value)

    assert (
        spread.upper_bound(bucket - 1) * 0.999999 < value <= spread.upper_bound(bucket) * 1.000001
    )


@pytest.mark.parametrize("value", [0, -1, 1e-9, 1e9])
def test_values_beyond_the_scale_count_at_its_ends(value):
    assert spread.LOWEST <= spread.bucket_of(value) <= spread.HIGHEST


def test_no_samples_have_no_percentile():
    assert spread.percentile({}, 0.5) is None
