"""Who was sent away at the door? Each has a line while they are few; a flood is told in sums.

A line costs more than the refusal itself: ten thousand a second would be a second flood.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from typing import NamedTuple

logger = logging.getLogger("contentcreate.access")

LINES_PER_TICK = 10


class Sent(NamedTuple):
    """Who was sent away, and why; told in sums, it is all that is told."""

    method: str
    status: int
    priority: str
    refused: str


class RefusalLog:
    def __init__(self, lines_per_tick: int = LINES_PER_TICK) -> None:
        self._lines_per_tick = lines_per_tick
        self._lines_left = lines_per_tick
        self._untold: Counter[Sent] = Counter()
        self._lock = threading.Lock()

    def note(self, sent: Sent, *, name: str) -> None:
        with self._lock:
            if self._lines_left <= 0:
                self._untold[sent] += 1
                return
            self._lines_left -= 1
        logger.info("request", extra=sent._asdict() | {"request_id": name})

    def tick(self) -> None:
        """Tells what had no line since the tick before."""
        with self._lock:
            untold, self._untold = self._untold, Counter()
            self._lines_left = self._lines_per_tick
        for sent, times in untold.items():
            logger.info("requests refused", extra=sent._asdict() | {"times": times})
