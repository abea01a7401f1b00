"""How many workers may deliver at once? As many as there are slots, whatever hangs out there.

A slot has an end, so that a dead worker does not keep it.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models.functions import Now

from ops.models import WebhookSlot
from ops.queue.moments import from_now

HELD_FOR = timedelta(seconds=45)


def number_of(endpoint: int) -> int:
    """Each endpoint belongs to one slot: no two workers deliver to it at the same time."""
    return endpoint % int(settings.OPS_WEBHOOK_SLOTS)


def take(number: int) -> bool:
    held_until = from_now(HELD_FOR.total_seconds())
    free = WebhookSlot.objects.filter(pk=number, held_until__lte=Now())
    if free.exists():  # an update takes SQLite's write lock even when it finds nothing
        return free.update(held_until=held_until) == 1
    if not WebhookSlot.objects.filter(pk=number).exists():
        new = WebhookSlot(number=number, held_until=Now())
        WebhookSlot.objects.bulk_create([new], ignore_conflicts=True)
        return free.update(held_until=held_until) == 1
    return False


def give_back(number: int) -> None:
    WebhookSlot.objects.filter(pk=number).update(held_until=Now())
