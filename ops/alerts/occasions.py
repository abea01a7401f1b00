"""When are people told? Once for each change, hourly while it lasts, never during a silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

REMIND_AFTER = timedelta(hours=1)


class Occasion(StrEnum):
    FIRING = "firing"
    REMINDER = "reminder"
    RESOLVED = "resolved"
    TEST = "test"


@dataclass(frozen=True)
class Standing:
    """What decides whether to speak."""

    is_firing: bool
    is_silenced: bool
    is_acknowledged: bool
    notified_at: datetime | None


def occasion(standing: Standing, now: datetime) -> Occasion | None:
    """Who was never told that something broke is not told that it is well again."""
    if standing.is_silenced:
        return None
    if not standing.is_firing:
        return Occasion.RESOLVED if standing.notified_at else None
    if standing.notified_at is None:
        return Occasion.FIRING
    is_time = now - standing.notified_at >= REMIND_AFTER
    return Occasion.REMINDER if is_time and not standing.is_acknowledged else None
