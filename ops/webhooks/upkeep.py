"""What keeps deliveries going, and what is forgotten?"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from ops.maintenance.state import is_closed
from ops.models import WebhookDelivery, WebhookMessage
from ops.webhooks.due import due
from ops.webhooks.publishing import ring
from ops.webhooks.retries import NO_RETRIES

_LATE = timedelta(seconds=10)
_PRUNED_AT_ONCE = 500


def resume(now: datetime) -> None:
    """Rings for what should have been tried: held back by maintenance, or its job was lost."""
    _give_up_for_disabled(now)
    if is_closed("webhooks"):
        return
    for slot in range(settings.OPS_WEBHOOK_SLOTS):
        late = due(slot, now=now - _LATE).select_related("endpoint__client")
        if (delivery := late.first()) is not None:
            # One at a time: while nobody works, or the kind is paused, they must not pile up.
            ring(delivery, now, delay_seconds=0, key=f"webhook:resume:{slot}")


def _give_up_for_disabled(now: datetime) -> None:
    """What was published while its endpoint was being disabled."""
    stuck = WebhookDelivery.objects.filter(
        state=WebhookDelivery.State.WAITING, endpoint__enabled=False, step__lt=NO_RETRIES
    )
    stuck.update(state=WebhookDelivery.State.FAILED, error="endpoint_disabled", ended_at=now)


def prune(now: datetime) -> None:
    """With their deliveries and attempts; a batch each hour is more than a busy hour brings."""
    old = WebhookMessage.objects.filter(created_at__lt=now - settings.OPS_KEEP_WEBHOOKS)
    settled = old.exclude(deliveries__state="waiting").order_by("created_at")
    while batch := list(settled.values_list("pk", flat=True)[:_PRUNED_AT_ONCE]):
        WebhookMessage.objects.filter(pk__in=batch).delete()


def forget(subject: str) -> None:
    """What was told about a subject is erased with it."""
    WebhookMessage.objects.filter(subject=subject).delete()
