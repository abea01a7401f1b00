"""What did the limits decide about whom? Counted in the process, written by a thread of its own."""

from __future__ import annotations

import logging
import os
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.models import F
from django.utils import timezone

from ops import metrics
from ops.limits import demand
from ops.limits.decisions import Decision, Standing
from ops.limits.demand import label_of
from ops.limits.policies import Asker, Policy
from ops.models import Client, Demand, Refusals

logger = logging.getLogger("contentcreate.limits")

FORGOTTEN_AFTER = timedelta(days=1)
CALM_AGAIN_AFTER = timedelta(minutes=10)
"""Whoever is refused after so long a calm is refused since then, not since yesterday."""
DEMAND_FORGOTTEN_AFTER = timedelta(hours=1, minutes=5)
NEAR = 0.8
"""Whoever has spent so much of a quota is near it."""
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
        self.demand = demand.Recorder()
        self._tallies: dict[tuple[str, str], Tally] = {}
        self._thread: threading.Thread | None = None
        self.has_begun = False

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

    def begin(self) -> None:
        with self._lock:
            if self._thread is None and settings.OPS_METRICS_FLUSH_SECONDS:
                self._thread = threading.Thread(target=self._run, daemon=True, name="watching")
                self._thread.start()
            self.has_begun = True

    def write(self, *, all_of_it: bool = False) -> None:
        if minutes := self.demand.take(all_of_it=all_of_it):
            demand.save(minutes)
        with self._lock:
            tallies, self._tallies = self._tallies, {}
        most = sorted(tallies.items(), key=lambda item: -item[1].count)[:MOST_WRITTEN]
        for (subject, policy), tally in most:
            _add(subject, policy, tally)

    def forget(self) -> None:
        with self._lock:
            self._tallies = {}
        self.demand.forget()

    def _run(self) -> None:
        pause = threading.Event()
        while not pause.wait(settings.OPS_METRICS_FLUSH_SECONDS):
            try:
                self.write()
            except DatabaseError as error:
                logger.warning("decisions not written", extra={"error": type(error).__name__})
            except Exception:
                logger.exception("decisions not written")
            finally:
                connections.close_all()


_watch = Watch()


def _begin_anew() -> None:
    global _watch  # noqa: PLW0603 - a child counts for itself
    _watch = Watch()


os.register_at_fork(after_in_child=_begin_anew)


def decided(asker: Asker, decision: Decision) -> None:
    """Every decision comes here, and is counted as a metric and for who asks most."""
    if not _watch.has_begun:
        _watch.begin()
    _watch.demand.note(decision, asker, time.time())
    for standing in decision.standings:
        if outcome := _outcome(standing, decision):
            policy = standing.policy.name
            metrics.count("limit_decisions", policy=policy, tier=asker.tier, outcome=outcome)


def _outcome(standing: Standing, decision: Decision) -> str:
    policy = standing.policy
    if not standing.fits:
        return "refused" if policy.is_enforced else "shadow"
    if not decision.allowed:
        return ""
    return "near" if standing.used >= NEAR * policy.quota else "allowed"


def refused(asker: Asker, by: Decision | Policy) -> None:
    policies = [by] if isinstance(by, Policy) else [standing.policy for standing in by.refusing]
    for policy in policies:
        subject = policy.key(asker).partition(":")[2]
        _watch.note(subject, policy.name, label_of(policy, asker))


def banned(asker: Asker, policy: str, banned_ms: int) -> None:
    _watch.note(asker.address, policy, asker.address, banned_ms)


def write() -> None:
    """What this process has counted so far, now."""
    _watch.write(all_of_it=True)


def forget() -> None:
    _watch.forget()


def prune(now: datetime) -> None:
    Refusals.objects.filter(last_at__lt=now - FORGOTTEN_AFTER).delete()
    Demand.objects.filter(at__lt=now - DEMAND_FORGOTTEN_AFTER).delete()


def _add(subject: str, policy: str, tally: Tally) -> None:
    rows = Refusals.objects.filter(subject=subject, policy=policy)
    changes: dict[str, Any] = {"last_at": tally.last_at}
    if tally.banned_until:
        changes["banned_until"] = tally.banned_until
    over = rows.filter(last_at__lt=tally.since - CALM_AGAIN_AFTER)
    if over.update(since=tally.since, count=tally.count, **changes):
        return
    if rows.update(count=F("count") + tally.count, **changes):
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
