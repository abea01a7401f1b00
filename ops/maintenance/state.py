"""What is closed at this moment, and what will be?"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from ops.maintenance.features import SERVICE
from ops.maintenance.sources import windows
from ops.maintenance.windows import Window, announced


def standing(now: datetime | None = None) -> tuple[Window, ...]:
    at = now or timezone.now()
    return tuple(window for window in windows() if window.is_on(at))


def announcements(now: datetime | None = None) -> tuple[Window, ...]:
    return announced(windows(), now=now or timezone.now())


def is_closed(feature: str, now: datetime | None = None) -> Window | None:
    """For what has no address of its own: the window that closes it, if one does."""
    return next((window for window in standing(now) if window.scope in (feature, SERVICE)), None)
