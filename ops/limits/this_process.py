"""Through which limiter does this process ask?"""

from __future__ import annotations

import os
import threading

from django.conf import settings

from ops.limits.limiter import Limiter
from ops.limits.stores.chosen import chosen_store

_MANY = 1000  # threads that may ask a file at the same time: it has a queue of its own
_limiter: Limiter | None = None
_making = threading.Lock()


def limiter() -> Limiter:
    return _limiter or _make()


def _make() -> Limiter:
    global _limiter  # noqa: PLW0603 - one a process
    with _making:
        if _limiter is None:
            _limiter = Limiter(
                chosen_store(),
                processes=settings.WEB_PROCESSES,
                places=3 if settings.REDIS_URL else _MANY,
                patience_seconds=settings.REDIS_PATIENCE_SECONDS,
            )
    return _limiter


def _begin_anew() -> None:
    """Neither locks nor connections of a parent are any good to its children."""
    global _limiter, _making
    _limiter, _making = None, threading.Lock()


os.register_at_fork(after_in_child=_begin_anew)
