"""Over which stretch of time does a page look back?"""

from __future__ import annotations

from datetime import datetime, timedelta

from ops.metrics import windows
from ops.metrics.windows import Window

PERIODS = {
    "15min": timedelta(minutes=15),
    "1h": timedelta(hours=1),
    "6h": timedelta(hours=6),
    "24h": timedelta(days=1),
    "7d": timedelta(days=7),
    "30d": timedelta(days=30),
}
DEFAULT_PERIOD = "1h"


def chosen(name: str) -> str:
    return name if name in PERIODS else DEFAULT_PERIOD


def window_of(period: str, now: datetime) -> Window:
    return windows.last(PERIODS[period], now)
