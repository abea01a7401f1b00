"""What would another quota have done to what was asked? The limiter's algorithm, run again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ops.limits.algorithms.rolling import RollingCount
from ops.limits.algorithms.sampling import SLOT_SECONDS, Asked

_SLOT_MS = SLOT_SECONDS * 1000
_MOST_GROUPS = 25


@dataclass(frozen=True, slots=True)
class Outcome:
    asked: int = 0
    refused: int = 0
    clients_refused: int = 0

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(
            self.asked + other.asked,
            self.refused + other.refused,
            self.clients_refused + other.clients_refused,
        )


def rehearse(asked: Asked, *, quota: int, window_ms: int) -> Outcome:
    """One client's requests, as if this had been its limit. Those of a slot come evenly."""
    first = min(asked.slots, default=0)
    count = RollingCount.starting(window_ms, first * _SLOT_MS)
    total = refused = 0
    for slot, (requests, cost) in sorted(asked.slots.items()):
        price = min(max(1, round(cost / requests)), quota) or 1
        for now_ms, together in _groups(slot, requests):
            count.advance(window_ms, now_ms)
            let_in = min(together, max(0, quota - count.used) // price)
            if let_in:
                count.add(let_in * price)
            refused += together - let_in
        total += requests
    return Outcome(total, refused, int(refused > 0))


def _groups(slot: int, requests: int) -> Iterator[tuple[int, int]]:
    """A flood is not replayed one by one."""
    groups = min(requests, _MOST_GROUPS)
    each, more = divmod(requests, groups)
    for number in range(groups):
        yield slot * _SLOT_MS + number * _SLOT_MS // groups, each + (number < more)
