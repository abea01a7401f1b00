"""How is the traffic? What the console, the commands and the alerts want to know of requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from ops.metrics import reading, windows
from ops.metrics.reading import Labels
from ops.metrics.windows import Window

_SHARES = (0.5, 0.95, 0.99)
_IDLE_PER_SECOND = 0.5
"""Twice nothing is no rush."""
_LATEST_MINUTES = 2
_ENOUGH_SECONDS = 20.0
"""Of a minute that runs, to tell its pace."""
_KNOWN_MINUTES_AT_LEAST = 10


@dataclass(frozen=True)
class RouteFigures:
    route: str
    requests: float
    per_second: float
    error_share: float
    p50_seconds: float | None
    p95_seconds: float | None
    p99_seconds: float | None


@dataclass(frozen=True)
class Comparison:
    """Requests offered per second in the last two minutes, and around this time a week ago."""

    now_per_second: float
    then_per_second: float | None

    @property
    def factor(self) -> float | None:
        """None when nothing is known of last week."""
        return self.now_per_second / self.then_per_second if self.then_per_second else None


@dataclass(frozen=True)
class Surge:
    """What is offered at this moment, and in the middle minute of the hour before."""

    per_second: float
    usual_per_second: float

    @property
    def factor(self) -> float:
        return self.per_second / max(self.usual_per_second, _IDLE_PER_SECOND)


def is_error(labels: Labels) -> str | None:
    """Answers that were our fault. A refusal under load is not an error but a decision."""
    status = labels.get("status", "")
    return "error" if status.startswith("5") and status != "503" else None


def is_refusal(labels: Labels) -> str | None:
    return "refused" if labels.get("status") in ("429", "503") else None


shed_at_the_door = reading.only(outcome="shed")
"""Of `gate_decisions`: requests that the gate turned away before anything else saw them."""


def shed(window: Window) -> float:
    return sum(reading.totals("gate_decisions", window, shed_at_the_door).values())


def offered(window: Window) -> float:
    """All requests that came: those answered, and those turned away at the door."""
    return sum(reading.totals("http_requests", window).values()) + shed(window)


def served(window: Window) -> float:
    """Those that were answered with anything but a refusal."""
    answered = reading.totals(
        "http_requests", window, lambda labels: is_refusal(labels) or "served"
    )
    return answered.get("served", 0.0)


def error_share(window: Window) -> float | None:
    return reading.share("http_requests", window, is_error)


def refused_share(window: Window) -> float | None:
    """Of all that were offered: 429 and 503, at the door and behind it."""
    came = offered(window)
    refused = sum(reading.totals("http_requests", window, is_refusal).values()) + shed(window)
    return refused / came if came else None


def routes(window: Window, limit: int = 10) -> list[RouteFigures]:
    """The slowest by p95 among those with traffic."""
    requests = reading.totals("http_requests", window, reading.by("route"))
    errors = reading.totals(
        "http_requests", window, lambda labels: labels["route"] if is_error(labels) else None
    )
    timed = reading.percentiles(
        "http_request_duration_seconds", window, _SHARES, reading.by("route")
    )
    unknown = (None,) * len(_SHARES)
    figures = [
        RouteFigures(
            route,
            count,
            count / window.seconds,
            errors.get(route, 0.0) / count,
            *timed.get(route, unknown),
        )
        for route, count in requests.items()
        if count
    ]
    return sorted(figures, key=lambda figure: -(figure.p95_seconds or 0.0))[:limit]


def compared_with_last_week(now: datetime) -> Comparison:
    lately = windows.last(timedelta(minutes=_LATEST_MINUTES), now)
    then = windows.around(now - timedelta(days=7))
    return Comparison(
        now_per_second=offered(lately) / lately.seconds,
        then_per_second=offered(then) / then.seconds or None,
    )


def surge(now: datetime) -> Surge | None:
    """None while too little is known of the hour before."""
    hour = windows.last(timedelta(hours=1), now)
    before = _since_the_first(_offered_by_step(hour))[:-_LATEST_MINUTES]
    if len(before) < _KNOWN_MINUTES_AT_LEAST:
        return None
    return Surge(_pace(hour), median(before) / hour.step_seconds)


def _pace(window: Window) -> float:
    """At its end: of the running minute and the last whole one the greater counts.

    So a rush is seen soon after it begins, and is not lost from sight when a minute ends.
    """
    *_, whole, running = _offered_by_step(window) or (0.0, 0.0)
    passed = window.passed_of(window.steps[-1])
    paces = [whole / window.step_seconds]
    if passed >= _ENOUGH_SECONDS:
        paces.append(running / passed)
    return max(paces)


def _offered_by_step(window: Window) -> list[float]:
    lines = [
        *reading.lines("http_requests", window),
        *reading.lines("gate_decisions", window, shed_at_the_door),
    ]
    return [
        sum(value or 0.0 for value in values)
        for values in zip(*(line.values for line in lines), strict=True)
    ]


def _since_the_first(counts: list[float]) -> list[float]:
    began = next((at for at, count in enumerate(counts) if count), len(counts))
    return counts[began:]
