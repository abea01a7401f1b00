"""Which deliveries are to be tried now, and by whom?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Mod

from ops.models import WebhookDelivery
from ops.webhooks.retries import NO_RETRIES

_SPARE = timedelta(seconds=10)
"""After an attempt's deadline. When it is not heard of by then, it has died with its worker."""


def due(slot: int, *, now: datetime) -> QuerySet[WebhookDelivery]:
    rested = Q(endpoint__resting_until=None) | Q(endpoint__resting_until__lte=now)
    # Of one that is disabled, only what somebody asked for by hand: a test, or once more.
    called = Q(endpoint__enabled=True) | Q(step__gte=NO_RETRIES)
    return (
        WebhookDelivery.objects.filter(
            rested, called, state=WebhookDelivery.State.WAITING, next_try_at__lte=now
        )
        .alias(slot=Mod(F("endpoint_id"), int(settings.OPS_WEBHOOK_SLOTS)))
        .filter(slot=slot)
    )


@dataclass(frozen=True)
class Busy:
    """Who has as many calls under way as they may have."""

    endpoints: Collection[int]
    clients: Collection[int]


def first_due(slot: int, *, now: datetime, busy: Busy, at_most: int) -> list[WebhookDelivery]:
    found = due(slot, now=now).exclude(
        Q(endpoint__in=busy.endpoints) | Q(endpoint__client__in=busy.clients)
    )
    return list(found.select_related("message", "endpoint").order_by("next_try_at")[:at_most])


def claim(delivery: WebhookDelivery, *, now: datetime) -> bool:
    """Whether this attempt is ours. The end of its lease is its token from now on."""
    seen = WebhookDelivery.objects.filter(
        pk=delivery.pk, state=WebhookDelivery.State.WAITING, next_try_at=delivery.next_try_at
    )
    deadline = timedelta(seconds=settings.OPS_WEBHOOK_DEADLINE_SECONDS)
    delivery.next_try_at = now + deadline + _SPARE
    return seen.update(next_try_at=delivery.next_try_at) == 1


def held(delivery: WebhookDelivery) -> QuerySet[WebhookDelivery]:
    """Nothing when somebody else has decided about it in the meantime."""
    return WebhookDelivery.objects.filter(
        pk=delivery.pk, state=WebhookDelivery.State.WAITING, next_try_at=delivery.next_try_at
    )
