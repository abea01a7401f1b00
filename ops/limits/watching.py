"""Who is being refused now? Counted in the process, written by a thread every few seconds."""

from __future__ import annotations

import logging
import os
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.models import F
from django.utils import timezone

from ops.limits.decisions import Decision
from ops.limits.policies import Asker, Policy, Scope
from ops.models import Client, Refusals

logger = logging.getLogger("contentcreate.limits")

FORGOTTEN_AFTER = timedelta(days=1)
# A flood from many addresses must not become a flood of rows: the most refused are written.
MOST_KEPT = 2000
MOST_WRITTEN = 50


@dataclass
class Tally:
    label: str
    since: datetime
    last_at: datetime
    count: int = 0
    banned_until: datetime | None = None


class Watch:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tallies: dict[tuple[str, str], Tally] = {}
        self._thread: threading.Thread | None = None

    def note(self, subject: str, policy: str, label: str, banned_ms: int = 0) -> None:
        now = timezone.now()
        with self._lock:
            tally = self._tallies.get((subject, policy))
            if tally is None:
                if len(self._tallies) >= MOST_KEPT:
                    return
                tally = self._tallies[subject, policy] = Tally(label, now, now)
            tally.count += 1
            tally.last_at = now
            if banned_ms:
                tally.banned_until = now + timedelta(milliseconds=banned_ms)
            if self._thread is None and settings.OPS_METRICS_FLUSH_SECONDS:
                self._thread = threading.Thread(target=self._run, daemon=True, name="refusals")
                self._thread.start()

    def write(self) -> None:
        with self._lock:
            tallies, self._tallies = self._tallies, {}
        most = sorted(tallies.items(), key=lambda item: -item[1].count)[:MOST_WRITTEN]
        for (subject, policy), tally in most:
            _add(subject, policy, tally)

    def forget(self) -> None:
        with self._lock:
            self._tallies = {}

    def _run(self) -> None:
        pause = threading.Event()
        while not pause.wait(settings.OPS_METRICS_FLUSH_SECONDS):
            try:
                self.write()
            except DatabaseError as error:
                logger.warning("refusals not written", extra={"error": type(error).__name__})
            except Exception:
                logger.exception("refusals not written")
            finally:
                connections.close_all()


_watch = Watch()


def _begin_anew() -> None:
    global _watch  # noqa: PLW0603 - a child counts for itself
    _watch = Watch()


os.register_at_fork(after_in_child=_begin_anew)


def refused(asker: Asker, by: Decision | Policy) -> None:
    policies = [by] if isinstance(by, Policy) else [standing.policy for standing in by.refusing]
    for policy in policies:
        subject = policy.key(asker).partition(":")[2]
        _watch.note(subject, policy.name, _label(policy, asker, subject))


def banned(asker: Asker, policy: str, banned_ms: int) -> None:
    _watch.note(asker.address, policy, asker.address, banned_ms)


def write() -> None:
    """What this process has counted so far, now."""
    _watch.write()


def forget() -> None:
    _watch.forget()


def prune(now: datetime) -> None:
    Refusals.objects.filter(last_at__lt=now - FORGOTTEN_AFTER).delete()


def _label(policy: Policy, asker: Asker, subject: str) -> str:
    """Staff must be able to tell an anonymous client from the next: by its address."""
    if policy.scope != Scope.CLIENT:
        return subject
    if not asker.client.startswith("client:"):
        return asker.address
    return asker.client


def _add(subject: str, policy: str, tally: Tally) -> None:
    rows = Refusals.objects.filter(subject=subject, policy=policy)
    changes = {"last_at": tally.last_at, "count": F("count") + tally.count}
    if tally.banned_until:
        changes["banned_until"] = tally.banned_until
    if rows.update(**changes):
        return
    Refusals.objects.create(
        subject=subject,
        policy=policy,
        label=_name(tally.label),
        since=tally.since,
        last_at=tally.last_at,
        count=tally.count,
        banned_until=tally.banned_until,
    )


def _name(label: str) -> str:
    if not label.startswith("client:"):
        return label
    client = Client.objects.filter(pk=label.partition(":")[2]).first()
    return client.name if client else label
