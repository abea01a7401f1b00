"""Are numbers and conditions said as one would say them?"""

from datetime import timedelta

import pytest

from ops.console import signal_words
from ops.console.marks import duration
from ops.console.numbers import number, quota
from ops.models import AlertRule, Comparison


@pytest.mark.parametrize(
    ("count", "unit", "window_seconds", "said"),
    [
        (60, "requests", 60, "60 requests a minute"),
        (5000, "cost", 86_400, "5,000 cost units a day"),
        (30, "requests", 1, "30 requests a second"),
        (10, "requests", 300, "10 requests in 5 min"),
    ],
)
def test_a_quota_is_said_by_its_time(count, unit, window_seconds, said):
    assert quota(count, unit, window_seconds) == said


@pytest.mark.parametrize(
    ("signal", "comparison", "threshold", "said"),
    [
        ("response_p95_seconds", Comparison.ABOVE, 1, "response p95 seconds is above 1.0 s"),
        ("queue_wait_seconds", Comparison.ABOVE, 60, "queue wait seconds is above 1 min"),
        ("disk_free_bytes", Comparison.BELOW, 2**30, "disk free bytes is below 1.0 GiB"),
        ("error_percent", Comparison.ABOVE, 2, "error percent is above 2 %"),
        ("workers_alive", Comparison.BELOW, 1, "workers alive is below 1"),
        ("http_requests", Comparison.ABOVE, 1500, "http requests is above 1,500"),
    ],
)
def test_a_condition_is_said_in_the_unit_of_its_signal(signal, comparison, threshold, said):
    rule = AlertRule(signal=signal, comparison=comparison, threshold=threshold)

    assert signal_words.sentence(rule) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, "–"), (0.01722, "0.017"), (0.5, "0.5"), (2.345, "2.35"), (1234.5, "1,234"), (7, "7")],
)
def test_numbers_are_as_exact_as_one_compares_them(value, said):
    assert number(value) == said


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0 s"), (0.077, "77 ms"), (1, "1.0 s"), (61, "1 min 1 s")]
)
def test_durations_are_said_in_two_units_at_most(seconds, said):
    assert duration(timedelta(seconds=seconds)) == said
