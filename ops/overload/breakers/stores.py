"""Where does a breaker stand? In Redis for all processes, else in this one."""

from __future__ import annotations

import os
import random
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from redis import Redis
from redis.exceptions import RedisError

from ops.overload.breaker import Breaker, Permit, Refusal, Rules, State

_SCRIPT = (Path(__file__).parent / "breaker.lua").read_text()
_BLIND_SECONDS = 1.0
_TIMEOUT_SECONDS = 0.05


@dataclass(frozen=True)
class Leave:
    """Leave to call, and who gave it."""

    store: Store
    period: int
    probe: str = ""


@dataclass(frozen=True)
class Outcome:
    failed: bool
    slow: bool
    seconds: float


class Store(Protocol):
    def allow(self) -> Leave | Refusal: ...

    def report(self, leave: Leave, outcome: Outcome) -> State | None:
        """The state that this report led to; None when it changed nothing."""

    def state(self) -> State: ...


class OwnStore:
    """This process alone."""

    def __init__(self, rules: Rules) -> None:
        self.breaker = Breaker(rules, dice=random.random)
        self._lock = threading.Lock()

    def allow(self) -> Leave | Refusal:
        with self._lock:
            found = self.breaker.allow(now=time.monotonic())
        if isinstance(found, Refusal):
            return found
        return Leave(self, found.period, probe="own" if found.is_probe else "")

    def report(self, leave: Leave, outcome: Outcome) -> State | None:
        permit = Permit(leave.period, is_probe=bool(leave.probe))
        with self._lock:
            before = self.breaker.state
            self.breaker.report(
                permit, failed=outcome.failed, seconds=outcome.seconds, now=time.monotonic()
            )
            after = self.breaker.state
        return after if after is not before else None

    def state(self) -> State:
        return self.breaker.state


class SharedStore:
    """All processes, by one script call; this process' own for a while when Redis is away."""

    def __init__(self, name: str, rules: Rules, client: Redis) -> None:
        self._key = f"{{breaker:{name}}}"
        self._rules = rules
        self._client = client
        self._script = client.register_script(_SCRIPT)
        self._own = OwnStore(rules)
        self._blind_until = 0.0

    @property
    def is_blind(self) -> bool:
        return time.monotonic() < self._blind_until

    def allow(self) -> Leave | Refusal:
        probe = f"{os.getpid()}:{threading.get_ident()}:{random.random()}"
        answer = self._ask("allow", probe)
        if answer is None:
            return self._own.allow()
        verdict, period, wait_ms, *_ = answer
        if not verdict:
            return Refusal(wait_ms / 1000)
        return Leave(self, period, probe=probe if verdict == 2 else "")

    def report(self, leave: Leave, outcome: Outcome) -> State | None:
        answer = self._ask(
            "report", leave.period, leave.probe, int(outcome.failed), int(outcome.slow)
        )
        if answer is None:
            # What all should have heard, at least this process knows.
            own = self._own.allow()
            return self._own.report(own, outcome) if isinstance(own, Leave) else None
        state, changed = answer[3], answer[4]
        return State(state.decode() if isinstance(state, bytes) else state) if changed else None

    def state(self) -> State:
        try:
            found: Any = self._client.hget(self._key, "state")
        except RedisError:
            return self._own.state()
        return State(found.decode()) if found else State.CLOSED

    def _ask(self, what: str, *words: Any) -> list[Any] | None:
        if self.is_blind:
            return None
        try:
            answer: list[Any] = self._script(keys=[self._key], args=[what, *self._told(), *words])
        except RedisError:
            self._blind_until = time.monotonic() + _BLIND_SECONDS
            return None
        return answer

    def _told(self) -> tuple[float, ...]:
        rules = self._rules
        return (
            rules.failure_share,
            rules.slow_share,
            rules.minimum_calls,
            round(rules.window_seconds * 1000),
            rules.probes,
            round(rules.probe_patience_seconds * 1000),
            round(rules.open_seconds * 1000),
            rules.open_growth,
            round(rules.open_seconds_at_most * 1000),
            rules.jitter * random.random(),
        )


def connect(url: str) -> Redis:
    """Its own, impatient connection: a breaker must never be what hangs."""
    return Redis.from_url(
        url,
        socket_timeout=_TIMEOUT_SECONDS,
        socket_connect_timeout=_TIMEOUT_SECONDS,
        retry=None,
        client_name="breakers",
    )
