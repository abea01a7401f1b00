"""Which keys were looked up a moment ago? Half a minute by all processes, a second by this one."""

import time
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.cache import caches

REMEMBER_SECONDS = 30
HOLD_SECONDS = 1.0
"""A revocation is obeyed by every process within a second, like whatever staff edit."""
_MOST_HELD = 5000
_held: dict[str, tuple[float, Any]] = {}


def held(prefix: str) -> Any | None:
    """As it was built the last time: whoever asks again within a second waits for nobody."""
    until, key = _held.get(prefix, (0.0, None))
    return key if until > time.monotonic() else None


def hold(prefix: str, key: Any) -> None:
    if len(_held) >= _MOST_HELD:
        _held.clear()
    _held[prefix] = (time.monotonic() + HOLD_SECONDS, key)


def let_go() -> None:
    _held.clear()


_WITHDRAWN = "withdrawn"


def recall(prefix: str) -> str | None:
    if not _is_shared():
        return None
    kept = caches["default"].get(_name(prefix))
    return None if kept == _WITHDRAWN else kept


def remember(prefix: str, key: str) -> None:
    """Never over a withdrawal: what was read before it may arrive here after it."""
    if _is_shared():
        caches["default"].add(_name(prefix), key, REMEMBER_SECONDS)


def withdraw(prefixes: Iterable[str]) -> None:
    """From now on every process asks the database again, others after a second."""
    let_go()
    if _is_shared():
        notices = {_name(prefix): _WITHDRAWN for prefix in prefixes}
        caches["default"].set_many(notices, REMEMBER_SECONDS)


def _is_shared() -> bool:
    # Without Redis each process has a cache of its own, which nobody could tell of a revocation.
    return bool(settings.REDIS_URL)


def _name(prefix: str) -> str:
    return f"key:{prefix}"
