"""What is watched from the first start on? Few rules, symptoms first."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from ops.alerts.signals import SURGE
from ops.models import AlertRule, Comparison, Severity


@dataclass(frozen=True)
class Default:
    name: str
    signal: str
    threshold: float
    summary: str
    runbook: str
    comparison: str = Comparison.ABOVE
    for_seconds: int = 300
    keep_firing_seconds: int = 300
    severity: str = Severity.WARNING


DEFAULTS = (
    Default(
        "HighErrorRate",
        "error_percent",
        2,
        "More than 2 % of answers are failures",
        "Look at the newest failures and the slowest routes; undo the last change.",
        severity=Severity.PAGE,
    ),
    Default(
        "SlowResponses",
        "response_p95_seconds",
        1,
        "95 of 100 answers take more than a second",
        "See which route is slow, and whether processor, pool or queue is full.",
    ),
    Default(
        "QueueWaitHigh",
        "queue_wait_seconds",
        60,
        "The oldest job has waited for more than a minute",
        "Add workers, or pause what may wait.",
        for_seconds=120,
    ),
    Default(
        "QueueGrowing",
        "queue_growth",
        100,
        "The queue grows faster than it is worked off",
        "Add workers, or lower what anonymous clients may submit.",
        for_seconds=600,
    ),
    Default(
        "NoWorkers",
        "workers_alive",
        1,
        "No worker is alive",
        "Start workers: manage.py worker. Jobs wait; none is lost.",
        comparison=Comparison.BELOW,
        for_seconds=60,
        keep_firing_seconds=30,
        severity=Severity.PAGE,
    ),
    Default(
        "WorkerStale",
        "hosts_silent",
        0,
        "A worker host fell silent",
        "See what became of it; its jobs were given to others.",
        for_seconds=60,
    ),
    Default(
        "ShedActive",
        "shed_percent",
        1,
        "Requests are being shed",
        "See who causes the load; engage the spike profile.",
        for_seconds=60,
        keep_firing_seconds=120,
        severity=Severity.INFO,
    ),
    Default(
        "DbPoolWaiting",
        "pool_waiting",
        0,
        "Requests wait for a database connection",
        "Look for slow queries before adding connections.",
        for_seconds=120,
    ),
    Default(
        "RedisDown",
        "redis_up",
        1,
        "Redis does not answer",
        "Limits hold per machine and reports come from the database until it is back.",
        comparison=Comparison.BELOW,
        for_seconds=60,
        severity=Severity.PAGE,
    ),
    Default(
        "DiskLow",
        "disk_free_bytes",
        2**30,
        "Less than 1 GiB is free where the data lies",
        "Make room; a full disk stops every write.",
        comparison=Comparison.BELOW,
    ),
    Default(
        "WebhookFailures",
        "webhook_failure_percent",
        50,
        "Half of the webhooks cannot be delivered",
        "See which endpoint fails; its owner may have to be told.",
        for_seconds=600,
    ),
    Default(
        "WebhookEndpointFailing",
        "webhook_endpoints_failing",
        0,
        "A webhook endpoint does not take what is sent to it",
        "See which; tell its client, or disable it until it is well.",
        for_seconds=60,
        keep_firing_seconds=60,
        severity=Severity.INFO,
    ),
    Default(
        "OneClientAsksMost",
        "greatest_client_percent",
        80,
        "One client brings most of the new work",
        "See who asks most; lower its limit, or speak with it.",
        severity=Severity.INFO,
    ),
    Default(
        "ScheduleMissed",
        "schedules_overdue",
        0,
        "Scheduled work was not started",
        "See whether a worker runs; schedules are started by its host.",
    ),
    Default(
        "TrafficSurge",
        "traffic_surge",
        SURGE,
        "Traffic rose to many times what it was an hour ago",
        "See who asks and what is slow; engage the spike profile before the queue is long.",
        for_seconds=120,
        keep_firing_seconds=120,
    ),
    Default(
        "TrafficAbnormal",
        "traffic_abnormality",
        1,
        "Traffic is unlike that of other days",
        "See top clients and routes: a campaign, a crawler, or nobody at all?",
        for_seconds=300,
    ),
    Default(
        "TrafficExtreme",
        "traffic_extremity",
        1,
        "Traffic is unlike that of any other day",
        "See top clients and routes; engage the spike profile.",
        for_seconds=600,
        severity=Severity.PAGE,
    ),
    Default(
        "MetricsStale",
        "metrics_silent_seconds",
        180,
        "No process has stored a count for three minutes",
        "See whether the web processes reach the database.",
        for_seconds=0,
    ),
    Default(
        "MetricsDropped",
        "metrics_dropped",
        0,
        "Counts were lost",
        "See the log of `contentcreate.metrics` for the reason.",
        severity=Severity.INFO,
    ),
    Default(
        "NotificationsFailing",
        "notifications_failed",
        0,
        "A notification could not be delivered",
        "See the delivery log; send a test to the channel.",
        for_seconds=0,
        keep_firing_seconds=0,
    ),
)


def install(**_: Any) -> None:
    """After migrating: rules that are new are added, those that staff changed stay as they are."""
    rules = [AlertRule(**asdict(default)) for default in DEFAULTS]
    AlertRule.objects.bulk_create(rules, ignore_conflicts=True)
