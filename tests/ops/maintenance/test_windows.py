"""When what is closed, and what Retry-After says."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.durations import parse_duration
from ops.maintenance.features import FEATURES, READ_ONLY, SERVICE, closes
from ops.maintenance.windows import Window, announced, closing

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("scope", "method", "path", "is_closed"),
    [
        (SERVICE, "GET", "/", True),
        (SERVICE, "POST", "/api/v1/analyses", True),
        (SERVICE, "GET", "/admin/ops/maintenance/", False),
        (SERVICE, "GET", "/livez", False),
        (SERVICE, "GET", "/api/v1/limits", False),
        (SERVICE, "GET", "/static/site/logo.svg", False),
        (SERVICE, "GET", "/adminx", True),
        (READ_ONLY, "GET", "/api/v1/analyses/an_1", False),
        (READ_ONLY, "DELETE", "/api/v1/analyses/an_1", True),
        (READ_ONLY, "POST", "/admin/login/", False),
        ("submit", "POST", "/api/v1/analyses", True),
        ("submit", "GET", "/api/v1/analyses", False),
        ("submit", "POST", "/api/v1/batches", False),
        ("batches", "POST", "/api/v1/batches/b_1/cancel", True),
        ("batches", "GET", "/api/v1/batches/b_1", False),
        ("playground", "GET", "/", True),
        ("playground", "GET", "/docs", False),
        ("documentation", "GET", "/docs", True),
        ("webhooks", "GET", "/api/v1/webhook-endpoints", True),
        ("url_fetch", "POST", "/api/v1/analyses", False),
        ("unknown", "GET", "/", False),
    ],
)
def test_each_scope_closes_its_own_part(scope, method, path, is_closed):
    assert closes(scope, method=method, path=path) is is_closed


@pytest.mark.parametrize(
    ("now", "is_on", "is_announced"),
    [
        (NOON - 3 * HOUR, False, False),
        (NOON - HOUR, False, True),
        (NOON, True, False),
        (NOON + HOUR - timedelta(seconds=1), True, False),
        (NOON + HOUR, False, False),
    ],
)
def test_a_window_is_announced_then_on_then_over(now, is_on, is_announced):
    window = Window(starts_at=NOON, ends_at=NOON + HOUR, announced_from=NOON - 2 * HOUR)

    assert window.is_on(now) is is_on
    assert bool(announced([window], now=now)) is is_announced


def test_of_several_windows_the_whole_service_answers_and_then_the_longest():
    windows = [
        Window(READ_ONLY, ends_at=NOON + 9 * HOUR),
        Window(SERVICE, "short", ends_at=NOON + HOUR),
        Window(SERVICE, "long", ends_at=NOON + 2 * HOUR),
    ]

    found = closing(windows, method="POST", path="/api/v1/analyses", now=NOON)

    assert found is not None
    assert found.message == "long"


@given(st.floats(0, 10**6), st.floats(0, 1))
def test_retry_after_is_never_before_the_end_and_hardly_later(seconds, dice):
    window = Window(ends_at=NOON + timedelta(seconds=seconds))

    found = window.retry_after_seconds(NOON, dice=dice)

    assert max(1, seconds) <= found + 1e-6
    assert found <= 1 + seconds + min(60, 0.1 * seconds) + 1


@pytest.mark.parametrize(
    ("networks", "address", "is_let_in"),
    [
        (("192.0.2.0/24",), "192.0.2.7", True),
        (("192.0.2.0/24",), "192.0.3.7", False),
        (("192.0.2.7",), "192.0.2.7", True),
        (("2001:db8::/32",), "2001:db8::1", True),
        (("192.0.2.0/24",), "garbage", False),
        ((), "192.0.2.7", False),
    ],
)
def test_named_networks_come_in(networks, address, is_let_in):
    assert Window(addresses=networks).lets_in(address) is is_let_in


def test_the_features_have_names_of_their_own():
    names = [feature.name for feature in FEATURES]

    assert len(set(names)) == len(names)
    assert not {SERVICE, READ_ONLY} & set(names)


@pytest.mark.parametrize(
    ("text", "seconds"), [("45s", 45), ("30m", 1800), ("1h30m", 5400), ("2d", 172_800)]
)
def test_lengths_are_read_as_people_type_them(text, seconds):
    assert parse_duration(text).total_seconds() == seconds


@pytest.mark.parametrize("text", ["", "5", "m", "-5m", "5 m", "1y", "5m!"])
def test_what_is_no_length_is_refused(text):
    with pytest.raises(ValueError, match="no length of time"):
        parse_duration(text)
