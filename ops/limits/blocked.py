"""Who was refused a moment ago? Asking the store again would give the same answer."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple

from ops.limits.algorithms.spending import Charge
from ops.limits.decisions import Decision, Source, Standing

MOST_KEYS = 10_000


class Refusal(NamedTuple):
    until: float
    wait_ms: int
    charge: Charge
    decision: Decision


class BlockedKeys:
    """Holds refusals until the moment they told the client to come back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._refusals: OrderedDict[str, Refusal] = OrderedDict()
        self._banned_until: OrderedDict[str, float] = OrderedDict()

    def remember(self, decision: Decision) -> None:
        longest = max(decision.refusing, key=lambda standing: standing.wait_ms)
        charge = decision.charges[decision.standings.index(longest)]
        until = time.monotonic() + longest.wait_ms / 1000
        with self._lock:
            self._refusals[charge.key] = Refusal(until, longest.wait_ms, charge, decision)
            if len(self._refusals) > MOST_KEYS:
                self._refusals.popitem(last=False)

    def remember_ban(self, ban_key: str, banned_ms: int) -> None:
        with self._lock:
            self._banned_until[ban_key] = time.monotonic() + banned_ms / 1000
            if len(self._banned_until) > MOST_KEYS:
                self._banned_until.popitem(last=False)

    def refusal(self, charges: Sequence[Charge], ban_key: str = "") -> Decision | None:
        if ban_key and (banned_ms := self._banned_ms(ban_key)):
            return Decision(False, Source.MEMORY, banned_ms=banned_ms)
        if not self._refusals:
            return None
        for charge in charges:
            if found := self._refusals.get(charge.key):
                left_ms = int((found.until - time.monotonic()) * 1000)
                if left_ms <= 0:
                    self._refusals.pop(charge.key, None)
                elif _says_the_same_of(charge, found.charge):
                    return _of(charges, found, found.wait_ms - left_ms)
        return None

    def clear(self) -> None:
        self._refusals.clear()
        self._banned_until.clear()

    def _banned_ms(self, ban_key: str) -> int:
        until = self._banned_until.get(ban_key)
        if until is None:
            return 0
        left_ms = int((until - time.monotonic()) * 1000)
        if left_ms <= 0:
            self._banned_until.pop(ban_key, None)
        return max(0, left_ms)


def _says_the_same_of(charge: Charge, refused: Charge) -> bool:
    return (
        charge.is_enforced
        and charge.price >= refused.price
        and charge.quota <= refused.quota
        and charge.window_ms == refused.window_ms
    )


def _of(charges: Sequence[Charge], found: Refusal, passed_ms: int) -> Decision:
    """Of a limit that many share, the counts that others have beside it are none of theirs."""
    decision, standings, kept = found.decision, [], []
    own_keys = [charge.key for charge in charges]
    for charge, standing in zip(decision.charges, decision.standings, strict=True):
        if charge.key in own_keys:
            wait_ms = max(1, standing.wait_ms - passed_ms)
            standings.append(Standing(standing.policy, standing.used, standing.fits, wait_ms))
            kept.append(charge)
    spent_at_ms = decision.spent_at_ms
    return Decision(False, Source.MEMORY, tuple(standings), 0, spent_at_ms, tuple(kept))
