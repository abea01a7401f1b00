"""How can many people watch for the price of one? All viewers of a process share one look."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.conf import settings
from django.utils import timezone

Facts = TypeVar("Facts")


@dataclass(frozen=True)
class Look(Generic[Facts]):
    facts: Facts
    as_of: datetime


class Shared(Generic[Facts]):
    """Looks again when the last look is older than OPS_CONSOLE_FRESH_SECONDS."""

    def __init__(self, look: Callable[[], Facts]) -> None:
        self._look = look
        self._lock = threading.Lock()
        self._last: Look[Facts] | None = None
        self._looked_at = 0.0

    def look(self) -> Look[Facts]:
        with self._lock:
            age_seconds = time.monotonic() - self._looked_at
            if self._last is None or age_seconds >= settings.OPS_CONSOLE_FRESH_SECONDS:
                self._last = Look(self._look(), timezone.now())
                self._looked_at = time.monotonic()
            return self._last

    def forget(self) -> None:
        """Whoever just changed something wants to see it."""
        self._last = None
