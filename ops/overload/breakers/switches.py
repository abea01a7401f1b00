"""What did staff decide about a breaker: open, closed, or by itself?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils import timezone

from ops import config
from ops.models.breakers import BreakerSwitch


class Position(StrEnum):
    AUTO = "auto"  # it decides by itself
    OPEN = "open"  # nothing is called
    CLOSED = "closed"  # everything is called, and nothing counted


@dataclass(frozen=True)
class _Set:
    position: Position
    ends_at: datetime | None


def position_of(name: str) -> Position:
    """Its own, else that of its family: `webhooks` for `webhooks:we_…`."""
    rows = _rows.current()
    found = rows.get(name) or rows.get(name.partition(":")[0])
    if found is None or (found.ends_at is not None and found.ends_at <= timezone.now()):
        return Position.AUTO
    return found.position


def held(now: datetime) -> QuerySet[BreakerSwitch]:
    """The rows that stand at this moment."""
    return BreakerSwitch.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now))


def _load() -> Mapping[str, _Set]:
    return {
        row.breaker: _Set(Position(row.position), row.ends_at)
        for row in BreakerSwitch.objects.all()
    }


_NONE: Mapping[str, _Set] = {}
_rows = config.register("breakers", load=_load, default=_NONE)
