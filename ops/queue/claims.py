"""Which job does a free worker take next, and who may end it?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.dateparse import parse_datetime

from ops.models import Job
from ops.queue.dialect import dialect, is_postgresql


@dataclass(frozen=True)
class Claim:
    """The right to end a job, until somebody else claims it."""

    id: int
    token: int
    kind: str
    attempts: int
    host: str
    pid: int
    started_at: datetime | None
    payload: dict[str, Any]
    expired: bool = False
    waited_seconds: float = 0.0

    @classmethod
    def on(cls, job: Job) -> Claim:
        """The claim under which a running job runs."""
        return cls(
            id=job.pk,
            token=job.token,
            kind=job.kind,
            attempts=job.attempts,
            host=job.host,
            pid=job.pid or 0,
            started_at=job.started_at,
            payload=job.payload,
        )


@dataclass(frozen=True)
class _Pick:
    """Which waiting job is the best one?"""

    where: str
    params: list[Any]
    order: str


# Read in the statement that claims, so that a pause holds from the moment it is committed.
_OPEN = (
    " AND kind NOT IN (SELECT kind FROM ops_pause)"
    " AND NOT EXISTS (SELECT 1 FROM ops_pause WHERE kind = '')"
    " AND NOT EXISTS (SELECT 1 FROM ops_workerhost WHERE name = %s AND quiet)"
)
_BEST_FIRST = "priority, fair_tag, id"
_OLDEST_FIRST = "available_at, id"
# The comparison lets SQLite seek in the index of waiting times, which it otherwise reads whole.
_SINCE_LONG = "ready = TRUE AND available_at <"


def take(host: str, pid: int, *, overdue_first: bool = False) -> Claim | None:
    """The best job there is at this moment, under a lease; None when there is none.

    Order: the worker's own region and everybody's, by priority, then by the clients' turns, then
    by age; when there is none, what has waited long in other regions and may leave them.
    `overdue_first` prefers the oldest job of all that have waited longer than the ageing time.
    """
    if not is_postgresql() and not _anything_waits():
        return None  # Looking costs SQLite nothing, while every claim locks out all writers.
    for pick in _picks(overdue_first):
        if claim := _claim_one(pick, host, pid):
            return claim
    return None


def _anything_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM ops_job WHERE state = 'waiting' AND ready LIMIT 1")
        return cursor.fetchone() is not None


def _picks(overdue_first: bool) -> Iterator[_Pick]:
    own = settings.OPS_REGION
    if overdue_first:
        patience = -settings.OPS_AGEING.total_seconds()
        waited = f"{_SINCE_LONG} {dialect().in_seconds} AND region IN ('', %s)"
        yield _Pick(waited, [patience, own], _OLDEST_FIRST)
    yield _Pick("region = %s", [_best_region(own)], _BEST_FIRST)
    patience = -settings.OPS_SPILL_OVER.total_seconds()
    stranger = "region <> '' AND region <> %s AND NOT pinned"
    waited = f"{_SINCE_LONG} {dialect().in_seconds} AND {stranger}"
    yield _Pick(waited, [patience, own], _OLDEST_FIRST)


def _best_region(own: str) -> str:
    """Whose first job goes first: one look per region, so that each stays a walk of its index."""
    if not own:
        return own
    firsts = [
        Job.objects.claimable().filter(region=region).order_by("priority", "fair_tag", "id").first()
        for region in (own, "")
    ]
    waiting = [job for job in firsts if job]
    best = min(waiting, key=lambda job: (job.priority, job.fair_tag, job.pk), default=None)
    return best.region if best else own


def _claim_one(pick: _Pick, host: str, pid: int) -> Claim | None:
    mark_params: list[Any] = [host, pid, settings.OPS_LEASE.total_seconds()]
    best_params: list[Any] = [*pick.params, host]
    params = best_params + mark_params if is_postgresql() else mark_params + best_params
    with connection.cursor() as cursor:
        cursor.execute(_statement(pick), params)
        rows = cursor.fetchall()
    return _claim(rows[0], host, pid) if rows else None


def _statement(pick: _Pick) -> str:
    best = (
        f"SELECT id FROM ops_job WHERE state = 'waiting' AND ready AND {pick.where}"
        f"{_OPEN} ORDER BY {pick.order} LIMIT 1 {dialect().skip_locked}"
    )
    mark = (
        "SET state = 'running', token = token + 1, attempts = attempts + 1, host = %s, pid = %s,"
        f" started_at = {dialect().now}, lease_until = {dialect().in_seconds},"
        " progress_done = 0, progress_total = 0, progress_step = ''"
    )
    back = (
        " RETURNING ops_job.id, token, kind, attempts, available_at, started_at, payload,"
        f" expires_at IS NOT NULL AND expires_at <= {dialect().now}"
    )
    if not is_postgresql():
        return f"UPDATE ops_job {mark} WHERE id = ({best}){back}"
    # Materialized: under WHERE id IN (… LIMIT 1 FOR UPDATE SKIP LOCKED) a plan made from old
    # statistics runs the subquery once per row, and claims every row there is.
    return (
        f"WITH best AS MATERIALIZED ({best}), {dialect().unflushed}"
        f" UPDATE ops_job {mark} FROM best, unflushed WHERE ops_job.id = best.id{back}"
    )


def _claim(row: tuple[Any, ...], host: str, pid: int) -> Claim:
    job_id, token, kind, attempts, *moments, payload, expired = row
    available_at, started_at = map(_moment, moments)
    return Claim(
        id=job_id,
        token=token,
        kind=kind,
        attempts=attempts,
        host=host,
        pid=pid,
        started_at=started_at,
        payload=json.loads(payload) if isinstance(payload, str) else payload,
        expired=bool(expired),
        waited_seconds=_seconds_between(available_at, started_at),
    )


def _seconds_between(start: datetime | None, end: datetime | None) -> float:
    return max(0.0, (end - start).total_seconds()) if start and end else 0.0


def _moment(value: datetime | str) -> datetime | None:
    """PostgreSQL gives its times aware; SQLite gives words in UTC."""
    return parse_datetime(f"{value}+00:00") if isinstance(value, str) else _aware(value)


def _aware(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=UTC)
