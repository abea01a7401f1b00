"""What can fail without taking the service down? Every non-critical dependency, in one list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from django.conf import settings

from ops.overload.breaker import Rules
from ops.overload.breakers.guard import Dependency
from ops.overload.breakers.stores import OwnStore, SharedStore, Store, connect


@dataclass(frozen=True)
class Facts:
    title: str
    rules: Rules
    places: int
    """How many calls a process makes at once."""
    is_shared: bool = True


_CACHE = Rules(
    minimum_calls=3,
    window_seconds=5,
    slow_seconds=1.0,
    open_seconds=1,
    open_growth=1.2,
    open_seconds_at_most=1.5,
    probe_patience_seconds=1,
)
"""Given up at once and tried again soon: each call of a silent cache is paid by a request."""

_FEW = Rules(minimum_calls=4, window_seconds=120, slow_seconds=60.0, open_seconds=5.0)
"""Few calls are made at once, and one that hangs takes many seconds: a handful in two minutes is
all there is to judge by. What is slow is still an answer; each call ends by its own deadline."""

DEPENDENCIES: dict[str, Facts] = {
    # Redis cannot tell of its own failures.
    "report_cache": Facts("The cache of reports", _CACHE, places=64, is_shared=False),
    "cache": Facts("The cache of keys and notes", _CACHE, places=64, is_shared=False),
    "webhooks": Facts("Clients' webhook endpoints", replace(_FEW, slow_seconds=8.0), places=8),
    "url_fetch": Facts("Fetching of addresses", replace(_FEW, probes=2), places=4),
    "remote_analyzer": Facts("Remote analyzers", _FEW, places=4),
    "alert_channels": Facts("Channels of alerts", Rules(slow_seconds=8.0), places=4),
}


@lru_cache(maxsize=1000)
def dependency(name: str) -> Dependency:
    """`webhooks:example.org` is one endpoint of `webhooks`, with a breaker of its own."""
    facts = DEPENDENCIES[name.partition(":")[0]]
    return Dependency(name, facts.rules, _store(name, facts), places=facts.places)


def _store(name: str, facts: Facts) -> Store:
    if facts.is_shared and settings.REDIS_URL:
        return SharedStore(name, facts.rules, connect(settings.REDIS_URL))
    return OwnStore(facts.rules)
