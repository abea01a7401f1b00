"""What happens to an address that does not stop? It is banned, each time twice as long."""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock

from ops import events
from ops.limits import watching
from ops.limits.policies import Asker, Policy
from ops.limits.stores import StoreUnavailableError
from ops.limits.this_process import limiter

FIRST_MS = 60_000
LONGEST_MS = 24 * 3_600_000
MEMORY_MS = 24 * 3_600_000
"""So long a ban is remembered, and makes the next one longer."""
_MOST_ADDRESSES = 10_000


def ban_key(address: str) -> str:
    return f"ban:{address}"


class Stubborn:
    """Counts in this process how often an address was refused within one window."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._refusals: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def goes_on(self, address: str, policy: Policy) -> bool:
        """Whether this refusal is one too many."""
        now = time.monotonic()
        with self._lock:
            ends_at, count = self._refusals.pop(address, (now + policy.window_seconds, 0))
            if ends_at <= now:
                ends_at, count = now + policy.window_seconds, 0
            if count + 1 >= policy.ban_after:
                return True
            self._refusals[address] = (ends_at, count + 1)
            if len(self._refusals) > _MOST_ADDRESSES:
                self._refusals.popitem(last=False)
            return False

    def forget(self, address: str = "") -> None:
        """One address, or all."""
        with self._lock:
            if address:
                self._refusals.pop(address, None)
            else:
                self._refusals.clear()


_stubborn = Stubborn()


def refused(asker: Asker, policy: Policy) -> None:
    """Called for each refusal of an address; bans it when it does not stop."""
    if policy.ban_after and _stubborn.goes_on(asker.address, policy):
        ban(asker, policy.name)


def ban(asker: Asker, policy: str, *, first_ms: int = FIRST_MS) -> int:
    key = ban_key(asker.address)
    try:
        length = limiter().gate.ask(lambda: _ban(key, first_ms))
    except StoreUnavailableError:
        length = limiter().insurance.ban(
            key, first_ms=first_ms, longest_ms=LONGEST_MS, memory_ms=MEMORY_MS
        )
    limiter().blocked.remember_ban(key, length)
    watching.banned(asker, policy, length)
    events.record("limits.banned", address=asker.address, policy=policy, seconds=length // 1000)
    return length


def forget(address: str = "") -> None:
    _stubborn.forget(address)


def _ban(key: str, first_ms: int) -> int:
    return limiter().store.ban(key, first_ms=first_ms, longest_ms=LONGEST_MS, memory_ms=MEMORY_MS)
