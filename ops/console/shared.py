"""How can many people watch for the price of one? All viewers of a process share one look."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.conf import settings
from django.utils import timezone

from ops.metrics import reading

Facts = TypeVar("Facts")
Key = TypeVar("Key", bound=Hashable)

_KEPT = 32


@dataclass(frozen=True)
class Look(Generic[Facts]):
    facts: Facts
    as_of: datetime


class Shared(Generic[Facts]):
    """Looks again when the last look is older than OPS_CONSOLE_FRESH_SECONDS, or its own time."""

    def __init__(self, look: Callable[[], Facts], *, fresh_seconds: float | None = None) -> None:
        self._look = look
        self._fresh_seconds = fresh_seconds
        self._lock = threading.Lock()
        self._last: Look[Facts] | None = None
        self._looked_at = 0.0

    def look(self, since: float = 0.0) -> Look[Facts]:
        """Not older than `since`, the moment at which whoever asks changed something.

        Another process may have done it for them: this one cannot know without being told.
        """
        with self._lock:
            if self._last is None or self._is_old(self._last, since):
                with reading.one_look():
                    self._last = Look(self._look(), timezone.now())
                self._looked_at = time.monotonic()
            return self._last

    def forget(self) -> None:
        """Whoever just changed something wants to see it."""
        self._last = None

    def _is_old(self, last: Look[Facts], since: float) -> bool:
        age_seconds = time.monotonic() - self._looked_at
        if self._fresh_seconds is not None:
            return age_seconds >= self._fresh_seconds
        is_changed = last.as_of.timestamp() < since <= time.time()
        return is_changed or age_seconds >= settings.OPS_CONSOLE_FRESH_SECONDS


class SharedByKey(Generic[Key, Facts]):
    """One look for each period or filter; the ones not asked for lately are forgotten."""

    def __init__(self, look: Callable[[Key], Facts], *, fresh_seconds: float | None = None) -> None:
        self._look = look
        self._fresh_seconds = fresh_seconds
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, Shared[Facts]] = OrderedDict()

    def look(self, key: Key, since: float = 0.0) -> Look[Facts]:
        with self._lock:
            shared = self._kept.setdefault(
                key, Shared(lambda: self._look(key), fresh_seconds=self._fresh_seconds)
            )
            self._kept.move_to_end(key)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return shared.look(since)

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()
