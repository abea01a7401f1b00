"""A row in every table that staff can look at."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django_q.models import Failure, OrmQ, Schedule, Success
from django_q.signing import SignedPackage

from analysis.models import Batch, IdempotencyRecord, UsageDay
from ops import events, models
from ops.models import Client
from ops.webhooks import endpoints, publishing
from tests.factories import AnalysisFactory, ApiKeyFactory, ReportFactory, WorkerHostFactory

TASK = {"id": "x", "name": "x", "func": "math.floor", "args": (), "kwargs": {}}


def fill() -> None:
    now, client = timezone.now(), ApiKeyFactory().client
    _analyses(client, now)
    _limits(client, now)
    _alerts(now)
    _states(now)
    _work(client, now)
    events.record("note", actor="user:ada", reason="x")
    events.flush()


def _analyses(client: Client, now: datetime) -> None:
    ReportFactory(content=AnalysisFactory().content)
    Batch.objects.create(client_key=client.key, size=1)
    UsageDay.objects.create(day=now.date(), client_key=client.key, profile="standard")
    IdempotencyRecord.objects.create(client_key=client.key, path="/", key="k", fingerprint="f")


def _limits(client: Client, now: datetime) -> None:
    policy, later = models.LimitPolicy.objects.first(), now + timedelta(hours=1)
    models.Admission.objects.create(verdict="deny", network="192.0.2.0/24", reason="x")
    models.LimitOverride.objects.create(client=client, policy=policy, quota=1, reason="x")
    models.StrictMode.objects.create(reason="x", starts_at=now, ends_at=later)
    models.Refusals.objects.create(subject="a", label="a", policy="address", since=now, last_at=now)


def _alerts(now: datetime) -> None:
    rule, later = models.AlertRule.objects.first(), now + timedelta(hours=1)
    alert = models.Alert.objects.create(rule=rule, state=models.Alert.State.FIRING)
    channel = models.AlertChannel.objects.create(name="duty", kind="slack", target="https://x.y")
    models.AlertDelivery.objects.create(channel=channel, alert=alert, occasion="firing")
    models.Silence.objects.create(rule=rule, starts_at=now, ends_at=later, reason="x")


def _states(now: datetime) -> None:
    later = now + timedelta(hours=1)
    models.Maintenance.objects.create(scope="batches", ends_at=later)
    models.Emergency.objects.create(profile="spike", reason="x", ends_at=later)
    models.LevelOverride.objects.create(level=1, ends_at=later)
    models.BreakerSwitch.objects.create(breaker="webhooks", position="open", ends_at=later)
    models.GateReport.objects.create(
        process="web:1", level=0, share_shed=0, limit=4, in_flight=1, demand=0.2, beat_at=now
    )
    models.Incident.objects.create(title="Slow answers")
    models.PartStatement.objects.create(part="api", condition=2, message="x")


def _work(client: Client, now: datetime) -> None:
    WorkerHostFactory()
    models.Pause.objects.create(kind="analysis")
    wanted = endpoints.Wanted(url="https://x.example/hook", base_url="https://x.example")
    publishing.test(endpoints.add(client, wanted))
    OrmQ.objects.create(key="default", payload=SignedPackage.dumps(TASK), lock=now)
    Schedule.objects.create(name="nightly", func="math.floor")
    for model, success in ((Success, True), (Failure, False)):
        model.objects.create(
            id=model.__name__, name="x", func="math.floor", started=now, stopped=now,
            success=success,
        )  # fmt: skip
