"""How does each of them decide about one request of one client?"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

Decide = Callable[[str], bool]
"""Whether the client of this name may."""
Rules = tuple[tuple[int, int], ...]
"""Quota and seconds of each policy."""


def ours(store: Any, rules: Rules) -> Decide:
    from ops.limits.limiter import Limiter
    from ops.limits.policies import Asker, Policies, Policy

    limiter = Limiter(store, places=3 if store.name == "redis" else 1000)
    policies = Policies(
        Policy(number, f"p{number}", quota, seconds)
        for number, (quota, seconds) in enumerate(rules)
    )
    return lambda name: limiter.hit(policies, Asker(name, "free")).allowed


def ours_on_redis(url: str, rules: Rules) -> Decide:
    from django_redis import get_redis_connection

    from ops.limits.stores.redis import RedisStore

    return ours(RedisStore(get_redis_connection("limits")), rules)


def drf(_: str, rules: Rules) -> Decide:
    """Stock throttles, one for each policy, as `throttle_classes` runs them: all of them."""
    from rest_framework.throttling import SimpleRateThrottle

    class Stock(SimpleRateThrottle):
        def __init__(self, quota: int, seconds: int) -> None:
            self.scope = f"{seconds}s"
            self.num_requests, self.duration = quota, seconds
            self.rate = "set"

        def get_cache_key(self, request: Any, view: Any) -> str:
            return f"throttle_{self.scope}_{request}"

    def decide(name: str) -> bool:
        verdicts = [Stock(*rule).allow_request(name, None) for rule in rules]
        return all(verdicts)

    return decide


def django_ratelimit(_: str, rules: Rules) -> Decide:
    from django.test import RequestFactory
    from django_ratelimit.core import is_ratelimited

    request = RequestFactory().get("/")

    def decide(name: str) -> bool:
        verdicts = [
            is_ratelimited(
                request,
                group=f"g{seconds}",
                key=lambda *_: name,
                rate=f"{quota}/{seconds}s",
                increment=True,
            )
            for quota, seconds in rules
        ]
        return not any(verdicts)

    return decide


def limits_moving(url: str, rules: Rules) -> Decide:
    return _limits(url, rules, "MovingWindowRateLimiter")


def limits_counter(url: str, rules: Rules) -> Decide:
    return _limits(url, rules, "SlidingWindowCounterRateLimiter")


def _limits(url: str, rules: Rules, strategy: str) -> Decide:
    import limits
    from limits.storage import RedisStorage

    limiter = getattr(limits.strategies, strategy)(RedisStorage(url))
    items = [limits.RateLimitItemPerSecond(quota, seconds) for quota, seconds in rules]

    def decide(name: str) -> bool:
        allowed = all(limiter.hit(item, name) for item in items)
        for item in items:  # what headers need is asked separately
            limiter.get_window_stats(item, name)
        return allowed

    return decide


def throttled_gcra(url: str, rules: Rules) -> Decide:
    from throttled import Throttled, rate_limiter, store

    shared = store.RedisStore(server=url)
    made = [
        Throttled(
            using="gcra",
            quota=rate_limiter.per_duration(timedelta(seconds=seconds), quota, burst=quota),
            store=shared,
            key_prefix=f"t{seconds}",
        )
        for quota, seconds in rules
    ]

    def decide(name: str) -> bool:
        verdicts = [one.limit(name).limited for one in made]
        return not any(verdicts)

    return decide


CONTENDERS: dict[str, Callable[[str, Rules], Decide]] = {
    "ours on Redis": ours_on_redis,
    "DRF throttles": drf,
    "django-ratelimit": django_ratelimit,
    "limits moving window": limits_moving,
    "limits window counter": limits_counter,
    "throttled-py GCRA": throttled_gcra,
}


def available(url: str) -> dict[str, Callable[[str, Rules], Decide]]:
    """Those whose package is installed here."""
    found = {}
    for name, make in CONTENDERS.items():
        with contextlib.suppress(ImportError):
            make(url, ((1, 1),))
            found[name] = make
    return found
