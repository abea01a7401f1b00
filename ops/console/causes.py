"""What has just changed that explains trouble, and which page has the button?

Seen within a minute of its beginning, long before an alert has been patient enough to fire.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from urllib.parse import urlsplit

from ops.console.marks import duration
from ops.health.readiness import Level
from ops.metrics import reading, traffic, windows
from ops.metrics.reading import Line
from ops.models import Job, WebhookEndpoint, WorkerHost

_SURGE = 3.0
_LEAST_SURGE_PER_SECOND = 5.0
_USUAL_OVER = timedelta(hours=1)
_LATEST_MINUTES = 2
_KNOWN_MINUTES_AT_LEAST = 10
_NAMED_AT_MOST = 3


@dataclass(frozen=True)
class Cause:
    text: str
    page: str
    level: Level = Level.OK
    """What it means by itself: a rush that is served well is no trouble."""


def standing(now: datetime) -> list[Cause]:
    return [*_surge(now), *_silent_hosts(now), *_failing_endpoints(now)]


def _surge(now: datetime) -> list[Cause]:
    recently = windows.last(timedelta(minutes=_LATEST_MINUTES), now)
    per_second = traffic.offered(recently) / recently.seconds
    if per_second < _LEAST_SURGE_PER_SECOND:
        return []
    usual = _usual_per_second(now)
    if usual is None or per_second < _SURGE * usual:
        return []
    times = f"{per_second / usual:.1f} times as often" if usual >= 0.1 else "out of nowhere"
    text = f"Requests come {times}: {per_second:.0f} a second, usual in this hour: {usual:.1f}."
    return [Cause(text, "traffic")]


def _usual_per_second(now: datetime) -> float | None:
    """The middle minute of the hour before; None while too few are known."""
    hour = windows.last(_USUAL_OVER, now)
    lines: list[Line] = [
        *reading.lines("http_requests", hour),
        *reading.lines("gate_decisions", hour, traffic.shed_at_the_door),
    ]
    if not lines:
        return None
    counts = [
        sum(values)
        for values in zip(*([v or 0.0 for v in line.values] for line in lines), strict=True)
    ]
    began = next((at for at, count in enumerate(counts) if count), len(counts))
    before = counts[began:-_LATEST_MINUTES]
    if len(before) * hour.step_seconds < _KNOWN_MINUTES_AT_LEAST * 60:
        return None
    return median(before) / hour.step_seconds


def _silent_hosts(now: datetime) -> list[Cause]:
    hosts = list(WorkerHost.objects.silent().order_by("-beat_at")[:_NAMED_AT_MOST])
    return [Cause(_of_host(host, now), "workers", Level.DEGRADED) for host in hosts]


def _of_host(host: WorkerHost, now: datetime) -> str:
    left = Job.objects.running().filter(host=host.name).count()
    jobs = f" with {left} job{'' if left == 1 else 's'}, which others take over" if left else ""
    silent_for = duration(max(now - host.beat_at, timedelta(0)))
    return f"Worker host {host.hostname} fell silent {silent_for} ago{jobs}. Start it again."


def _failing_endpoints(now: datetime) -> list[Cause]:
    failing = WebhookEndpoint.objects.failing().select_related("client")
    return [
        Cause(_of_endpoint(one, now), "webhooks")
        for one in failing.order_by("failing_since")[:_NAMED_AT_MOST]
    ]


def _of_endpoint(endpoint: WebhookEndpoint, now: datetime) -> str:
    since = duration(now - endpoint.failing_since) if endpoint.failing_since else "a while"
    where = urlsplit(endpoint.url).netloc
    return f"The webhook endpoint {where} of {endpoint.client} has failed for {since}."
