"""Who used how much? Noted in memory by requests, stored every few seconds by a thread.

A request that is answered from the cache must not pay for a write, and many requests of one client
must not queue for its row. A process that is killed forgets its last seconds.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass
from datetime import date
from multiprocessing import util as multiprocessing_util
from operator import add
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, IntegrityError, connections, transaction
from django.db.models import F
from django.utils import timezone

from analysis.engine import AnalysisRequest
from analysis.engine.profiles import profile_named
from analysis.engine.run import chosen_analyzers
from analysis.models import UsageDay

logger = logging.getLogger("contentcreate.usage")

_MOST_ROWS = 10_000


@dataclass(frozen=True)
class Use:
    calls: int = 1
    analyses: int = 0
    cached: int = 0
    units: int = 0
    errors: int = 0

    def __add__(self, other: Use) -> Use:
        return Use(*map(add, astuple(self), astuple(other)))


class Asked(NamedTuple):
    """What for. Analyzers are named by their ids where not all of the profile ran."""

    profile: str = ""
    analyzers: str = ""


def asked_for(request: AnalysisRequest) -> Asked:
    options = request.options
    if not options.include and not options.exclude:
        return Asked(request.profile)
    ran = chosen_analyzers(profile_named(request.profile), options)
    return Asked(request.profile, ",".join(analyzer.id for analyzer in ran))


class _Row(NamedTuple):
    client_key: str
    day: date
    profile: str
    analyzers: str


class _Buffer:
    """Of one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rows: dict[_Row, Counter[str]] = defaultdict(Counter)
        self._is_due = False

    def add(self, row: _Row, use: Mapping[str, int]) -> None:
        with self._lock:
            if row in self._rows or len(self._rows) < _MOST_ROWS:
                self._rows[row].update(use)
            starts, self._is_due = not self._is_due, True
        if starts and settings.OPS_METRICS_FLUSH_SECONDS:
            timer = threading.Timer(settings.OPS_METRICS_FLUSH_SECONDS, _flush_on_its_own)
            timer.daemon = True
            timer.start()

    def take(self) -> dict[_Row, Counter[str]]:
        with self._lock:
            taken, self._rows, self._is_due = self._rows, defaultdict(Counter), False
            return taken


_buffer = _Buffer()


def note(client_key: str, asked: Asked, use: Use) -> None:
    row = _Row(client_key, timezone.now().date(), *asked)
    _buffer.add(row, {name: count for name, count in asdict(use).items() if count})


def flush() -> None:
    """Stores what this process has noted; what cannot be stored now is noted again."""
    for row, use in _buffer.take().items():
        try:
            _store(row, use)
        except DatabaseError as error:
            logger.info("usage waits for its table", extra={"error": repr(error)[:200]})
            _buffer.add(row, use)


def _store(row: _Row, use: Counter[str]) -> None:
    mine = UsageDay.objects.filter(**row._asdict())
    more = {name: F(name) + count for name, count in use.items()}
    if mine.update(**more):
        return
    try:
        with transaction.atomic():
            UsageDay.objects.create(**row._asdict(), **use)
    except IntegrityError:
        mine.update(**more)  # another process was first


def _flush_on_its_own() -> None:
    try:
        flush()
    finally:
        connections.close_all()


def _begin_anew() -> None:
    """What the parent noted is the parent's to store."""
    global _buffer  # noqa: PLW0603 - one for each process
    _buffer = _Buffer()


def _last_flush() -> None:
    if settings.OPS_METRICS_FLUSH_SECONDS:
        _flush_on_its_own()


# Children of multiprocessing end without atexit, the others without the finalizers.
atexit.register(_last_flush)
multiprocessing_util.Finalize(None, _last_flush, exitpriority=100)
os.register_at_fork(after_in_child=_begin_anew)
