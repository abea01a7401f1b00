"""How can many people watch for the price of one? All viewers of an installation share one look."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.conf import settings
from django.utils import timezone

from ops.console import shelf
from ops.console.parcel import pack, unpack
from ops.metrics import reading

Facts = TypeVar("Facts")
Key = TypeVar("Key", bound=Hashable)

logger = logging.getLogger("contentcreate.console")

_KEPT = 32
_SKEW_SECONDS = 2.0
"""By how much the clock of another machine may be ahead of ours."""
_WAIT_SECONDS, _TRY_SECONDS = 2.0, 0.05


@dataclass(frozen=True)
class Look(Generic[Facts]):
    facts: Facts
    as_of: datetime
    """When it began: what was changed since then may not be in it."""

    def age_seconds(self) -> float:
        return time.time() - self.as_of.timestamp()


class Shared(Generic[Facts]):
    """Looks again when the last look is older than OPS_CONSOLE_FRESH_SECONDS, or its own time.

    One process looks, the others take what it saw. `is_of_process`: each speaks for itself.
    """

    def __init__(
        self,
        look: Callable[[], Facts],
        *,
        key: Hashable,
        name: str,
        fresh_seconds: float | None = None,
        is_of_process: bool = False,
    ) -> None:
        self._look = look
        self._fresh_seconds = fresh_seconds
        self._is_of_process = is_of_process
        self._name = name
        self._digest = hashlib.sha256(repr(key).encode()).hexdigest()
        self._lock = threading.Lock()
        self._last: Look[Facts] | None = None

    def look(self, since: float = 0.0) -> Look[Facts]:
        """Not older than `since`, the moment at which whoever asks changed something."""
        since = _since(since, time.time())
        with self._lock:
            if self._last is None or not self._will_do(self._last, since):
                self._last = self._newer(since)
            return self._last

    def _will_do(self, seen: Look[Facts], since: float) -> bool:
        is_fresh = -_SKEW_SECONDS <= seen.age_seconds() < self._fresh()
        return is_fresh and seen.as_of.timestamp() >= since

    def _fresh(self) -> float:
        own = self._fresh_seconds
        return settings.OPS_CONSOLE_FRESH_SECONDS if own is None else own

    def _newer(self, since: float) -> Look[Facts]:
        if self._is_of_process or not self._fresh():
            return self._look_now()
        place = shelf.place(self._name, self._digest)
        if found := self._found(place, since):
            return found
        with place.turn() as is_ours:
            if is_ours:
                return self._found(place, since) or self._look_for_all(place)
        return self._while_another_looks(place, since) or self._look_for_all(place)

    def _found(self, place: shelf.Place, since: float) -> Look[Facts] | None:
        seen = self._read(place)
        return seen if seen and self._will_do(seen, since) else None

    def _while_another_looks(self, place: shelf.Place, since: float) -> Look[Facts] | None:
        """The last look is good for a little longer; who has none waits for the one to come."""
        last = self._last
        if last and last.as_of.timestamp() >= since and 0 <= last.age_seconds() < 2 * self._fresh():
            return last
        deadline = time.monotonic() + _WAIT_SECONDS
        while time.monotonic() < deadline:
            if found := self._found(place, since):
                return found
            time.sleep(_TRY_SECONDS)
        return None

    def _look_for_all(self, place: shelf.Place) -> Look[Facts]:
        seen = self._look_now()
        try:
            place.keep(pack((seen.as_of, seen.facts)))
        except TypeError as error:
            logger.error("a look cannot be shared", extra={"error": str(error)})
        return seen

    def _look_now(self) -> Look[Facts]:
        began_at = timezone.now()
        with reading.one_look():
            return Look(self._look(), began_at)

    def _read(self, place: shelf.Place) -> Look[Facts] | None:
        parcel = place.read()
        if not parcel:
            return None
        try:
            as_of, facts = unpack(parcel)
        except ValueError as error:
            logger.info("a look was not understood", extra={"error": str(error)[:200]})
            return None
        return Look(facts, as_of)


def _since(moment: float, now: float) -> float:
    """Whose clock is a little ahead has just changed something; a moment far ahead is none."""
    return min(moment, now) if moment <= now + _SKEW_SECONDS else 0.0


class SharedByKey(Generic[Key, Facts]):
    """One look for each period or filter; the ones not asked for lately are forgotten."""

    def __init__(
        self,
        look: Callable[[Key], Facts],
        *,
        fresh_seconds: float | None = None,
        is_of_process: bool = False,
    ) -> None:
        self._look = look
        self._fresh_seconds = fresh_seconds
        self._is_of_process = is_of_process
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, Shared[Facts]] = OrderedDict()

    def look(self, key: Key, since: float = 0.0) -> Look[Facts]:
        with self._lock:
            shared = self._kept.get(key) or self._kept.setdefault(key, self._of(key))
            self._kept.move_to_end(key)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return shared.look(since)

    def _of(self, key: Key) -> Shared[Facts]:
        return Shared(
            lambda: self._look(key),
            key=key,
            name=f"{self._look.__module__}.{self._look.__qualname__}",
            fresh_seconds=self._fresh_seconds,
            is_of_process=self._is_of_process,
        )
