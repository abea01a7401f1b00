"""What has just changed that explains trouble, and which page has the button?

Seen within a minute of its beginning, long before an alert has been patient enough to fire. What
is no trouble by itself, a rush that is served or a client's own endpoint, keeps the level as it is.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.urls import reverse

from ops.console.marks import duration
from ops.console.verdict import Trouble
from ops.health.readiness import Level
from ops.metrics import traffic
from ops.models import Job, WebhookEndpoint, WorkerHost

_SURGE = 3.0
_LEAST_SURGE_PER_SECOND = 5.0
_NAMED_AT_MOST = 3


def is_rush(now: datetime) -> bool:
    return bool(_surge(now))


def standing(now: datetime) -> list[Trouble]:
    return [*_surge(now), *_silent_hosts(now), *_failing_endpoints(now)]


def _surge(now: datetime) -> list[Trouble]:
    surge = traffic.surge(now)
    if surge is None or surge.factor < _SURGE or surge.per_second < _LEAST_SURGE_PER_SECOND:
        return []
    text = (
        f"Requests come {surge.factor:.1f} times as often as in the hour before:"
        f" {surge.per_second:.1f} a second instead of {surge.usual_per_second:.1f}."
    )
    return [Trouble(text, "traffic", level=Level.OK)]


def _silent_hosts(now: datetime) -> list[Trouble]:
    # One machine may have several rows: in a rush it calls more workers.
    last = {host.hostname: host for host in WorkerHost.objects.silent().order_by("beat_at")}
    hosts = sorted(last.values(), key=lambda host: host.beat_at, reverse=True)
    return [Trouble(_of_host(host, now), "workers") for host in hosts[:_NAMED_AT_MOST]]


def _of_host(host: WorkerHost, now: datetime) -> str:
    rows = WorkerHost.objects.silent().filter(hostname=host.hostname).values("name")
    left = Job.objects.running().filter(host__in=rows).count()
    jobs = f" with {left} job{'' if left == 1 else 's'}, which others take over" if left else ""
    silent_for = duration(max(now - host.beat_at, timedelta(0)))
    return f"Worker host {host.hostname} fell silent {silent_for} ago{jobs}. Start it again."


def _failing_endpoints(now: datetime) -> list[Trouble]:
    failing = WebhookEndpoint.objects.failing().select_related("client")
    return [
        Trouble(
            _of_endpoint(one, now),
            address=reverse("admin:ops_webhookendpoint_change", args=[one.pk]),
            level=Level.OK,
        )
        for one in failing.order_by("failing_since")[:_NAMED_AT_MOST]
    ]


def _of_endpoint(endpoint: WebhookEndpoint, now: datetime) -> str:
    since = duration(max(now - (endpoint.failing_since or now), timedelta(0)))
    where = urlsplit(endpoint.url).netloc
    return f"The webhook endpoint {where} of {endpoint.client} has failed for {since}."
