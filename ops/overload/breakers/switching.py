"""How do staff put a breaker where they want it?"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ops import events
from ops.models.breakers import BreakerSwitch
from ops.overload.breakers.switches import Position


def put(
    breaker: str,
    position: Position,
    *,
    actor: str,
    reason: str = "",
    lasts: timedelta | None = None,
) -> None:
    """Obeyed by all processes within a second."""
    ends_at = timezone.now() + lasts if lasts else None
    with transaction.atomic():
        BreakerSwitch.objects.filter(breaker=breaker).delete()
        if position is not Position.AUTO:
            BreakerSwitch.objects.create(
                breaker=breaker, position=position, reason=reason, actor=actor, ends_at=ends_at
            )
        events.record(
            "breaker.switched",
            actor=actor,
            reason=reason,
            undo={"position": Position.AUTO},
            breaker=breaker,
            position=position,
            ends_at=ends_at,
        )
