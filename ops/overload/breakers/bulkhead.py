"""How many calls of one dependency may this process make at once?"""

from __future__ import annotations

import threading


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
