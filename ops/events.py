"""What happened? A fact becomes a log line and a row, and never troubles whoever tells it.

Inside a transaction the row joins it: what is rolled back has not happened. Elsewhere a thread
writes it, so that a database that hangs or is down costs the teller nothing.
"""

from __future__ import annotations

import logging
import multiprocessing.util
import os
import queue
import threading
from typing import TYPE_CHECKING, Any

import orjson
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from ops import metrics, request_id
from ops.models import Event

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

logger = logging.getLogger("contentcreate.events")

_HELD_AT_MOST = 1000
_LAST_WORDS_SECONDS = 3.0


def record(
    name: str, *, actor: str = "", reason: str = "", undo: dict[str, Any] | None = None,
    **details: Any,
) -> None:  # fmt: skip
    """Never raises and never waits. `actor` is whoever decided; empty means the service itself."""
    try:
        event = _event(name, actor, reason, undo, details)
        _log(event)
        metrics.count("events", name=event.name)
        if connection.in_atomic_block:
            _join_transaction(event)
        else:
            _scribe().write(event)
    except Exception:
        logger.exception("event lost", extra={"event_name": name})


def author(person: AbstractBaseUser | AnonymousUser) -> str:
    """The `actor` of what a member of staff decides."""
    return f"user:{person.get_username()}"


def flush(timeout_seconds: float = _LAST_WORDS_SECONDS) -> bool:
    """Whether everything recorded so far outside of transactions is written."""
    return _scribe().flush(timeout_seconds)


def _event(
    name: str, actor: str, reason: str, undo: dict[str, Any] | None, details: dict[str, Any]
) -> Event:
    return Event(
        name=name[:80],
        actor=actor[:120],
        reason=reason[:300],
        details=_plain(details),
        undo=None if undo is None else _plain(undo),
        request_id=request_id.current.get(),
        created_at=timezone.now(),
    )


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """As JSON holds it; PostgreSQL's JSON holds no NUL."""
    text = orjson.dumps(values, default=str, option=orjson.OPT_NON_STR_KEYS)
    plain: dict[str, Any] = orjson.loads(text.replace(rb"\u0000", b""))
    return plain


def _log(event: Event) -> None:
    facts = {"actor": event.actor, "reason": event.reason, "details": event.details}
    extra = {key: value for key, value in facts.items() if value}
    logger.info("event", extra={"event_name": event.name, **extra})


def _join_transaction(event: Event) -> None:
    # The savepoint keeps the teller's transaction usable when the row cannot be written.
    with transaction.atomic():
        event.save()


class _Scribe:
    """Writes rows in the order in which they were told."""

    def __init__(self) -> None:
        self._waiting: queue.Queue[Event] = queue.Queue(_HELD_AT_MOST)
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def write(self, event: Event) -> None:
        if self._thread is None:
            self._start()
        try:
            self._waiting.put_nowait(event)
        except queue.Full:
            logger.warning("event not stored", extra={"event_name": event.name})

    def flush(self, timeout_seconds: float) -> bool:
        with self._waiting.all_tasks_done:
            return self._waiting.all_tasks_done.wait_for(
                lambda: not self._waiting.unfinished_tasks, timeout_seconds
            )

    def _start(self) -> None:
        with self._starting:
            if self._thread is not None:
                return
            self._thread = threading.Thread(target=self._run, daemon=True, name="events")
            self._thread.start()
            # Unlike atexit this also runs at the end of processes that multiprocessing forked.
            last_words = (_LAST_WORDS_SECONDS,)
            multiprocessing.util.Finalize(None, self.flush, args=last_words, exitpriority=1)

    def _run(self) -> None:
        while True:
            event = self._waiting.get()
            self._store(event)
            self._waiting.task_done()

    def _store(self, event: Event) -> None:
        try:
            event.save()
        except DatabaseError as error:
            facts = {"event_name": event.name, "error": type(error).__name__}
            logger.warning("event not stored", extra=facts)
        except Exception:
            logger.exception("event not stored", extra={"event_name": event.name})
        finally:
            if self._waiting.empty():
                # A thread that keeps its connection keeps a slot of the pool.
                connections.close_all()


_scribes: dict[int, _Scribe] = {}


def _scribe() -> _Scribe:
    """This process' own: threads do not survive a fork."""
    pid = os.getpid()
    return _scribes.get(pid) or _scribes.setdefault(pid, _Scribe())
