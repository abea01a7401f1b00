"""On which pair of database and cache does this test process run?"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

POSTGRESQL = "CONTENTCREATE_TESTS_POSTGRESQL"
REDIS = "CONTENTCREATE_TESTS_REDIS"
SHARED_FOLDER = "CONTENTCREATE_TESTS_FOLDER"
"""Where the processes of one test run find what is made once for all."""


@dataclass(frozen=True)
class Pair:
    """Empty URLs mean the embedded pair: SQLite in the data folder, and no Redis."""

    name: str
    database_url: str = ""
    redis_url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}


EMBEDDED = Pair("embedded")


def production_pair(database: str, *, redis_number: int | None = None) -> Pair:
    """The private servers' database of this name, and a Redis database nobody else uses."""
    number = new_redis_number() if redis_number is None else redis_number
    return Pair(
        "production",
        f"{os.environ[POSTGRESQL]}/{database}",
        f"{os.environ[REDIS]}/{number}",
    )


def new_redis_number() -> int:
    """Database 0 only counts which of the others are taken."""
    import redis

    with redis.Redis.from_url(os.environ[REDIS]) as client:
        return int(client.incr("databases-taken"))


def shared_folder() -> Path:
    return Path(os.environ[SHARED_FOLDER])


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def lay(pair: Pair, folder: tempfile.TemporaryDirectory[str]) -> None:
    """Before Django reads its settings: this process runs on this pair, in this folder."""
    data = Path(folder.name)
    (data / "static").mkdir()
    os.environ.update(pair.environment)
    os.environ.update(
        DATA_DIR=str(data),
        DJANGO_SETTINGS_MODULE="contentcreate.settings",
        SECRET_KEY="only-for-tests-" * 4,
        # All tests come from one address; those about limits set their own.
        RATE_LIMIT_FACTOR="1000",
        REDIS_PATIENCE_SECONDS="5",
        METRICS_STRICT="true",
        METRICS_FLUSH_SECONDS="0",
        # A browser test leaves an event loop running in the thread that runs the tests.
        DJANGO_ALLOW_ASYNC_UNSAFE="true",
    )
    for name in ("HTTPS", "DEBUG", "PROCESS_ROLE", "ALLOWED_HOSTS"):
        os.environ.pop(name, None)


def adapt_settings() -> None:
    """Static files are served as they lie, and SQLite is a real file, as in an installation."""
    from django.conf import settings

    # A million rounds for each person that a test makes protect nobody.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

    # Viewers of the console share a look at the database; tests must not.
    settings.OPS_CONSOLE_FRESH_SECONDS = 0.0

    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    if not settings.DATABASE_URL:
        name = str(Path(settings.DATA_DIR) / "tests.sqlite3")
        # Django may have filled in the rest already, where the tests run in parallel.
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = name
