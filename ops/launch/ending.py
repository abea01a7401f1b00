"""Was the end asked for? Ctrl-C, `kill` and a closed terminal, each heard once and never lost."""

import signal

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_is_asked_for = False


def listen() -> None:
    for number in _SIGNALS:
        signal.signal(number, _end)


def check() -> None:
    """Raises what the signal raised, for Python drops an exception inside a fork's callbacks."""
    if _is_asked_for:
        raise KeyboardInterrupt


def _end(*_: object) -> None:
    """Only once: a second Ctrl-C must not interrupt the stopping of the processes."""
    global _is_asked_for  # noqa: PLW0603  signals belong to the process
    _is_asked_for = True
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
