"""How does a notice reach its channels? Noted first, then sent, again after a while if need be.

Workers send. When there are none, or they are slow, the process that watches the rules sends
itself: that no worker is alive is exactly what people must hear.
"""

from __future__ import annotations

import logging
from dataclasses import asdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from ops import metrics, queue
from ops.alerts import channels
from ops.alerts.notice import Notice, moment
from ops.alerts.occasions import Occasion
from ops.models import Alert, AlertChannel, AlertDelivery, Priority, WorkerHost
from ops.overload import breakers

logger = logging.getLogger("contentcreate.alerts")

ATTEMPTS = 6
_WORKERS_PATIENCE = timedelta(seconds=60)
_LONGEST_SENDING = timedelta(minutes=2)
_SENT_AT_ONCE = 20
_SENT_HERE_AT_ONCE = 3
"""A receiver that hangs costs five seconds, and this thread has metrics to store as well."""


def announce(alert: Alert, occasion: Occasion, now: datetime) -> int:
    """Notes a message for every channel that cares; returns for how many."""
    enabled = AlertChannel.objects.filter(enabled=True)
    caring = [channel for channel in enabled if channel.cares_about(alert.rule.severity)]
    about = f"{alert.pk}:{occasion}:{int(now.timestamp())}"
    for channel in caring:
        _note(channel, _notice(alert, occasion), key=f"{about}:{channel.pk}", alert=alert, now=now)
    return len(caring)


def test(channel: AlertChannel, now: datetime) -> AlertDelivery:
    """Sends a message at once, so that whoever asked sees how it went."""
    notice = Notice(
        id=f"test_{channel.pk}_{int(now.timestamp() * 1000)}",
        occasion=Occasion.TEST,
        rule="Test",
        severity=channel.minimum_severity,
        summary="This channel works",
        runbook="",
        value=None,
        threshold=None,
        since=moment(now),
        environment=settings.ENVIRONMENT,
    )
    delivery = _note(channel, notice, key=notice.id, alert=None, now=now)
    attempt(delivery.pk)
    delivery.refresh_from_db()
    return delivery


def send_what_is_due(now: datetime) -> None:
    waiting = Q(state=AlertDelivery.State.WAITING, next_try_at__lte=now)
    # Whoever began this one has died over it.
    lost = Q(state=AlertDelivery.State.SENDING, next_try_at__lte=now - _LONGEST_SENDING)
    workers = WorkerHost.objects.workers_alive() > 0
    due = AlertDelivery.objects.filter(waiting | lost).order_by("next_try_at")[:_SENT_AT_ONCE]
    late = [row for row in due if not workers or now - row.next_try_at >= _WORKERS_PATIENCE]
    for delivery in due:
        if delivery not in late:
            _send_later(delivery)
    for delivery in late[:_SENT_HERE_AT_ONCE]:
        attempt(delivery.pk)


def attempt(delivery: int) -> None:
    """The job's handler. Of several that try at the same time one sends."""
    now = timezone.now()
    row = AlertDelivery.objects.select_related("channel").filter(pk=delivery).first()
    if row is None or not _begin(row, now):
        return
    try:
        _send(row.channel, Notice.from_json(row.notice))
    except breakers.Unavailable as error:
        _put_off(row, error, now)
    except Exception as error:  # noqa: BLE001 - whatever a channel raises is how it went
        _end(row, error=f"{type(error).__name__}: {error}"[:300], now=now)
    else:
        _end(row, error="", now=now)


def _send(channel: AlertChannel, notice: Notice) -> None:
    """A receiver that hangs or fails is left alone for a while, and holds up no other."""
    guarded = breakers.dependency(f"alert_channels:{channel.pk}")
    guarded.call(lambda: channels.send(channel, notice))


def _note(
    channel: AlertChannel, notice: Notice, *, key: str, alert: Alert | None, now: datetime
) -> AlertDelivery:
    delivery, _ = AlertDelivery.objects.get_or_create(
        key=key,
        defaults={
            "channel": channel,
            "alert": alert,
            "occasion": notice.occasion,
            "notice": asdict(notice),
            "created_at": now,
            "next_try_at": now,
        },
    )
    return delivery


def _notice(alert: Alert, occasion: Occasion) -> Notice:
    rule = alert.rule
    return Notice(
        id=f"alert_{alert.pk}_{occasion}_{int(timezone.now().timestamp())}",
        occasion=occasion,
        rule=rule.name,
        severity=rule.severity,
        summary=rule.summary,
        runbook=rule.runbook,
        value=alert.value,
        threshold=rule.threshold,
        since=moment(alert.began_at),
        environment=settings.ENVIRONMENT,
    )


def _send_later(delivery: AlertDelivery) -> None:
    queue.enqueue(
        "alert",
        key=f"alert:{delivery.pk}",
        payload={"delivery": delivery.pk},
        priority=Priority.PREMIUM,
    )


def _begin(row: AlertDelivery, now: datetime) -> bool:
    """The time of the next try doubles as the token of this one."""
    open_states = [AlertDelivery.State.WAITING, AlertDelivery.State.SENDING]
    mine = AlertDelivery.objects.filter(
        pk=row.pk, attempts=row.attempts, state__in=open_states, next_try_at__lte=now
    )
    if row.state == AlertDelivery.State.SENDING:
        mine = mine.filter(next_try_at__lte=now - _LONGEST_SENDING)
    row.attempts += 1
    return (
        mine.update(state=AlertDelivery.State.SENDING, attempts=row.attempts, next_try_at=now) == 1
    )


def _put_off(row: AlertDelivery, error: breakers.Unavailable, now: datetime) -> None:
    """Nobody was asked, so this was no attempt; whoever tests a channel hears it at once."""
    if row.occasion == Occasion.TEST:
        return _end(row, error=str(error), now=now)
    later = now + timedelta(seconds=error.retry_after_seconds)
    mine = AlertDelivery.objects.filter(pk=row.pk, attempts=row.attempts)
    mine.update(
        state=AlertDelivery.State.WAITING,
        attempts=row.attempts - 1,
        error=str(error),
        next_try_at=later,
    )
    return None


def _end(row: AlertDelivery, *, error: str, now: datetime) -> None:
    failed = {"error": error, "next_try_at": now + timedelta(seconds=15 * 2**row.attempts)}
    if not error:
        changes: dict[str, object] = {"state": AlertDelivery.State.DELIVERED, "error": ""}
        changes["delivered_at"] = timezone.now()
    elif row.attempts >= ATTEMPTS or row.occasion == Occasion.TEST:
        changes = {"state": AlertDelivery.State.FAILED, **failed}
    else:
        changes = {"state": AlertDelivery.State.WAITING, **failed}
    AlertDelivery.objects.filter(pk=row.pk, attempts=row.attempts).update(**changes)
    outcome = "failed" if error else "delivered"
    metrics.count("alert_deliveries", channel=row.channel.kind, outcome=outcome)
    if error:
        logger.warning("notice not delivered", extra={"channel": str(row.channel), "error": error})
