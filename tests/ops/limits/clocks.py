"""Stores whose clock stands still until a test moves it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from redis import Redis

from ops.limits.stores.memory import MemoryStore
from ops.limits.stores.redis import RedisStore
from ops.limits.stores.sqlite import SqliteStore
from tests import bed

START_MS = 1_800_000_000_000
_CLOCK = "the-clock"


class Clock:
    def __init__(self) -> None:
        self.now_ms = START_MS

    def __call__(self) -> int:
        return self.now_ms

    def pass_ms(self, milliseconds: int) -> None:
        self.now_ms += milliseconds


class RedisClock(Clock):
    """The scripts under test ask a hash for the time instead of the server."""

    def __init__(self, client: Redis) -> None:
        super().__init__()
        self._client = client
        self.pass_ms(0)

    def pass_ms(self, milliseconds: int) -> None:
        super().pass_ms(milliseconds)
        seconds, rest = divmod(self.now_ms, 1000)
        self._client.hset(_CLOCK, mapping={"s": seconds, "us": rest * 1000})


def memory(_: Path) -> tuple[MemoryStore, Clock]:
    clock = Clock()
    return MemoryStore(clock), clock


def sqlite(folder: Path) -> tuple[SqliteStore, Clock]:
    clock = Clock()
    return SqliteStore(folder / "limits.sqlite3", clock), clock


def redis(_: Path) -> tuple[RedisStore, Clock]:
    client = new_redis()
    store = RedisStore(client)
    for name in ("_spend", "_lease", "_ban"):
        script = getattr(store, name)
        text, times = re.subn(
            r"redis\.call\('TIME'\)", f"redis.call('HMGET', '{_CLOCK}', 's', 'us')", script.script
        )
        assert times == 1
        setattr(store, name, client.register_script(text))
    return store, RedisClock(client)


def new_redis() -> Redis:
    return Redis.from_url(f"{os.environ[bed.REDIS]}/{bed.new_redis_number()}")
