"""How many calls of one dependency may this process make at once?"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


class FullError(Exception):
    """All places are taken."""


class Bulkhead:
    """A bounded number of places. Nobody stands in line: who finds none is told so at once."""

    def __init__(self, places: int) -> None:
        self._places = threading.BoundedSemaphore(places)

    def enter(self) -> None:
        if not self._places.acquire(blocking=False):
            raise FullError

    def leave(self) -> None:
        self._places.release()

    def run(self, call: Callable[[], T], *, name: str) -> Future[T]:
        """Runs it in a thread of its own, which keeps the caller's place until it really ends: a
        dependency that hangs fills its bulkhead, and only that."""
        future: Future[T] = Future()
        threading.Thread(target=self._run, args=(call, future), daemon=True, name=name).start()
        return future

    def _run(self, call: Callable[[], T], future: Future[T]) -> None:
        try:
            future.set_result(call())
        except BaseException as error:  # noqa: BLE001 - it belongs to whoever waits for it
            future.set_exception(error)
        finally:
            self.leave()
