"""Which job does a free worker take next, and who may end it?"""

from __future__ import annotations

import json
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


# Read in the statement that claims, so that a pause holds from the moment it is committed.
_OPEN = (
    " AND kind NOT IN (SELECT kind FROM ops_pause)"
    " AND NOT EXISTS (SELECT 1 FROM ops_pause WHERE kind = '')"
    " AND NOT EXISTS (SELECT 1 FROM ops_workerhost WHERE name = %s AND quiet)"
)
_BEST_FIRST = " ORDER BY priority, fair_tag, id LIMIT 1 "


def take(host: str, pid: int) -> Claim | None:
    """The best job there is at this moment, under a lease; None when there is none."""
    if not is_postgresql() and not Job.objects.claimable().exists():
        return None  # Looking costs SQLite nothing, while every claim locks out all writers.
    with connection.cursor() as cursor:
        lease_seconds = settings.OPS_LEASE.total_seconds()
        params = [settings.OPS_REGION, host, host, pid, lease_seconds]
        if not is_postgresql():
            params = [host, pid, lease_seconds, settings.OPS_REGION, host]
        cursor.execute(_statement(), params)
        rows = cursor.fetchall()
    return _claim(rows[0], host, pid) if rows else None


def _statement() -> str:
    best = (
        "SELECT id FROM ops_job WHERE state = 'waiting' AND ready AND region = %s"
        f"{_OPEN}{_BEST_FIRST}{dialect().skip_locked}"
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
