"""How well is each part of the service, judged by what was counted?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from ops.metrics import reading, windows
from ops.metrics.ladder import DAY_SECONDS
from ops.metrics.reading import Labels
from ops.metrics.windows import Window
from ops.status_page.parts import Condition

DAYS_SHOWN = 90
_FEW_REQUESTS = 20
_WORST_OF_WEBHOOKS = Condition.DEGRADED_PERFORMANCE
"""Receivers that do not answer are rarely our fault."""


@dataclass(frozen=True)
class Judgement:
    condition: Condition
    reason: str = ""


@dataclass(frozen=True)
class Day:
    """None for a day of which nothing is known."""

    date: date
    good_share: float | None
    condition: Condition | None


_FINE = Judgement(Condition.OPERATIONAL)
Grade = Callable[[Labels], str | None]
"""Sorts what was counted into good and bad; None is not counted."""


def now_of(now: datetime) -> dict[str, Judgement]:
    """By part."""
    window = windows.last(timedelta(minutes=5), now)
    return {
        "api": _answers(window, "api"),
        "analyses": _analyses(now),
        "webhooks": _webhooks(now),
        "site": _answers(window, "site"),
        "console": _answers(window, "console"),
    }


def days_of(now: datetime, count: int = DAYS_SHOWN) -> dict[str, tuple[Day, ...]]:
    """By part; the last day is today."""
    window = _whole_days(now, count)
    return {part: _days(metric, window, grade) for part, (metric, grade) in _GRADES.items()}


# --- Good or bad? --------------------------------------------------------------------------


def _area(route: str) -> str:
    if route.startswith("/api/"):
        return "api"
    return "console" if route.startswith("/admin/") else "site"


def _answers_of(part: str) -> Grade:
    """Refusals under load count as failures here: whoever is refused is not served."""

    def grade(labels: Labels) -> str | None:
        if _area(labels.get("route", "")) != part:
            return None
        return "bad" if labels.get("status", "").startswith("5") else "good"

    return grade


def _by_word(label: str, *, good: str, bad: str) -> Grade:
    return lambda labels: {good: "good", bad: "bad"}.get(labels.get(label, ""))


_GRADES: dict[str, tuple[str, Grade]] = {
    "api": ("http_requests", _answers_of("api")),
    "analyses": ("jobs", _by_word("state", good="done", bad="dead")),
    "webhooks": ("webhook_deliveries", _by_word("outcome", good="delivered", bad="failed")),
    "site": ("http_requests", _answers_of("site")),
    "console": ("http_requests", _answers_of("console")),
}


def _by_failures(share: float) -> Condition:
    if share > 0.5:
        return Condition.MAJOR_OUTAGE
    if share > 0.1:
        return Condition.PARTIAL_OUTAGE
    return Condition.DEGRADED_PERFORMANCE if share > 0.02 else Condition.OPERATIONAL


# --- Now -----------------------------------------------------------------------------------


def _answers(window: Window, part: str) -> Judgement:
    counted = reading.totals("http_requests", window, _answers_of(part))
    whole = sum(counted.values())
    share = counted.get("bad", 0.0) / whole if whole >= _FEW_REQUESTS else 0.0
    if (condition := _by_failures(share)) is not Condition.OPERATIONAL:
        return Judgement(condition, f"{share:.0%} of requests are not served")
    timed = reading.percentiles(
        "http_request_duration_seconds",
        window,
        (0.95,),
        lambda labels: "all" if _area(labels.get("route", "")) == part else None,
    )
    (p95,) = timed.get("all", (None,))
    if whole >= _FEW_REQUESTS and (p95 or 0.0) > 1.0:
        return Judgement(Condition.DEGRADED_PERFORMANCE, "Answers take longer than usual")
    return _FINE


def _analyses(now: datetime) -> Judgement:
    if reading.latest("workers_alive", now).get("all") == 0:
        return Judgement(Condition.MAJOR_OUTAGE, "Texts are taken, but not analysed at the moment")
    waited = reading.latest("queue_oldest_wait_seconds", now).get("all", 0.0)
    if waited > 600:
        return Judgement(Condition.PARTIAL_OUTAGE, "Analyses wait for many minutes")
    if waited > 60:
        return Judgement(Condition.DEGRADED_PERFORMANCE, "Analyses wait for more than a minute")
    return _FINE


def _webhooks(now: datetime) -> Judgement:
    window = windows.last(timedelta(minutes=15), now)
    counted = reading.totals("webhook_deliveries", window, _GRADES["webhooks"][1])
    whole = sum(counted.values())
    if whole and counted.get("bad", 0.0) / whole > 0.5:
        return Judgement(_WORST_OF_WEBHOOKS, "Many webhooks cannot be delivered")
    return _FINE


# --- Days ----------------------------------------------------------------------------------


def _days(metric: str, window: Window, grade: Grade) -> tuple[Day, ...]:
    counted = {
        line.name: {point.start_seconds: point.value or 0.0 for point in line.points}
        for line in reading.lines(metric, window, grade)
    }
    worst = _WORST_OF_WEBHOOKS if metric == "webhook_deliveries" else Condition.MAJOR_OUTAGE
    return tuple(_day(start, counted, worst) for start in window.steps)


def _day(start: int, counted: Mapping[str, Mapping[int, float]], worst: Condition) -> Day:
    good, bad = (counted.get(name, {}).get(start, 0.0) for name in ("good", "bad"))
    when = datetime.fromtimestamp(start, UTC).date()
    if not good + bad:
        return Day(when, None, None)
    share = good / (good + bad)
    return Day(when, share, min(worst, _by_failures(1 - share)))


def _whole_days(now: datetime, count: int) -> Window:
    end = (int(now.timestamp()) // DAY_SECONDS + 1) * DAY_SECONDS
    return Window(
        start_seconds=end - count * DAY_SECONDS,
        end_seconds=end,
        step_seconds=DAY_SECONDS,
        slot_seconds=DAY_SECONDS,
        now_seconds=now.timestamp(),
    )
