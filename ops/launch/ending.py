"""Was the end asked for? Ctrl-C, `kill` and a closed terminal, each heard once and never lost."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def listen() -> None:
    for number in _SIGNALS:
        signal.signal(number, _end)


@contextmanager
def unheard() -> Iterator[None]:
    """What is asked for meanwhile is heard afterwards.

    A process must not be born and nobody know of it; and of what is raised inside the callbacks
    of a fork, Python only says that it was.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def as_usual() -> None:
    """For a child that was born unheard: it neither waits with nor ignores what ends a process."""
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)


def _end(*_: object) -> None:
    """Only once: a second Ctrl-C must not interrupt the stopping of the processes."""
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
