"""How do requests use a cache on Redis that may be gone? They ask it only while it answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django_redis.cache import RedisCache
from django_redis.exceptions import ConnectionInterrupted
from redis.exceptions import RedisError

from ops.overload.breakers.dependencies import dependency
from ops.overload.breakers.guard import Unavailable


class GuardedCache(RedisCache):
    """What each request asks stands behind a breaker; what must be tried, like a withdrawal, is
    tried each time and never raises."""

    def get(self, key: Any, default: Any = None, version: Any = None, client: Any = None) -> Any:
        return _asked(lambda: self.client.get(key, default, version, client), default)

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return bool(_asked(lambda: self.client.add(*args, **kwargs), False))


def _asked(question: Callable[[], Any], otherwise: Any) -> Any:
    try:
        return dependency("cache").call(question)
    except (Unavailable, ConnectionInterrupted, RedisError):
        return otherwise
