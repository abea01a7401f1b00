"""How are durations counted so that percentiles can be read? By size, in log-spaced buckets.

Neighbouring bounds differ by 5 %, so a percentile is never wrong by more than that, whatever the
samples look like. A spread is sparse: bucket index to how many. Spreads add up.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

GROWTH = 1.05
_LOG_GROWTH = math.log(GROWTH)
LOWEST = -189  # about 0.1 ms; whatever is faster counts as that fast
HIGHEST = 190  # about three hours

Spread = Mapping[int, float]


def bucket_of(value: float) -> int:
    """The bucket whose upper bound is the first that is not below the value."""
    if value <= 0.0:
        return LOWEST
    # The small step back keeps a value that is a bound inside its own bucket.
    index = math.ceil(math.log(value) / _LOG_GROWTH - 1e-9)
    return max(LOWEST, min(index, HIGHEST))


def upper_bound(index: int) -> float:
    return math.exp(index * _LOG_GROWTH)


def add(into: dict[int, float], spread: Iterable[tuple[int, float]]) -> None:
    for index, amount in spread:
        into[index] = into.get(index, 0) + amount


def percentile(spread: Spread, share: float) -> float | None:
    """The value below which this share (0 to 1) of the samples lies; None without samples."""
    total = sum(spread.values())
    if total <= 0:
        return None
    wanted, seen = share * total, 0.0
    for index in sorted(spread):
        here = spread[index]
        if seen + here >= wanted and here > 0:
            inside = max(0.0, wanted - seen) / here
            return math.exp((index - 1 + inside) * _LOG_GROWTH)
        seen += here
    return upper_bound(max(spread))
