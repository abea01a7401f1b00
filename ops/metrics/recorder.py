"""Who counts in this process? One recorder, and a new one after a fork."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Mapping

from django.conf import settings

from ops.metrics import flushing
from ops.metrics.metric import Kind, UndeclaredError
from ops.metrics.register import BY_NAME
from ops.metrics.tally import Tally

logger = logging.getLogger("contentcreate.metrics")


class Recorder:
    """Belongs to one process: a fork gets a new one, so that nothing is told twice."""

    def __init__(self) -> None:
        self.tally = Tally(BY_NAME)
        self.strict: bool = settings.OPS_METRICS_STRICT
        self._told: set[str] = set()

    def record(self, kind: Kind, name: str, value: float, labels: Mapping[str, str]) -> None:
        try:
            self.tally.add(kind, name, value, labels, int(time.time() // 60))
        except UndeclaredError as error:
            if self.strict:
                raise
            self._tell_once(str(error))
            self.lose(1, "undeclared")
        except Exception as error:  # noqa: BLE001 - telemetry never breaks the product
            self._tell_once(repr(error))

    def lose(self, amount: int, reason: str) -> None:
        minute = int(time.time() // 60)
        self.tally.add(Kind.COUNTER, "metrics_dropped", amount, {"reason": reason}, minute)

    def _tell_once(self, problem: str) -> None:
        if problem not in self._told and len(self._told) < 100:
            self._told.add(problem)
            logger.warning("cannot count", extra={"problem": problem})


_recorder: Recorder | None = None
_making = threading.Lock()


def current() -> Recorder:
    return _recorder or _make()


def _make() -> Recorder:
    global _recorder  # noqa: PLW0603 - one for each process, as the docstring says
    with _making:
        if _recorder is None:
            _recorder = Recorder()
            if settings.OPS_METRICS_FLUSH_SECONDS:
                flushing.start(_recorder.tally, settings.OPS_METRICS_FLUSH_SECONDS)
        return _recorder


def _forget() -> None:
    """What the parent counted is the parent's to tell, and its lock may be held for ever."""
    global _recorder, _making
    _recorder, _making = None, threading.Lock()


os.register_at_fork(after_in_child=_forget)
