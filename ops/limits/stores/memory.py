"""Counting in this process alone: insurance for the time in which the shared store is away."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence

from ops.limits.algorithms.growth import ban_ms
from ops.limits.algorithms.rolling import RollingCount
from ops.limits.algorithms.spending import Answer, Charge, spend

MOST_KEYS = 100_000


def now_ms() -> int:
    return time.time_ns() // 1_000_000


class MemoryStore:
    name = "memory"

    def __init__(self, clock_ms: Callable[[], int] = now_ms, most_keys: int = MOST_KEYS) -> None:
        self._clock_ms = clock_ms
        self._most_keys = most_keys
        self._lock = threading.Lock()
        self.clear()

    def spend(self, charges: Sequence[Charge], *, commit: bool = True, ban_key: str = "") -> Answer:
        with self._lock:
            now = self._clock_ms()
            if ban_key and (banned := self._banned_ms(ban_key, now)):
                return Answer(False, now, (), banned)
            counts = [self._count(charge, now) for charge in charges]
            return spend(counts, charges, now, commit=commit)

    def give_back(self, charges: Sequence[Charge], *, spent_at_ms: int) -> None:
        with self._lock:
            for charge in charges:
                if (count := self._counts.get(charge.key)) is not None:
                    count.take_back(charge.price, spent_at_ms=spent_at_ms)

    def lease(self, key: str, holder: str, *, places: int, lasts_ms: int) -> tuple[bool, int]:
        with self._lock:
            held = self._held(key)
            if len(held) >= places and holder not in held:
                return False, len(held)
            held[holder] = self._clock_ms() + lasts_ms
            return True, len(held)

    def release(self, key: str, holder: str) -> None:
        with self._lock:
            held = self._held(key)
            held.pop(holder, None)
            if not held:
                self._leases.pop(key, None)

    def leases(self, key: str) -> int:
        with self._lock:
            return len(self._held(key))

    def ban(self, key: str, *, first_ms: int, longest_ms: int, memory_ms: int) -> int:
        with self._lock:
            now = self._clock_ms()
            _, strikes, remembered_until = self._bans.get(key, (0, 0, 0))
            strikes = strikes + 1 if remembered_until > now else 1
            length = ban_ms(strikes, first_ms=first_ms, longest_ms=longest_ms)
            self._bans[key] = (now + length, strikes, now + length + memory_ms)
            return length

    def forget(self, keys: Sequence[str]) -> None:
        with self._lock:
            for key in keys:
                for kept in (self._counts, self._leases, self._bans):
                    kept.pop(key, None)

    def clear(self) -> None:
        self._counts: OrderedDict[str, RollingCount] = OrderedDict()
        self._leases: dict[str, dict[str, int]] = {}
        self._bans: dict[str, tuple[int, int, int]] = {}

    def _count(self, charge: Charge, now: int) -> RollingCount:
        count = self._counts.get(charge.key)
        if count is None:
            count = self._counts[charge.key] = RollingCount.starting(charge.window_ms, now)
            if len(self._counts) > self._most_keys:
                self._counts.popitem(last=False)
        else:
            self._counts.move_to_end(charge.key)
        return count

    def _held(self, key: str) -> dict[str, int]:
        now = self._clock_ms()
        held = self._leases.setdefault(key, {})
        for holder in [holder for holder, until in held.items() if until <= now]:
            del held[holder]
        return held

    def _banned_ms(self, key: str, now: int) -> int:
        until, _, remembered_until = self._bans.get(key, (0, 0, 0))
        if remembered_until and remembered_until <= now:
            del self._bans[key]
        return max(0, until - now)
