"""When is what closed, what is announced, and when is it worth coming back?"""

from __future__ import annotations

import ipaddress
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ops.maintenance.features import SERVICE, closes, title_of

RETRY_WHEN_OPEN_ENDED_SECONDS = 120
_JITTER_SHARE = 0.1
_JITTER_SECONDS_AT_MOST = 60


@dataclass(frozen=True)
class Window:
    """A time in which a scope is closed. Without an end it lasts until somebody opens."""

    scope: str = SERVICE
    message: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    announced_from: datetime | None = None
    addresses: tuple[str, ...] = ()
    """Networks that are let in nevertheless."""

    def is_on(self, now: datetime) -> bool:
        return (self.starts_at is None or self.starts_at <= now) and not self.is_over(now)

    def is_over(self, now: datetime) -> bool:
        return self.ends_at is not None and self.ends_at <= now

    def is_announced(self, now: datetime) -> bool:
        if self.starts_at is None or self.announced_from is None:
            return False
        return self.announced_from <= now < self.starts_at

    def lets_in(self, address: str) -> bool:
        try:
            where = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(where in ipaddress.ip_network(one, strict=False) for one in self.addresses)

    def retry_after_seconds(self, now: datetime, *, dice: float) -> int:
        """Never before the planned end, and not everybody at once. `dice` is between 0 and 1."""
        if self.ends_at is None:
            return math.ceil(RETRY_WHEN_OPEN_ENDED_SECONDS * (1 + _JITTER_SHARE * dice))
        left = max(0.0, (self.ends_at - now).total_seconds())
        jitter = min(left * _JITTER_SHARE, _JITTER_SECONDS_AT_MOST) * dice
        return max(1, math.ceil(left + jitter))

    @property
    def title(self) -> str:
        return title_of(self.scope)


def closing(
    windows: Iterable[Window], *, method: str, path: str, now: datetime
) -> Window | None:  # fmt: skip
    """The window that stands in the way of this request; the one that ends last, if several do."""
    standing = [
        window
        for window in windows
        if window.is_on(now) and closes(window.scope, method=method, path=path)
    ]
    # The wider scope is the better answer: who reads "read-only" should not find it all closed.
    return max(standing, key=_breadth_then_end, default=None)


def announced(windows: Iterable[Window], *, now: datetime) -> tuple[Window, ...]:
    """What is to be closed soon, soonest first."""
    found = [window for window in windows if window.is_announced(now)]
    return tuple(sorted(found, key=lambda window: window.starts_at or now))


def _breadth_then_end(window: Window) -> tuple[bool, float]:
    end = window.ends_at.timestamp() if window.ends_at else math.inf
    return window.scope == SERVICE, end
