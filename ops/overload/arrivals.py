"""What stands at the door? Read from method, path and headers alone, in microseconds."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, NamedTuple

from ops.limits.identity import origin_in
from ops.models import Tier
from ops.overload import known_keys
from ops.overload.importance import Importance, cohort, rank

_UNCOUNTED = ("/livez", "/readyz", "/healthz", "/metrics", "/static/", "/favicon.ico")
_CRITICAL = ("/admin/", "/status", "/api/v1/limits", "/api/v1/errors", "/errors")
_OWN_RESULTS = ("/api/v1/analyses/", "/api/v1/batches/")
_BATCHES = "/api/v1/batches"
_API = "/api/"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_BY_TIER = {
    Tier.ANONYMOUS: Importance.LOW,
    Tier.FREE: Importance.NORMAL,
    Tier.PREMIUM: Importance.HIGH,
    Tier.STAFF: Importance.HIGH,
}
_OLDEST_BELIEVED_SECONDS = 600.0


class Arrival(NamedTuple):
    importance: Importance
    rank: int
    age_seconds: float
    """How long it has stood between the proxy and this process."""
    is_new_work: bool
    is_api: bool


def arrival_of(environ: Mapping[str, Any], *, now: float | None = None) -> Arrival | None:
    """None for what is not counted at all: probes, static files."""
    path: str = environ.get("PATH_INFO") or "/"
    if path.startswith(_UNCOUNTED):
        return None
    now = time.time() if now is None else now
    reads = environ["REQUEST_METHOD"] in _READING
    is_api = path.startswith(_API)
    who, tier = _client(environ)
    importance = _importance(path, reads, tier)
    return Arrival(
        importance=importance,
        rank=rank(importance, cohort(who, int(now // 3600))),
        age_seconds=_age_seconds(environ.get("HTTP_X_REQUEST_START", ""), now),
        is_new_work=is_api and not reads,
        is_api=is_api,
    )


def _client(environ: Mapping[str, Any]) -> tuple[str | bytes, Tier]:
    if key := shown_key(environ):
        name = known_keys.fingerprint(key)
        return name, known_keys.tier_by(name)
    return origin_in(environ).address, Tier.ANONYMOUS


def shown_key(environ: Mapping[str, Any]) -> str:
    scheme, _, credentials = str(environ.get("HTTP_AUTHORIZATION", "")).partition(" ")
    if scheme.lower() == "bearer":
        return credentials.strip()
    return str(environ.get("HTTP_X_API_KEY", ""))


def _importance(path: str, reads: bool, tier: Tier) -> Importance:
    if path.startswith(_CRITICAL) or (reads and path.startswith(_OWN_RESULTS)):
        return Importance.CRITICAL
    if path.startswith(_BATCHES) and not reads:
        return Importance.LOW
    by_tier = _BY_TIER[tier]
    # Pages are cheap, and people who read them have no key.
    return min(by_tier, Importance.NORMAL) if reads and not path.startswith(_API) else by_tier


def _age_seconds(stamp: str, now: float) -> float:
    """`t=1700000000.123` or milliseconds, as proxies write it. Nonsense is no age."""
    if not stamp:
        return 0.0
    try:
        moment = float(stamp.removeprefix("t="))
    except ValueError:
        return 0.0
    age = now - (moment / 1000 if moment > 1e11 else moment)
    return age if 0 < age < _OLDEST_BELIEVED_SECONDS else 0.0
