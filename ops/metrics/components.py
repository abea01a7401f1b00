"""What do customers see of us? Parts of the service, judged by what was counted.

States and words are those of Statuspage; whoever shows them may let staff say otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum

from ops.metrics import reading, windows
from ops.metrics.ladder import DAY_SECONDS
from ops.metrics.windows import Window

_FEW_REQUESTS = 20


class Condition(IntEnum):
    OPERATIONAL = 0
    DEGRADED_PERFORMANCE = 1
    PARTIAL_OUTAGE = 2
    MAJOR_OUTAGE = 3

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True)
class Component:
    key: str
    name: str
    condition: Condition
    reason: str = ""


@dataclass(frozen=True)
class Day:
    """None for a day of which nothing is known."""

    date: date
    good_share: float | None
    condition: Condition | None


def components(now: datetime) -> tuple[Component, ...]:
    window = windows.last(timedelta(minutes=5), now)
    return (_api(window), _analyses(now), _webhooks(now))


def overall(parts: tuple[Component, ...]) -> Condition:
    return max((part.condition for part in parts), default=Condition.OPERATIONAL)


def days(now: datetime, count: int = 90) -> tuple[Day, ...]:
    """How many answers of each day were no failure; refusals under load count as failures here."""
    window = _whole_days(now, count)
    good = _daily(window, lambda labels: None if _is_bad(labels) else "good")
    whole = _daily(window, reading.everything)
    return tuple(_day(start, good.get(start, 0.0), whole.get(start, 0.0)) for start in window.steps)


def _is_bad(labels: reading.Labels) -> bool:
    return labels.get("status", "").startswith("5")


def _daily(window: Window, group: reading.Grouping) -> dict[int, float]:
    line = next(iter(reading.lines("http_requests", window, group)), None)
    return {point.start_seconds: point.value or 0.0 for point in line.points} if line else {}


def _day(start: int, good: float, whole: float) -> Day:
    when = datetime.fromtimestamp(start, UTC).date()
    if not whole:
        return Day(when, None, None)
    return Day(when, good / whole, _by_failures(1 - good / whole))


def _by_failures(share: float) -> Condition:
    if share > 0.5:
        return Condition.MAJOR_OUTAGE
    if share > 0.1:
        return Condition.PARTIAL_OUTAGE
    return Condition.DEGRADED_PERFORMANCE if share > 0.02 else Condition.OPERATIONAL


def _api(window: Window) -> Component:
    counted = reading.totals(
        "http_requests", window, lambda labels: "bad" if _is_bad(labels) else "good"
    )
    whole = sum(counted.values())
    share = counted.get("bad", 0.0) / whole if whole >= _FEW_REQUESTS else 0.0
    condition, reason = _by_failures(share), f"{share:.0%} of requests fail" if share else ""
    p95 = reading.percentiles("http_request_duration_seconds", window, (0.95,)).get("all")
    if p95 and (p95[0] or 0.0) > 1.0 and condition is Condition.OPERATIONAL:
        condition, reason = Condition.DEGRADED_PERFORMANCE, "Answers take longer than usual"
    return Component("api", "API", condition, reason)


def _analyses(now: datetime) -> Component:
    key, name = "analyses", "Analyses"
    workers = reading.latest("workers_alive", now).get("all")
    if workers == 0:
        return Component(key, name, Condition.MAJOR_OUTAGE, "No worker is running")
    waited = reading.latest("queue_oldest_wait_seconds", now).get("all", 0.0)
    if waited > 600:
        return Component(key, name, Condition.PARTIAL_OUTAGE, "Analyses wait for many minutes")
    if waited > 60:
        return Component(key, name, Condition.DEGRADED_PERFORMANCE, "Analyses wait for a minute")
    return Component(key, name, Condition.OPERATIONAL)


def _webhooks(now: datetime) -> Component:
    window = windows.last(timedelta(minutes=15), now)
    failed = reading.share("webhook_deliveries", window, reading.only(outcome="failed")) or 0.0
    condition = Condition.DEGRADED_PERFORMANCE if failed > 0.5 else Condition.OPERATIONAL
    reason = "Many webhooks cannot be delivered" if failed > 0.5 else ""
    return Component("webhooks", "Webhooks", condition, reason)


def _whole_days(now: datetime, count: int) -> Window:
    end = (int(now.timestamp()) // DAY_SECONDS + 1) * DAY_SECONDS
    return Window(
        start_seconds=end - count * DAY_SECONDS,
        end_seconds=end,
        step_seconds=DAY_SECONDS,
        slot_seconds=DAY_SECONDS,
        now_seconds=now.timestamp(),
    )
