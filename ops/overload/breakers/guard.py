"""How is one dependency called? Behind its breaker, within its bulkhead, and timed."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from ops import events, metrics
from ops.overload.breaker import Refusal, Rules, State
from ops.overload.breakers import switches
from ops.overload.breakers.bulkhead import Bulkhead, FullError
from ops.overload.breakers.stores import Leave, Outcome, Store
from ops.overload.breakers.switches import Position

T = TypeVar("T")


class Unavailable(Exception):  # noqa: N818 - it says how things are, not that we erred
    """The dependency is not asked now."""

    def __init__(self, name: str, reason: str, retry_after_seconds: float) -> None:
        super().__init__(f"{name} is not asked now: {reason}")
        self.name = name
        self.reason = reason
        self.retry_after_seconds = retry_after_seconds


class Dependency:
    def __init__(self, name: str, rules: Rules, store: Store, *, places: int) -> None:
        self.name = name
        self._counted_as = name.partition(":")[0]  # one line for all members of a family
        self.rules = rules
        self.store = store
        self._bulkhead = Bulkhead(places)

    def call(self, function: Callable[[], T]) -> T:
        """For calls that end by their own timeouts. Whatever they raise is a failure."""
        self._take_place()
        try:
            return self._timed(self._leave(), function)
        finally:
            self._bulkhead.leave()

    def _take_place(self) -> None:
        # Before the breaker is asked: a probe that finds no place would prove nothing.
        try:
            self._bulkhead.enter()
        except FullError:
            metrics.count("breaker_calls", breaker=self._counted_as, outcome="refused")
            raise Unavailable(self.name, "all places are taken", 1.0) from None

    def _leave(self) -> Leave | None:
        """None while staff have switched the breaker off."""
        position = switches.position_of(self.name)
        if position is Position.CLOSED:
            return None
        found = Refusal(60.0) if position is Position.OPEN else self.store.allow()
        if isinstance(found, Refusal):
            metrics.count("breaker_calls", breaker=self._counted_as, outcome="refused")
            raise Unavailable(self.name, "its breaker is open", found.retry_after_seconds)
        return found

    def _timed(self, leave: Leave | None, function: Callable[[], T]) -> T:
        began = time.perf_counter()
        failed = True
        try:
            answer = function()
            failed = False
            return answer
        finally:
            if leave is not None:
                self._report(leave, failed=failed, seconds=time.perf_counter() - began)

    def _report(self, leave: Leave, *, failed: bool, seconds: float) -> None:
        slow = seconds >= self.rules.slow_seconds
        became = leave.store.report(leave, Outcome(failed, slow, seconds))
        outcome = "failed" if failed else "probe" if leave.probe else "ok"
        metrics.count("breaker_calls", breaker=self._counted_as, outcome=outcome)
        if became is not None:
            self._tell(became)

    def _tell(self, state: State) -> None:
        if self._counted_as == self.name:
            metrics.gauge("breaker_open", int(state is State.OPEN), breaker=self.name)
        events.record(f"breaker.{state}", breaker=self.name)
