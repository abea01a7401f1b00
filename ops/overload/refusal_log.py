"""Who was sent away at the door? Each has a line while they are few; a flood is told in sums.

A line costs more than the refusal itself: ten thousand a second would be a second flood.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Mapping
from typing import Any

from ops.overload.arrivals import Arrival

logger = logging.getLogger("contentcreate.access")

LINES_PER_TICK = 10


class RefusalLog:
    def __init__(self, lines_per_tick: int = LINES_PER_TICK) -> None:
        self._lines_per_tick = lines_per_tick
        self._lines_left = lines_per_tick
        self._untold: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()

    def note(self, environ: Mapping[str, Any], arrival: Arrival, *, reason: str, name: str) -> None:
        with self._lock:
            if self._lines_left <= 0:
                self._untold[arrival.importance.word, reason] += 1
                return
            self._lines_left -= 1
        facts = {
            "method": environ["REQUEST_METHOD"],
            "status": 503,
            "priority": arrival.importance.word,
            "refused": reason,
            "request_id": name,
        }
        logger.info("request", extra=facts)

    def tick(self) -> None:
        """Tells what had no line since the tick before."""
        with self._lock:
            untold, self._untold = self._untold, Counter()
            self._lines_left = self._lines_per_tick
        for (priority, reason), times in untold.items():
            facts = {"status": 503, "priority": priority, "refused": reason, "times": times}
            logger.info("requests refused", extra=facts)
