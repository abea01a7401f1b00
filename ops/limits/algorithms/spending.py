"""May this request spend, on all of its policies or on none?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ops.limits.algorithms.rolling import RollingCount


# Named tuples: a decision makes a dozen of these, and frozen dataclasses take three times as long.
class Charge(NamedTuple):
    """What one policy asks of one request."""

    key: str
    quota: int
    window_ms: int
    price: int = 1
    is_enforced: bool = True

    def under(self, quota: int) -> Charge:
        return Charge(
            self.key, quota, self.window_ms, price_of(self.price, quota), self.is_enforced
        )


def price_of(cost: int, quota: int) -> int:
    """A cost above the whole quota is paid with the whole quota, or nobody could ever pay."""
    return cost if cost <= quota or not quota else quota


class Charges(tuple[Charge, ...]):
    """Of one request. A store may keep with them what it has prepared for them."""

    prepared: tuple[object, bytes] | None = None


class Reading(NamedTuple):
    """How a policy stands after the decision."""

    used: int
    fits: bool
    wait_ms: int
    """Until the same request would fit; when it fits, until more of the quota returns."""


class Answer(NamedTuple):
    """What a store says to the charges of one request."""

    allowed: bool
    now_ms: int
    readings: tuple[Reading, ...]
    banned_ms: int = 0


def spend(
    counts: Sequence[RollingCount], charges: Sequence[Charge], now_ms: int, *, commit: bool = True
) -> Answer:
    """Changes the counts only when every enforced policy has room.

    A policy in the shadow refuses nobody; it counts what it would have let through.
    """
    fits = []
    allowed = True
    for count, charge in zip(counts, charges, strict=True):
        count.advance(charge.window_ms, now_ms)
        fit = count.used + charge.price <= charge.quota
        fits.append(fit)
        if not fit and charge.is_enforced:
            allowed = False
    readings = []
    for count, charge, fit in zip(counts, charges, fits, strict=True):
        if not fit:
            wait_ms = _wait_ms(count, charge, now_ms)
        else:
            if allowed and commit:
                count.add(charge.price)
            wait_ms = count.wait_ms(1, now_ms) if count.used else 0
        readings.append(Reading(count.used, fit, wait_ms))
    return Answer(allowed, now_ms, tuple(readings))


def _wait_ms(count: RollingCount, charge: Charge, now_ms: int) -> int:
    if not charge.quota:
        return charge.window_ms
    return count.wait_ms(count.used + charge.price - charge.quota, now_ms)
