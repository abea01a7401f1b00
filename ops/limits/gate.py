"""Is the shared store worth asking? After the first failure only a probe asks, never a request.

A frozen server answers nobody, and each request that asks it waits for its own timeout. So few may
ask at the same time, those behind them leave as soon as nobody returns, and after one failure all
decide without the store until a thread of its own has seen it answer again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from ops.limits.stores import StoreSilentError, StoreUnavailableError

logger = logging.getLogger("contentcreate.limits")

PLACES = 3
PROBE_SECONDS = 0.5

T = TypeVar("T")


class Gate:
    def __init__(
        self, probe: Callable[[], object], *, places: int = PLACES, patience_seconds: float = 0.05
    ) -> None:
        self._probe = probe
        self._places = places
        # Those in front learn of a frozen store by their timeout; those behind them sooner.
        self._silence_seconds = 0.4 * patience_seconds
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._inside = self._waiting = 0
        self._answered_at = 0.0
        self.is_shut = False

    def ask(self, question: Callable[[], T], *, may_repeat: bool = True) -> T:
        """Repeated, a question may count twice, which grants nobody anything."""
        self._enter()
        try:
            try:
                answer = question()
            except StoreSilentError:
                if not may_repeat or self._is_silent_to_all():
                    raise
                answer = question()
            self._answered_at = time.monotonic()
            return answer
        except StoreUnavailableError as error:
            self._shut(error)
            raise
        finally:
            self._leave()

    def _is_silent_to_all(self) -> bool:
        """On a busy machine one waits too long while others are answered; of a frozen store all
        have heard nothing for as long as they waited."""
        return time.monotonic() - self._answered_at > self._silence_seconds

    def _enter(self) -> None:
        if self.is_shut:
            raise StoreUnavailableError("shut")
        with self._lock:
            if self._inside >= self._places:
                self._wait_for_a_place()
            self._inside += 1

    def _wait_for_a_place(self) -> None:
        since = time.monotonic()
        self._waiting += 1
        try:
            while self._inside >= self._places and not self.is_shut:
                self._changed.wait(self._silence_seconds)
                # A busy machine is slow, but somebody returns all the time; from a frozen store
                # nobody.
                if time.monotonic() - max(since, self._answered_at) > self._silence_seconds:
                    raise StoreUnavailableError("silent")
        finally:
            self._waiting -= 1
        if self.is_shut:
            raise StoreUnavailableError("shut")

    def _leave(self) -> None:
        with self._lock:
            self._inside -= 1
            if self._waiting:
                self._changed.notify()

    def _shut(self, error: StoreUnavailableError) -> None:
        with self._changed:
            if self.is_shut:
                return
            self.is_shut = True
            self._changed.notify_all()
        logger.warning("limits decided locally", extra={"error": str(error)})
        threading.Thread(target=self._reopen_when_it_answers, daemon=True, name="limits").start()

    def _reopen_when_it_answers(self) -> None:
        while self.is_shut:
            time.sleep(PROBE_SECONDS)
            try:
                self._probe()
            except StoreUnavailableError:
                continue
            self.is_shut = False
        logger.warning("limits shared again")
