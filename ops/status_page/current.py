"""What does this process show now? A look of a few seconds ago, or the last copy."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from ops.health.readiness import Level, readiness
from ops.status_page import copies, snapshot
from ops.status_page.snapshot import Snapshot


class Showing:
    """One thread looks, the others show what was seen before: nobody waits for a slow database."""

    def __init__(self, look: Callable[[], Snapshot]) -> None:
        self._look = look
        self._lock = threading.Lock()
        self._last: Snapshot | None = None
        self._fresh_until = 0.0

    def current(self) -> Snapshot:
        if self._last is not None and not self._is_due():
            return self._last
        if not self._lock.acquire(blocking=self._last is None) and self._last is not None:
            return self._last
        try:
            if self._last is None or self._is_due():
                self._last = self._look()
                self._fresh_until = time.monotonic() + settings.OPS_STATUS_PAGE_FRESH_SECONDS
            return self._last
        finally:
            self._lock.release()

    def forget(self) -> None:
        """Whoever just told something wants to see it."""
        self._fresh_until = 0.0

    def _is_due(self) -> bool:
        return time.monotonic() >= self._fresh_until


def refresh(now: datetime) -> None:
    """Every so often, by one process: a copy is there even if nobody ever asked for the page."""
    copies.keep(snapshot.look(now))


def _look() -> Snapshot:
    now = timezone.now()
    if not _database_answers():
        return snapshot.without_database(copies.last_known(), now)
    try:
        seen = snapshot.look(now)
    except (DatabaseError, InterfaceError):
        return snapshot.without_database(copies.last_known(), now)
    copies.keep(seen)
    return seen


def _database_answers() -> bool:
    """Asked by a thread that can be left behind: a frozen database holds up no page."""
    return all(part.level is Level.OK for part in readiness().parts if part.name == "database")


showing = Showing(_look)
