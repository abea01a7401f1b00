"""What comes of an attempt? For the delivery, for its endpoint, and for when it is tried again."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ops import metrics
from ops.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from ops.webhooks import endpoints
from ops.webhooks.due import held
from ops.webhooks.publishing import ring
from ops.webhooks.retries import next_try
from ops.webhooks.sending import Outcome

_ENDED = {
    True: WebhookDelivery.State.SUCCEEDED,
    False: WebhookDelivery.State.FAILED,
}


def record(delivery: WebhookDelivery, outcome: Outcome) -> None:
    """One transaction: the attempt, what became of the delivery, and the next attempt's job."""
    now = timezone.now()
    with transaction.atomic():
        if not outcome.was_tried:
            _postpone(delivery, outcome, now)
            return
        if not _remember(delivery, outcome):
            return
        if outcome.is_success or (again_at := _again_at(delivery, outcome, now)) is None:
            _end(delivery, outcome, now)
        else:
            _try_again(delivery, outcome, again_at, now)
        _judge(delivery, outcome, now)
    metrics.count("webhook_deliveries", outcome=_word(outcome))


def _word(outcome: Outcome) -> str:
    if outcome.is_success:
        return "delivered"
    return "refused" if outcome.was_refused else "failed"


def _postpone(delivery: WebhookDelivery, outcome: Outcome, now: datetime) -> None:
    """Its endpoint rests: nothing was tried, and none of its others need to find out."""
    until = now + (outcome.wish or timedelta(seconds=1)) * random.uniform(1.0, 1.2)
    if held(delivery).update(next_try_at=until):
        _rest(delivery, until)
        ring(delivery, until, delay_seconds=(until - now).total_seconds())


def _remember(delivery: WebhookDelivery, outcome: Outcome) -> bool:
    """False when the delivery was erased in the meantime."""
    row = WebhookDelivery.objects.filter(pk=delivery.pk)
    # Counted by the database: it may have been sent again while this attempt was under way.
    if not row.update(attempts_made=F("attempts_made") + 1):
        return False
    delivery.refresh_from_db(fields=["attempts_made"])
    WebhookAttempt.objects.create(
        delivery=delivery,
        number=delivery.attempts_made,
        began_at=outcome.began_at,
        seconds=outcome.seconds,
        status=outcome.status,
        error=outcome.error,
        detail=outcome.detail,
        answer=outcome.answer,
    )
    return True


def _again_at(delivery: WebhookDelivery, outcome: Outcome, now: datetime) -> datetime | None:
    if outcome.error == "gone":
        return None
    return next_try(delivery.step, now=now, fraction=random.random(), wish=outcome.wish)


def _end(delivery: WebhookDelivery, outcome: Outcome, now: datetime) -> None:
    state = _ENDED[outcome.is_success]
    held(delivery).update(state=state, error=outcome.error, ended_at=now)


def _try_again(
    delivery: WebhookDelivery, outcome: Outcome, moment: datetime, now: datetime
) -> None:
    changes = {"next_try_at": moment, "step": delivery.step + 1, "error": outcome.error}
    if held(delivery).update(**changes):
        ring(delivery, moment, delay_seconds=(moment - now).total_seconds())
    if outcome.wish is not None:
        _rest(delivery, now + outcome.wish)


def _rest(delivery: WebhookDelivery, until: datetime) -> None:
    endpoint = WebhookEndpoint.objects.filter(pk=delivery.endpoint_id)
    endpoint.update(resting_until=until)


def _judge(delivery: WebhookDelivery, outcome: Outcome, now: datetime) -> None:
    endpoint = delivery.endpoint
    row = WebhookEndpoint.objects.filter(pk=endpoint.pk)
    if outcome.is_success:
        row.exclude(failing_since=None).update(failing_since=None)
        return
    if outcome.error == "gone" and endpoint.registered:
        endpoints.disable(endpoint, WebhookEndpoint.Reason.GONE, now=now)
        return
    row.filter(failing_since=None).update(failing_since=now)
    since = row.values_list("failing_since", flat=True).first()
    if since is not None and now - since >= settings.OPS_WEBHOOK_DISABLED_AFTER:
        endpoints.disable(endpoint, WebhookEndpoint.Reason.FAILING, now=now)
