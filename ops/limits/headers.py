"""How does a client read its limits? RateLimit fields (ratelimit-headers-10) and older ones."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable

from ops.limits.decisions import Decision, Standing

_MOST_JITTER = 0.1


def headers(decisions: Iterable[Decision]) -> dict[str, str]:
    """Of all policies that count for this request; those in the shadow stay there."""
    # Whoever paid the difference for a dear submission was decided about twice: the last counts.
    latest = {s.policy.id: s for d in decisions for s in d.standings if s.policy.is_enforced}
    standings = list(latest.values())
    if not standings:
        return {}
    tightest = min(standings, key=lambda s: (s.fits, s.remaining / max(1, s.policy.quota)))
    return {
        "RateLimit-Policy": ", ".join(_policy(standing) for standing in standings),
        "RateLimit": ", ".join(_state(standing) for standing in standings),
        "X-RateLimit-Limit": str(tightest.policy.quota),
        "X-RateLimit-Remaining": str(tightest.remaining),
        "X-RateLimit-Reset": str(seconds(tightest.wait_ms)),
    }


def retry_after_seconds(wait_ms: int) -> int:
    """Whole seconds, never too few; a little more at random, so that not all come back at once."""
    exact = max(1, seconds(wait_ms))
    return exact + random.randint(0, int(exact * _MOST_JITTER))


def seconds(milliseconds: int) -> int:
    return math.ceil(milliseconds / 1000)


def _policy(standing: Standing) -> str:
    policy = standing.policy
    return f'"{policy.name}";q={policy.quota};w={policy.window_seconds}'


def _state(standing: Standing) -> str:
    return f'"{standing.policy.name}";r={standing.remaining};t={seconds(standing.wait_ms)}'
