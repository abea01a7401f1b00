"""What goes wrong although every part answers? Alerts, errors, refusals, open breakers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ops.console import causes
from ops.console.marks import lasting
from ops.console.numbers import percent
from ops.console.verdict import Trouble
from ops.health.readiness import Level as Grade
from ops.metrics import reading, traffic
from ops.metrics.windows import Window
from ops.models import Alert, Severity
from ops.overload.ladder import Level
from ops.overload.standing import Situation

MANY_ERRORS = 0.02
SHED_SHARE = 0.01
_FEW_REQUESTS = 20
_BORING = {"NoWorkers", "QueueWaitHigh", "WorkerStale", "TrafficSurge"}
"""What the verdict says anyway, as soon as it is so."""
_BORING_IN_A_RUSH = {"TrafficAbnormal", "TrafficExtreme"}


def standing(
    window: Window, situation: Situation, alerts: Sequence[Alert], now: datetime
) -> list[Trouble]:
    return [
        *causes.standing(now),
        *_level(situation),
        *_errors(window),
        *_breakers(now),
        *_alerts(alerts, now),
    ]


def is_shedding(situation: Situation) -> bool:
    shed = max((one.share_shed for one in situation.processes), default=0.0)
    return shed > SHED_SHARE or situation.level >= Level.SHEDDING


def _level(situation: Situation) -> list[Trouble]:
    level = situation.level
    found = []
    if level > Level.NORMAL:
        text = f"Level {level.word}: {situation.effects.summary}"
        # While it is only busy everybody is served, and nothing is left out of their reports.
        gravity = Grade.DEGRADED if level > Level.BUSY else Grade.OK
        found.append(Trouble(text, "overload", level=gravity))
    shed = max((one.share_shed for one in situation.processes), default=0.0)
    if shed > SHED_SHARE:
        found.append(
            Trouble(f"The gate turns away {percent(shed)} of what it may refuse.", "overload")
        )
    return found


def _errors(window: Window) -> list[Trouble]:
    statuses = reading.totals("http_requests", window, reading.by("status"))
    whole = sum(statuses.values())
    failed = sum(n for code, n in statuses.items() if traffic.is_error({"status": code}))
    if whole < _FEW_REQUESTS or failed / whole <= MANY_ERRORS:
        return []
    return [Trouble(f"{percent(failed / whole)} of the answers are errors of our own.", "traffic")]


def _breakers(now: datetime) -> list[Trouble]:
    opened = reading.latest("breaker_open", now, reading.by("breaker"))
    return [
        Trouble(f"The breaker of {name} is open: it is not called.", "breakers")
        for name, is_open in sorted(opened.items())
        if is_open
    ]


def _alerts(alerts: Sequence[Alert], now: datetime) -> list[Trouble]:
    said = _BORING | (_BORING_IN_A_RUSH if causes.is_rush(now) else set())
    return [
        Trouble(
            f"{alert.rule.name}: {alert.rule.summary.rstrip('.')}",
            "alerts",
            lasting=lasting(alert.began_at, now=now),
        )
        for alert in alerts
        if alert.state == Alert.State.FIRING
        and alert.rule.severity != Severity.INFO
        and alert.rule.name not in said
    ]
