"""Counting in Redis (6.2 and later, and Valkey): one script call decides for all machines."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from redis import Redis
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeoutError

from ops.limits.algorithms.rolling import bucket_ms
from ops.limits.algorithms.spending import Answer, Charge, Charges, Reading
from ops.limits.stores.line import Line, command_of, evalsha
from ops.limits.stores.store import StoreSilentError, StoreUnavailableError

# One hash tag: all keys of a request lie in one slot of a cluster, as one script needs.
PREFIX = "{l}"
_HERE = Path(__file__).parent
_NUMBERS = [struct.Struct(f"<{count}q") for count in range(80)]


class RedisStore:
    name = "redis"

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._line = Line(client)
        self._spend = _script(client, "spend")
        self._give_back = _script(client, "give_back")
        self._lease = _script(client, "lease")
        self._ban = _script(client, "ban")

    def spend(self, charges: Sequence[Charge], *, commit: bool = True, ban_key: str = "") -> Answer:
        return _answer(self._at_once(self._spending(charges, commit, ban_key), self._spend))

    def _spending(self, charges: Sequence[Charge], commit: bool, ban_key: str) -> bytes:
        """The same client asks for the same again and again: its command is made once."""
        wish = (self._spend.sha, commit, ban_key)
        kept = charges.prepared if isinstance(charges, Charges) else None
        if kept is not None and kept[0] == wish:
            return kept[1]
        keys = [PREFIX + charge.key for charge in charges]
        plan = [int(commit), int(bool(ban_key))]
        for charge in charges:
            plan += (charge.quota, bucket_ms(charge.window_ms), charge.price, charge.is_enforced)
        if ban_key:
            keys.append(PREFIX + ban_key)
        command = evalsha(self._spend.sha, keys, _NUMBERS[len(plan)].pack(*plan))
        if isinstance(charges, Charges):
            charges.prepared = (wish, command)
        return command

    def give_back(self, charges: Sequence[Charge], *, spent_at_ms: int) -> None:
        keys = [PREFIX + charge.key for charge in charges]
        self._call(self._give_back, keys, [spent_at_ms, *(charge.price for charge in charges)])

    def lease(self, key: str, holder: str, *, places: int, lasts_ms: int) -> tuple[bool, int]:
        wish = (holder.encode(), b"%d" % places, b"%d" % lasts_ms)
        command = evalsha(self._lease.sha, [PREFIX + key], *wish)
        granted, taken = self._at_once(command, self._lease)
        return bool(granted), taken

    def release(self, key: str, holder: str) -> None:
        self._at_once(command_of(b"ZREM", (PREFIX + key).encode(), holder.encode()))

    def leases(self, key: str) -> int:
        seconds, micros = self._ask("TIME")
        now_ms = int(seconds) * 1000 + int(micros) // 1000
        return int(self._ask("ZCOUNT", PREFIX + key, now_ms, "+inf"))

    def ban(self, key: str, *, first_ms: int, longest_ms: int, memory_ms: int) -> int:
        keys = [PREFIX + key, PREFIX + key + "*"]
        return int(self._call(self._ban, keys, [first_ms, longest_ms, memory_ms]))

    def forget(self, keys: Sequence[str]) -> None:
        if keys:
            self._ask("UNLINK", *(PREFIX + key for key in keys), *(f"{PREFIX}{k}*" for k in keys))

    def clear(self) -> None:
        try:
            for key in self._client.scan_iter(match=PREFIX + "*", count=1000):
                self._client.unlink(key)
        except RedisError as error:
            raise _unavailable(error) from error

    def ping(self) -> None:
        self._ask("PING")

    def _at_once(self, command: bytes, script: Any = None) -> Any:
        """What every request asks."""
        try:
            return self._line.ask(command, script)
        except RedisError as error:
            raise _unavailable(error) from error

    def _call(self, script: Any, keys: list[str], args: list[Any]) -> Any:
        try:
            # redis-py loads the script again by itself when a restart has forgotten it.
            return script(keys=keys, args=[int(a) if isinstance(a, bool) else a for a in args])
        except RedisError as error:
            raise _unavailable(error) from error

    def _ask(self, *command: Any) -> Any:
        try:
            return self._client.execute_command(*command)  # type: ignore[no-untyped-call]
        except RedisError as error:
            raise _unavailable(error) from error


def _unavailable(error: RedisError) -> StoreUnavailableError:
    kind = StoreSilentError if isinstance(error, RedisTimeoutError) else StoreUnavailableError
    return kind(type(error).__name__)


def _script(client: Redis, name: str) -> Any:
    return client.register_script((_HERE / f"{name}.lua").read_text())


def _answer(raw: bytes) -> Answer:
    allowed, now_ms, banned_ms, *figures = _NUMBERS[len(raw) // 8].unpack(raw)
    readings = [
        Reading(used, fits == 1, wait_ms)
        for used, fits, wait_ms in zip(figures[::3], figures[1::3], figures[2::3], strict=True)
    ]
    return Answer(allowed == 1, now_ms, tuple(readings), banned_ms)
