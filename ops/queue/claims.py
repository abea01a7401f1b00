"""Which job does a free worker take next, and who may end it?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_datetime

from ops.models import Job
from ops.queue import session
from ops.queue.dialect import dialect, is_postgresql
from ops.queue.picks import NOT_PAUSED, Pick, picks
from ops.queue.session import Row


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
    f" AND {NOT_PAUSED}"
    " AND NOT EXISTS (SELECT 1 FROM ops_pause WHERE kind = '')"
    " AND NOT EXISTS (SELECT 1 FROM ops_workerhost WHERE name = %s AND quiet)"
)


def take(host: str, pid: int, *, overdue_first: bool = False) -> Claim | None:
    """The best job there is at this moment, under a lease; None when there is none.

    Order: the worker's own region and everybody's, by priority, then by the clients' turns, then
    by age; when there is none, what has waited long in other regions and may leave them.
    `overdue_first` prefers the oldest job of all that have waited longer than the ageing time.
    """
    if not is_postgresql() and not _anything_waits():
        return None  # Looking costs SQLite nothing, while every claim locks out all writers.
    with session.current().turn():
        return _first_found(picks(overdue_first=overdue_first), host, pid)


def exchange(done: Claim, *, overdue_first: bool = False) -> tuple[bool, Claim | None]:
    """Ends a job as done and claims the next one: one trip and one commit for both.

    Whether the job was still this claim's to end, and what `take` would give.
    """
    pending = picks(overdue_first=overdue_first)
    if not is_postgresql():
        with session.current().turn():
            return finish(done), _first_found(pending, done.host, done.pid)
    won, row = _exchange_on_postgresql(done, next(pending))
    if row:
        return won, _claim(row, done.host, done.pid)
    return won, _first_found(pending, done.host, done.pid)


def finish(done: Claim) -> bool:
    return bool(session.current().ask(finish_statement(is_postgresql()), [done.id, done.token]))


def _anything_waits() -> bool:
    looked = "SELECT 1 FROM ops_job WHERE state = 'waiting' AND ready LIMIT 1"
    return bool(session.current().ask(looked, []))


def _first_found(pending: Iterator[Pick], host: str, pid: int) -> Claim | None:
    for pick in pending:
        if row := _claim_one(pick, host, pid):
            return _claim(row, host, pid)
    return None


def _claim_one(pick: Pick, host: str, pid: int) -> Row | None:
    sql = claim_statement(is_postgresql(), pick.where, pick.order)
    rows = session.current().ask(sql, claim_params(pick, host, pid))
    return rows[0] if rows else None


def _exchange_on_postgresql(done: Claim, pick: Pick) -> tuple[bool, Row | None]:
    params = [done.id, done.token, *claim_params(pick, done.host, done.pid)]
    sql = exchange_statement(pick.where, pick.order)
    ((won, *row),) = session.current().ask(sql, params)
    return bool(won), tuple(row) if row[0] is not None else None


# --- What is said to the database ----------------------------------------------------------


def claim_params(pick: Pick, host: str, pid: int) -> list[Any]:
    mark_params: list[Any] = [host, pid, settings.OPS_LEASE.total_seconds()]
    best_params: list[Any] = [*pick.params, host]
    return best_params + mark_params if is_postgresql() else mark_params + best_params


@cache
def claim_statement(on_postgresql: bool, where: str, order: str) -> str:
    if not on_postgresql:
        return f"UPDATE ops_job {_mark()} WHERE id = ({_best(where, order)}) RETURNING {_facts()}"
    return f"WITH {_best_apart(where, order)}, {dialect().unflushed} {_claim_the_best()}"


@cache
def exchange_statement(where: str, order: str) -> str:
    """One row, of a claim or of nulls, that begins with whether the done job was ended."""
    return (
        f"WITH ended AS ({_finish()} RETURNING id), {_best_apart(where, order)},"
        f" {dialect().unflushed}, claimed AS ({_claim_the_best()})"
        " SELECT (SELECT COUNT(*) FROM ended), claimed.*"
        " FROM (SELECT 1) one LEFT JOIN claimed ON TRUE"
    )


@cache
def finish_statement(on_postgresql: bool) -> str:
    # Not flushed: if the database's machine dies within the second, the lease ends and the job
    # is done once more, which handlers must bear anyway. Waiting for the disk would cost most
    # of the queue's throughput.
    if not on_postgresql:
        return f"{_finish()} RETURNING id"
    return (
        f"WITH {dialect().unflushed}, ended AS ({_finish()} RETURNING id)"
        " SELECT ended.id FROM ended, unflushed"
    )


def _finish() -> str:
    return (
        f"UPDATE ops_job SET state = 'done', finished_at = {dialect().now}, lease_until = NULL"
        " WHERE id = %s AND token = %s AND state = 'running'"
    )


def _best(where: str, order: str) -> str:
    return (
        f"SELECT id FROM ops_job WHERE state = 'waiting' AND ready AND {where}"
        f"{_OPEN} ORDER BY {order} LIMIT 1 {dialect().skip_locked}"
    )


def _best_apart(where: str, order: str) -> str:
    # Materialized: under WHERE id IN (… LIMIT 1 FOR UPDATE SKIP LOCKED) a plan made from old
    # statistics runs the subquery once per row, and claims every row there is.
    return f"best AS MATERIALIZED ({_best(where, order)})"


def _claim_the_best() -> str:
    return (
        f"UPDATE ops_job {_mark()} FROM best, unflushed WHERE ops_job.id = best.id"
        f" RETURNING {_facts()}"
    )


def _mark() -> str:
    return (
        "SET state = 'running', token = token + 1, attempts = attempts + 1, host = %s, pid = %s,"
        f" started_at = {dialect().now}, lease_until = {dialect().in_seconds},"
        " progress_done = 0, progress_total = 0, progress_step = ''"
    )


def _facts() -> str:
    return (
        "ops_job.id, token, kind, attempts, available_at, started_at, payload,"
        f" expires_at IS NOT NULL AND expires_at <= {dialect().now} AS is_expired"
    )


# --- What it answers -----------------------------------------------------------------------


def _claim(row: Row, host: str, pid: int) -> Claim:
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
