"""How is a running job interrupted from inside its worker?"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

INTERRUPT = signal.SIGUSR1


class SoftTimeout(BaseException):
    """The job took longer than its kind may."""


class Interrupted(BaseException):
    """The job is to end now: it was canceled, or its worker has to go."""


@contextmanager
def interruptible(soft_timeout_seconds: float) -> Iterator[None]:
    """Inside, the alarm raises SoftTimeout and the sentinel's signal raises Interrupted."""
    signal.signal(signal.SIGALRM, _time_is_over)
    signal.signal(INTERRUPT, _interrupt)
    signal.setitimer(signal.ITIMER_REAL, soft_timeout_seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(INTERRUPT, signal.SIG_IGN)


def _time_is_over(_signal: int, _frame: FrameType | None) -> None:
    raise SoftTimeout


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise Interrupted
