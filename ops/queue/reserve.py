"""Who helps while staff want as many workers as there may be? A second cluster, for that time."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
from collections.abc import Callable

from ops.overload import stance

logger = logging.getLogger(__name__)


class Reserve:
    """Asked a few times a second; a snapshot answers, so that the database is left alone."""

    def __init__(self, start: Callable[[], int], *, workers: int) -> None:
        self._start = start
        self._workers = workers
        self._pid: int | None = None
        self._is_leaving = False

    @property
    def is_here(self) -> bool:
        return self._pid is not None

    def tend(self, *, may_stay: bool = True) -> None:
        self._bury()
        wanted = may_stay and self._workers > 0 and stance.wants_all_workers()
        if wanted and self._pid is None:
            self._pid, self._is_leaving = self._start(), False
            logger.warning("reserve workers called", extra={"workers": self._workers})
        elif not wanted and self._pid is not None and not self._is_leaving:
            # They finish what they have begun.
            self._is_leaving = True
            os.kill(self._pid, signal.SIGTERM)

    def end(self) -> None:
        """At once, whatever they do: their jobs are offered again."""
        if self._pid is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._pid, 0)
        self._pid = None

    def _bury(self) -> None:
        if self._pid is None:
            return
        try:
            ended, _ = os.waitpid(self._pid, os.WNOHANG)
        except ChildProcessError:
            ended = self._pid
        if ended:
            self.end()
