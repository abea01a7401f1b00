from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ops.webhooks.retries import DELAYS_SECONDS, next_try, wish_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_the_plan_lasts_about_a_day_and_grows():
    assert timedelta(hours=23) < timedelta(seconds=sum(DELAYS_SECONDS)) <= timedelta(hours=24)
    assert list(DELAYS_SECONDS) == sorted(DELAYS_SECONDS)
    assert DELAYS_SECONDS[0] == 5


@given(some.integers(0, len(DELAYS_SECONDS) - 1), some.floats(0, 1))
def test_a_retry_comes_within_a_fifth_of_its_plan(step, fraction):
    delay = next_try(step, now=NOW, fraction=fraction) - NOW

    planned = timedelta(seconds=DELAYS_SECONDS[step])
    assert 0.799 * planned <= delay <= 1.201 * planned


def test_after_the_plan_there_is_nothing():
    assert next_try(len(DELAYS_SECONDS), now=NOW, fraction=0.5) is None


def test_a_receiver_may_ask_for_more_patience_but_not_for_less():
    patient = next_try(0, now=NOW, fraction=0.5, wish=HOUR)
    hasty = next_try(5, now=NOW, fraction=0.5, wish=timedelta(0))

    assert (patient - NOW, hasty - NOW) == (HOUR, HOUR)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("120", timedelta(seconds=120)),
        ("0", timedelta(0)),
        ("Mon, 23 Nov 2026 13:00:00 GMT", HOUR),
        ("Mon, 23 Nov 2026 11:00:00 GMT", timedelta(0)),
        ("999999999", 8 * HOUR),
        ("Mon, 23 Nov 2099 13:00:00 GMT", 8 * HOUR),
        ("9" * 400, None),
        ("-1", None),
        ("soon", None),
        ("²", None),
        ("", None),
    ],
)
def test_retry_after_is_read_in_both_forms_and_believed_within_reason(text, wish):
    assert wish_of(text, now=NOW) == wish


@given(some.text(max_size=50))
def test_nothing_that_a_receiver_writes_breaks_the_plan(text):
    wish = wish_of(text, now=NOW)

    assert wish is None or timedelta(0) <= wish <= 8 * HOUR
