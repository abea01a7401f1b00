"""Who was refused a moment ago? Asking the store again would give the same answer."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace

from ops.limits.algorithms.spending import Charge
from ops.limits.decisions import Decision, Source

MOST_KEYS = 10_000


class BlockedKeys:
    """Holds refusals until the moment they told the client to come back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._refusals: OrderedDict[str, tuple[float, Charge, Decision]] = OrderedDict()

    def remember(self, decision: Decision) -> None:
        longest = max(decision.refusing, key=lambda standing: standing.wait_ms)
        charge = decision.charges[decision.standings.index(longest)]
        until = time.monotonic() + longest.wait_ms / 1000
        with self._lock:
            self._refusals[charge.key] = (until, charge, decision)
            if len(self._refusals) > MOST_KEYS:
                self._refusals.popitem(last=False)

    def refusal(self, charges: Sequence[Charge]) -> Decision | None:
        if not self._refusals:
            return None
        for charge in charges:
            if found := self._refusals.get(charge.key):
                until, refused, decision = found
                left_ms = int((until - time.monotonic()) * 1000)
                if left_ms <= 0:
                    self._refusals.pop(charge.key, None)
                elif _says_the_same_of(charge, refused):
                    return _aged(decision, left_ms)
        return None

    def clear(self) -> None:
        self._refusals.clear()


def _says_the_same_of(charge: Charge, refused: Charge) -> bool:
    return (
        charge.is_enforced
        and charge.price >= refused.price
        and charge.quota <= refused.quota
        and charge.window_ms == refused.window_ms
    )


def _aged(decision: Decision, left_ms: int) -> Decision:
    passed_ms = decision.wait_ms - left_ms
    standings = tuple(
        [s._replace(wait_ms=max(1, s.wait_ms - passed_ms)) for s in decision.standings]
    )
    return replace(decision, standings=standings, source=Source.MEMORY)
