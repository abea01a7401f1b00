"""How many workers may deliver at once? As many as there are slots, whatever hangs out there.

The job of a dead worker is done again by another one, which takes the slot over; else a slot is
free when its time is over.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now

from ops.models import WebhookSlot
from ops.queue.moments import from_now

HELD_FOR = timedelta(seconds=45)


def number_of(endpoint: int) -> int:
    """Each endpoint belongs to one slot: no two workers deliver to it at the same time."""
    return endpoint % int(settings.OPS_WEBHOOK_SLOTS)


def take(number: int, holder: int) -> bool:
    held = {"holder": holder, "held_until": from_now(HELD_FOR.total_seconds())}
    free = WebhookSlot.objects.filter(Q(held_until__lte=Now()) | Q(holder=holder), pk=number)
    if free.exists():  # an update takes SQLite's write lock even when it finds nothing
        return free.update(**held) == 1
    if not WebhookSlot.objects.filter(pk=number).exists():
        new = WebhookSlot(number=number, held_until=Now())
        WebhookSlot.objects.bulk_create([new], ignore_conflicts=True)
        return free.update(**held) == 1
    return False


def give_back(number: int, holder: int) -> None:
    """Nothing when somebody else has it: it took longer than anybody may."""
    WebhookSlot.objects.filter(pk=number, holder=holder).update(held_until=Now(), holder=0)
