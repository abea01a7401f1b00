"""Which parts does the service stand on, and is each of them well?"""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from ops.models import WorkerHost

IN_THE_DATABASE = {"migrations", "workers"}


@dataclass(frozen=True)
class Finding:
    well: bool
    detail: str


@dataclass(frozen=True)
class Part:
    """Without a vital part there is no service; without another one it is poorer."""

    name: str
    probe: Callable[[], Finding]
    vital: bool = False


def database() -> Finding:
    with _own_connection() as own, own.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return Finding(True, f"{connection.vendor} answers")


def migrations() -> Finding:
    # What was applied stays applied: a process too busy to ask again is not to be called unready.
    if not _are_applied.is_set():
        with _own_connection() as own:
            missing = _latest_migrations() - set(MigrationRecorder(own).applied_migrations())
        if missing:
            return Finding(False, f"not applied: {', '.join(sorted(app for app, _ in missing))}")
        _are_applied.set()
    return Finding(True, "all applied")


_are_applied = threading.Event()


def redis() -> Finding:
    from django_redis import get_redis_connection

    get_redis_connection("default").ping()
    return Finding(True, "answers")


def disk() -> Finding:
    # Before the first start there is no folder yet, but a disk it will be on.
    folders = (settings.DATA_DIR, *settings.DATA_DIR.parents)
    free = shutil.disk_usage(next(folder for folder in folders if folder.exists())).free
    return Finding(free >= settings.OPS_DISK_LOW_BYTES, f"{free // 2**20} MiB free")


def workers() -> Finding:
    alive = WorkerHost.objects.alive().count()
    return Finding(alive > 0, f"{alive} worker host{'' if alive == 1 else 's'} alive")


def parts() -> list[Part]:
    found = [
        Part("database", database, vital=True),
        Part("migrations", migrations, vital=True),
        Part("disk", disk),
        Part("workers", workers),
    ]
    if settings.REDIS_URL:
        found.insert(1, Part("redis", redis))
    return found


@contextmanager
def _own_connection() -> Iterator[BaseDatabaseWrapper]:
    """Beside the pool: when all its connections are busy, the database is not down."""
    own = connection.copy()
    own.settings_dict["OPTIONS"].pop("pool", None)
    try:
        yield own
    finally:
        own.close()


@cache
def _latest_migrations() -> frozenset[tuple[str, str]]:
    """What the code expects; reading every migration from disk once per process is enough."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes())
