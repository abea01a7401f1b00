"""What would happen if everybody had less? The last hour again, with smaller quotas."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from ops.console.shared import SharedByKey
from ops.limits import seeing
from ops.limits.policies import Mode, Unit
from ops.limits.seeing import Preview
from ops.models import LimitPolicy, Tier

Factors = tuple[tuple[str, float], ...]
FRESH_SECONDS = 60.0
"""The answer changes slowly, and costs a rehearsal."""


def everybody(factor: float) -> Factors:
    return tuple((str(tier), factor) for tier in Tier)


def by_tier(factors: Mapping[str, float]) -> Factors:
    return tuple(sorted(factors.items()))


def sentence(factors: Factors) -> str:
    asked, refused = _rehearsed.look(factors).facts
    if not asked:
        return "Nobody asked for anything in the last hour."
    return (
        f"Of the last hour's requests about {100 * refused / asked:.0f} % would have been refused "
        f"({refused:,} of {asked:,} looked at)."
    )


def _rehearse(factors: Factors) -> tuple[int, int]:
    """Requests and refusals. Several limits count one request: the strictest of them decides."""
    now, shares = timezone.now(), dict(factors)
    worst: dict[tuple[str, str], Preview] = {}
    policies = LimitPolicy.objects.filter(mode=Mode.ENFORCED, unit=Unit.REQUESTS)
    for policy in policies:
        found = _with_less(policy, shares.get(policy.tier or Tier.ANONYMOUS, 1.0), now)
        kept = worst.get((policy.tier, policy.route))
        if kept is None or found.refused > kept.refused:
            worst[policy.tier, policy.route] = found
    return sum(one.asked for one in worst.values()), sum(one.refused for one in worst.values())


def _with_less(policy: LimitPolicy, share: float, now: datetime) -> Preview:
    usual = settings.RATE_LIMIT_REQUESTS if policy.quota is None else policy.quota
    return seeing.preview(policy, max(1, int(usual * share)), policy.window_seconds, now)


_rehearsed = SharedByKey(_rehearse, fresh_seconds=FRESH_SECONDS)
