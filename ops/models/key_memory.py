"""Which keys were looked up a moment ago? Shared by all processes, or not kept at all."""

from collections.abc import Iterable

from django.conf import settings
from django.core.cache import caches

REMEMBER_SECONDS = 30
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
    """From now on every process asks the database again."""
    if _is_shared():
        notices = {_name(prefix): _WITHDRAWN for prefix in prefixes}
        caches["default"].set_many(notices, REMEMBER_SECONDS)


def _is_shared() -> bool:
    # Without Redis each process has a cache of its own, which nobody could tell of a revocation.
    return bool(settings.REDIS_URL)


def _name(prefix: str) -> str:
    return f"key:{prefix}"
