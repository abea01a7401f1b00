"""What does a doctor look at, and what helps? Each examination answers one question."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connection
from django.utils import timezone

from ops.health.readiness import Level, PartState, readiness_now
from ops.models import WorkerHost

_OLDEST_POSTGRESQL = 14
_OLDEST_SQLITE = (3, 35)
_OLDEST_REDIS = (6, 2)
_CLOCK_TOLERANCE = timedelta(seconds=2)


@dataclass(frozen=True)
class Result:
    name: str
    level: Level
    found: str
    remedy: str = ""


def well(name: str, found: str) -> Result:
    return Result(name, Level.OK, found)


_REMEDIES = {
    "database": "Start it, or correct DATABASE_URL.",
    "redis": "Start it, or correct REDIS_URL. Until then limits count per machine.",
    "migrations": "Run: manage.py migrate",
    "disk": "Free some space, or point DATA_DIR at a larger disk.",
    "workers": "Run: manage.py worker",
}


def examine() -> Iterable[Result]:
    readiness = readiness_now()
    yield from (_of_part(part) for part in readiness.told())
    yield from settings_in_force()
    yield static_files()
    answering = {part.name for part in readiness.parts if part.level is Level.OK}
    if "database" in answering:
        yield database_version()
        yield clock()
    if {"database", "migrations"} <= answering:
        yield one_machine()
    if "redis" in answering:
        yield redis_version()
        yield redis_memory()


def settings_in_force() -> Iterable[Result]:
    """Every risk that the system checks see, worst first."""
    found = [message for message in checks.run_checks() if message.level >= checks.WARNING]
    for message in sorted(found, key=lambda message: -message.level):
        level = Level.DOWN if message.level >= checks.ERROR else Level.DEGRADED
        yield Result(str(message.id), level, message.msg, message.hint or "")
    if not found:
        yield well("settings", "no risky combination")


def static_files() -> Result:
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    try:
        count = len(json.loads(manifest.read_text())["paths"])
    except (OSError, ValueError, KeyError):
        return Result(
            "static files",
            Level.DEGRADED,
            "not collected: pages have no styles",
            "Run: manage.py collectstatic --noinput",
        )
    return well("static files", f"{count:,} collected")


def database_version() -> Result:
    if connection.vendor == "sqlite":
        return _of_version("SQLite", sqlite3.sqlite_version_info[:2], _OLDEST_SQLITE)
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        number = int(cursor.fetchone()[0])
    return _of_version("PostgreSQL", (number // 10_000,), (_OLDEST_POSTGRESQL,))


def clock() -> Result:
    """Leases are judged by the database's clock, limits by that of this machine."""
    if connection.vendor == "sqlite":
        return well("clock", "the database is on this machine")
    with connection.cursor() as cursor:
        before = timezone.now()
        cursor.execute("SELECT clock_timestamp()")
        theirs: datetime = cursor.fetchone()[0]
    apart = abs(theirs - before)
    found = f"{apart.total_seconds():.1f} s apart from the database's"
    if apart <= _CLOCK_TOLERANCE:
        return well("clock", found)
    return Result("clock", Level.DEGRADED, found, "Let both machines follow a time server (NTP).")


def one_machine() -> Result:
    hosts = set(WorkerHost.objects.alive().values_list("hostname", flat=True))
    if connection.vendor == "sqlite" and len(hosts) > 1:
        return Result(
            "machines",
            Level.DOWN,
            f"{len(hosts)} machines share one SQLite file",
            "SQLite is for one machine. Set DATABASE_URL to a PostgreSQL server.",
        )
    return well("machines", f"workers on {len(hosts)}")


def redis_version() -> Result:
    text = str(_redis("server")["redis_version"])
    version = tuple(int(number) for number in text.split(".")[:2])
    return _of_version("Redis", version, _OLDEST_REDIS)


def redis_memory() -> Result:
    memory = _redis("memory")
    policy = memory.get("maxmemory_policy", "unknown")
    if not memory.get("maxmemory"):
        return well("Redis memory", f"no limit, policy {policy}")
    if policy == "noeviction":
        return Result(
            "Redis memory",
            Level.DEGRADED,
            "policy noeviction: when memory is full, Redis refuses to write",
            "Set maxmemory-policy to volatile-lru: all we keep there can be computed again.",
        )
    return well("Redis memory", f"{memory['maxmemory_human']}, policy {policy}")


def _of_part(part: PartState) -> Result:
    remedy = "" if part.level is Level.OK else _REMEDIES.get(part.name, "")
    return Result(part.name, part.level, part.detail, remedy)


def _of_version(name: str, version: tuple[int, ...], oldest: tuple[int, ...]) -> Result:
    found, wanted = (".".join(map(str, numbers)) for numbers in (version, oldest))
    if version >= oldest:
        return well(f"{name} version", found)
    remedy = f"Upgrade to {name} {wanted} or later."
    return Result(f"{name} version", Level.DOWN, f"{found} is too old", remedy)


def _redis(section: str) -> dict[str, Any]:
    from django_redis import get_redis_connection

    info: Callable[[str], dict[str, Any]] = get_redis_connection("default").info
    return info(section)
