"""What can a rule watch? One number for each name, read from what was counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count
from django_q.models import Schedule

from ops.alerts import abnormal
from ops.metrics import reading, traffic, windows
from ops.metrics.metric import Kind
from ops.metrics.reading import Labels
from ops.metrics.register import BY_NAME
from ops.metrics.windows import Window
from ops.models import AlertDelivery, Job, Tick, WebhookEndpoint

Read = Callable[[datetime], float | None]

SURGE = 5.0
"""So many times as much as in the hour before is a rush that somebody is told of."""
_FEW_REQUESTS = 20
_FEW_A_SECOND = 5.0
_FEW_DELIVERIES = 5
_FEW_JOBS = 100
_FEW_CLIENTS = 3
_OVERDUE = timedelta(minutes=5)


@dataclass(frozen=True)
class Signal:
    """None means that nobody can tell. No traffic is not a mystery: then nothing is wrong."""

    read: Read
    help: str
    unit: str = ""
    is_exposed: bool = False
    """Told to Prometheus as `alert_signal`, since it has neither our tables nor our history."""


def read(name: str, now: datetime) -> float | None:
    """A signal by its name, or a metric: its rate, its last sample or its p95."""
    signal = SIGNALS.get(name)
    return signal.read(now) if signal else _metric(name, now)


def is_known(name: str) -> bool:
    return name in SIGNALS or name in BY_NAME


def _recently(now: datetime, minutes: int = 5) -> Window:
    return windows.last(timedelta(minutes=minutes), now)


def _metric(name: str, now: datetime) -> float | None:
    kind = BY_NAME[name].kind
    if kind is Kind.COUNTER:
        return reading.per_second(name, _recently(now))
    if kind is Kind.HISTOGRAM:
        return _p95(name, now)
    return max(reading.latest(name, now).values(), default=None)


def _p95(name: str, now: datetime) -> float:
    found = reading.percentiles(name, _recently(now), (0.95,)).get("all", (None,))
    return found[0] or 0.0


# --- Requests ------------------------------------------------------------------------------


def _percent(part: reading.Grouping) -> Read:
    def read_share(now: datetime) -> float | None:
        return 100 * _share("http_requests", part, _FEW_REQUESTS, _recently(now))

    return read_share


def _share(name: str, part: reading.Grouping, few: int, window: Window) -> float:
    """0 when there is too little to judge by: one failure of two says nothing."""
    counted = reading.totals(name, window, lambda labels: part(labels) or "rest")
    whole = sum(counted.values())
    return (whole - counted.get("rest", 0.0)) / whole if whole >= few else 0.0


def _refused(now: datetime) -> float:
    window = _recently(now)
    share = traffic.refused_share(window) if traffic.offered(window) >= _FEW_REQUESTS else 0.0
    return 100 * (share or 0.0)


def _shed(now: datetime) -> float:
    part = traffic.shed_at_the_door
    return 100 * _share("gate_decisions", part, _FEW_REQUESTS, _recently(now, 2))


def _failed(labels: Labels) -> str | None:
    return "failed" if labels.get("outcome") == "failed" else None


def _abnormality(now: datetime) -> abnormal.Judgement | None:
    """Once a minute: looking at eight days takes a tenth of a second."""
    minute = int(now.timestamp() // 60)
    if minute not in _judged:
        _judged.clear()
        _judged[minute] = _judge(now)
    return _judged[minute]


_judged: dict[int, abnormal.Judgement | None] = {}


def _judge(now: datetime) -> abnormal.Judgement | None:
    """The last ten minutes, and the last three, against ten-minute counts of the last eight days.

    A rush of four minutes is in the mean of ten for as long again: who was to be woken by one
    that does not end would be woken after it.
    """
    history = windows.ten_minutes_of_eight_days(now - timedelta(minutes=10))
    answered = reading.lines("http_requests", history)
    turned_away = reading.lines("gate_decisions", history, traffic.shed_at_the_door)
    lines = [line.values for line in [*answered, *turned_away]]
    counts = [sum(value or 0.0 for value in values) for values in zip(*lines, strict=True)]
    began = next((at for at, count in enumerate(counts) if count), len(counts))
    usual, calendar = counts[began:], abnormal.Calendar(steps_per_day=144)
    return abnormal.lesser(
        *(abnormal.judge([*usual, _in_ten_minutes(now, of)], calendar) for of in (10, 3))
    )


def _in_ten_minutes(now: datetime, of_minutes: int) -> float:
    """What would come at the pace of the last minutes."""
    window = _recently(now, of_minutes)
    return 600 * traffic.offered(window) / window.seconds


def _unusual(now: datetime) -> float:
    """A rise of many times is told as a surge, and need not be told twice."""
    judgement = _abnormality(now)
    return judgement.warning if judgement and _surge(now) < SURGE else 0.0


def _extreme(now: datetime) -> float:
    judgement = _abnormality(now)
    return judgement.page if judgement else 0.0


def _surge(now: datetime) -> float:
    found = traffic.surge(now)
    return found.factor if found and found.per_second >= _FEW_A_SECOND else 0.0


# --- Work and machinery --------------------------------------------------------------------


def _latest(name: str) -> Read:
    return lambda now: max(reading.latest(name, now).values(), default=None)


def _queue_growth(now: datetime) -> float | None:
    line = next(iter(reading.averages("queue_waiting", _recently(now, 15))), None)
    if line is None:
        return None
    before, after = _mean(line.values[:5]), _mean(line.values[-5:])
    return None if before is None or after is None else after - before


def _mean(values: tuple[float | None, ...]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _pool_waiting(now: datetime) -> float:
    """At this moment: a pool that grows keeps somebody waiting for an instant, and that is well."""
    return _latest("pool_requests_waiting")(now) or 0.0


def _redis_up(now: datetime) -> float | None:
    return _latest("redis_up")(now) if settings.REDIS_URL else None


def _disk_free(now: datetime) -> float | None:
    free = reading.latest("host_disk_free_bytes", now, reading.by("host"))
    return min(free.values(), default=None)


def _webhook_failures(now: datetime) -> float:
    return 100 * _share("webhook_deliveries", _failed, _FEW_DELIVERIES, _recently(now, 15))


def _schedules_overdue(now: datetime) -> float:
    """Ours, two rounds late at least, and those that somebody gave to django-q2."""
    next_at = dict(Tick.objects.values_list("name", "next_at"))
    ours = [
        name
        for name, schedule in settings.OPS_SCHEDULES.items()
        if name in next_at and now - next_at[name] > max(_OVERDUE, 2 * schedule.every)
    ]
    others = Schedule.objects.filter(next_run__lt=now - _OVERDUE).exclude(repeats=0)
    return float(len(ours) + others.count())


def _endpoints_failing(_now: datetime) -> float:
    return float(WebhookEndpoint.objects.failing().count())


def _greatest_client(now: datetime) -> float:
    """Percent of the new work; 0 when there is too little to judge by."""
    recent = Job.objects.filter(created_at__gt=now - timedelta(minutes=5)).exclude(client_key="")
    counts = list(recent.order_by().values_list("client_key").annotate(jobs=Count("pk")))
    whole = sum(jobs for _, jobs in counts)
    if whole < _FEW_JOBS or len(counts) < _FEW_CLIENTS:
        return 0.0
    return 100 * max(jobs for _, jobs in counts) / whole


# --- The watching itself -------------------------------------------------------------------


def _deliveries_failed(now: datetime) -> float:
    failed = AlertDelivery.objects.filter(state=AlertDelivery.State.FAILED)
    return float(failed.filter(created_at__gt=now - timedelta(hours=1)).count())


def _dropped(now: datetime) -> float:
    return sum(reading.totals("metrics_dropped", _recently(now)).values())


SIGNALS: dict[str, Signal] = {
    "error_percent": Signal(
        _percent(traffic.is_error), "Answers of the last 5 minutes that failed.", "%"
    ),
    "refused_percent": Signal(_refused, "Requests of the last 5 minutes refused.", "%"),
    "shed_percent": Signal(_shed, "Requests of the last 2 minutes that the gate turned away.", "%"),
    "response_p95_seconds": Signal(
        lambda now: _p95("http_request_duration_seconds", now),
        "95 of 100 requests of the last 5 minutes were quicker.",
        "s",
    ),
    "traffic_surge": Signal(
        _surge,
        "Times as many requests as in the middle minute of the hour before.",
        is_exposed=True,
    ),
    "traffic_abnormality": Signal(
        _unusual, "Above 1: happens less than three times a week.", is_exposed=True
    ),
    "traffic_extremity": Signal(
        _extreme, "Above 1: happens less than once a week.", is_exposed=True
    ),
    "queue_wait_seconds": Signal(
        _latest("queue_oldest_wait_seconds"), "How long the oldest job has waited.", "s"
    ),
    "queue_growth": Signal(_queue_growth, "Jobs that wait more than ten minutes ago.", "jobs"),
    "workers_alive": Signal(_latest("workers_alive"), "Workers heard from.", "workers"),
    "hosts_silent": Signal(_latest("workers_silent"), "Hosts that fell silent.", "hosts"),
    "pool_waiting": Signal(_pool_waiting, "Threads waiting for a connection.", "threads"),
    "redis_up": Signal(_redis_up, "1 while Redis answers."),
    "disk_free_bytes": Signal(_disk_free, "On the fullest host.", "bytes"),
    "webhook_failure_percent": Signal(_webhook_failures, "Of the last 15 minutes.", "%"),
    "webhook_endpoints_failing": Signal(
        _endpoints_failing,
        "That nothing could be delivered to lately.",
        "endpoints",
        is_exposed=True,
    ),
    "greatest_client_percent": Signal(
        _greatest_client,
        "Of the new work of the last 5 minutes, where several clients ask.",
        "%",
        is_exposed=True,
    ),
    "schedules_overdue": Signal(
        _schedules_overdue, "Schedules more than 5 minutes late.", is_exposed=True
    ),
    "metrics_silent_seconds": Signal(
        reading.silent_seconds, "Since any process stored what it counted.", "s"
    ),
    "metrics_dropped": Signal(_dropped, "Counts lost in the last 5 minutes."),
    "notifications_failed": Signal(_deliveries_failed, "In the last hour.", is_exposed=True),
}
