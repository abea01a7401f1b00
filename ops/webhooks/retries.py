"""When is a failed delivery tried again? Soon, then ever later, until a day is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

_MINUTE, _HOUR = 60, 3600
DELAYS_SECONDS = (
    5, 30, 2 * _MINUTE, 10 * _MINUTE, 30 * _MINUTE,
    _HOUR, 2 * _HOUR, 4 * _HOUR, 8 * _HOUR, 8 * _HOUR,
)  # fmt: skip
"""Together 23 hours and 42 minutes."""
NO_RETRIES = len(DELAYS_SECONDS)
"""The step of a delivery that is tried once only."""
_JITTER = 0.2
_LONGEST_WISH = timedelta(hours=8)


def next_try(
    step: int, *, now: datetime, fraction: float, wish: timedelta | None = None
) -> datetime | None:
    """None when the plan is at its end. `fraction` in [0, 1] spreads what failed together;
    `wish` is the receiver's Retry-After."""
    if step >= len(DELAYS_SECONDS):
        return None
    planned = timedelta(seconds=DELAYS_SECONDS[step] * (1 + _JITTER * (2 * fraction - 1)))
    return now + max(planned, wish or timedelta(0))


def wish_of(retry_after: str, *, now: datetime) -> timedelta | None:
    """Seconds or an HTTP date, never longer than the plan's longest; None for anything else."""
    text = retry_after.strip()
    if text.isascii() and text.isdecimal() and len(text) < 10:
        return min(timedelta(seconds=int(text)), _LONGEST_WISH)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    if moment.tzinfo is None:
        return None
    return min(max(moment - now, timedelta(0)), _LONGEST_WISH)
