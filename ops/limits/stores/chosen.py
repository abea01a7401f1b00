"""Which store does this installation count in?"""

from __future__ import annotations

from django.conf import settings
from django_redis import get_redis_connection

from ops.limits.stores.redis import RedisStore
from ops.limits.stores.sqlite import SqliteStore
from ops.limits.stores.store import Store


def chosen_store() -> Store:
    if settings.REDIS_URL:
        return RedisStore(get_redis_connection("limits"))
    return SqliteStore(settings.DATA_DIR / "limits.sqlite3")
