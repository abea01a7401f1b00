"""How did a window of time go, in one page? The same figures for console and command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ops.metrics import reading, traffic
from ops.metrics.traffic import Comparison, RouteFigures
from ops.metrics.windows import Window


@dataclass(frozen=True)
class Summary:
    requests: float
    per_second: float
    compared: Comparison
    statuses: dict[str, float]
    shed: float
    """Requests turned away at the door; none of the figures above and below counts them."""
    error_share: float | None
    refused_share: float | None
    p50_seconds: float | None
    p95_seconds: float | None
    p99_seconds: float | None
    jobs: dict[str, float]
    known_share: float | None
    """Submissions whose report was known already."""
    slowest: tuple[RouteFigures, ...]
    silent_seconds: float | None
    """Since anything was stored: figures older than a minute are to be marked as old."""


def summary(window: Window, now: datetime) -> Summary:
    statuses = reading.totals("http_requests", window, reading.by_status_class)
    requests = sum(statuses.values())
    quantiles = reading.percentiles("http_request_duration_seconds", window, (0.5, 0.95, 0.99))
    p50, p95, p99 = quantiles.get("all", (None, None, None))
    return Summary(
        requests=requests,
        per_second=requests / window.seconds,
        compared=traffic.compared_with_last_week(now),
        statuses=statuses,
        shed=traffic.shed(window),
        error_share=traffic.error_share(window),
        refused_share=traffic.refused_share(window),
        p50_seconds=p50,
        p95_seconds=p95,
        p99_seconds=p99,
        jobs=reading.totals("jobs", window, reading.by("state")),
        known_share=reading.share("submissions", window, reading.only(outcome="hit")),
        slowest=tuple(traffic.routes(window)),
        silent_seconds=reading.silent_seconds(now),
    )
