"""How long does a failed job wait for its next attempt?"""

from __future__ import annotations

# 2.0 ** 1024 is no float any more, and no cap is that high.
_HIGHEST_EXPONENT = 60


def longest_delay_seconds(attempts: int, *, base_seconds: float, cap_seconds: float) -> float:
    """Doubles with every failed attempt, up to the cap."""
    exponent = min(max(attempts, 1) - 1, _HIGHEST_EXPONENT)
    return min(cap_seconds, base_seconds * 2.0**exponent)


def delay_seconds(
    attempts: int, *, base_seconds: float, cap_seconds: float, fraction: float
) -> float:
    """Full jitter: any moment up to the longest delay, as the random `fraction` in [0, 1] says.

    Jobs that failed together, because what they need is down, must not come back together.
    """
    longest = longest_delay_seconds(attempts, base_seconds=base_seconds, cap_seconds=cap_seconds)
    return fraction * longest
