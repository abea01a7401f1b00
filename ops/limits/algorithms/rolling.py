"""How much was spent in the last w milliseconds, whenever one looks? Never less than was spent.

Time is cut into buckets of a tenth of the window. A bucket counts as long as any part of it may
lie inside the window, so that no window of this length, wherever it starts, holds more than the
quota; what was spent returns at most a tenth of the window late. The count needs eleven numbers,
whatever the quota. The Lua script of the Redis store is the same algorithm.
"""

from __future__ import annotations

from collections.abc import Iterable

BUCKETS = 10


class RollingCount:
    __slots__ = ("bucket_ms", "costs", "newest", "used")

    def __init__(self, bucket_ms: int, newest: int, costs: Iterable[int] = ()) -> None:
        self.bucket_ms = bucket_ms
        self.newest = newest
        self.costs = list(costs)
        """Newest bucket first; buckets at the end that hold nothing may be missing."""
        self.used = sum(self.costs)

    @classmethod
    def starting(cls, window_ms: int, now_ms: int) -> RollingCount:
        size = bucket_ms(window_ms)
        return cls(size, now_ms // size)

    def advance(self, window_ms: int, now_ms: int) -> None:
        """Forgets what has left the window. A clock that goes back changes nothing."""
        size = -(-window_ms // BUCKETS)
        if size != self.bucket_ms:
            self._regrid(size, now_ms)
        step = now_ms // size - self.newest
        if step <= 0:
            return
        self.newest += step
        if step > BUCKETS:
            self.costs = []
        else:
            self.costs = [0] * step + self.costs[: BUCKETS + 1 - step]
        self.used = sum(self.costs)

    def add(self, cost: int) -> None:
        if not self.costs:
            self.costs = [0]
        self.costs[0] += cost
        self.used += cost

    def take_back(self, cost: int, *, spent_at_ms: int) -> None:
        """From the bucket it was spent in: from any other it could let too much in later."""
        age = self.newest - spent_at_ms // self.bucket_ms
        if 0 <= age < len(self.costs):
            returned = min(cost, self.costs[age])
            self.costs[age] -= returned
            self.used -= returned

    def wait_ms(self, missing: int, now_ms: int) -> int:
        """Until at least this much of what was spent has left the window."""
        age = len(self.costs)
        for cost in reversed(self.costs):
            age -= 1
            missing -= cost
            if missing <= 0:
                leaves_at = (self.newest - age + BUCKETS + 1) * self.bucket_ms
                return max(1, leaves_at - now_ms)
        return (BUCKETS + 1) * self.bucket_ms

    def lasts_ms(self) -> int:
        """After this time without spending nothing is left to remember."""
        return (BUCKETS + 1) * self.bucket_ms

    def _regrid(self, size: int, now_ms: int) -> None:
        """Staff changed the window: each cost moves to the latest time it may have been spent."""
        newest = now_ms // size
        costs = [0] * (BUCKETS + 1)
        for age, cost in enumerate(self.costs):
            ended_at = (self.newest - age + 1) * self.bucket_ms - 1
            new_age = newest - min(ended_at // size, newest)
            if new_age <= BUCKETS:
                costs[new_age] += cost
        self.bucket_ms, self.newest, self.costs = size, newest, costs
        self.used = sum(costs)


def bucket_ms(window_ms: int) -> int:
    return -(-window_ms // BUCKETS)
