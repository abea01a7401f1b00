"""How does a job enter the queue?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Min
from django.db.models import Value as Constant
from django.db.models.functions import Coalesce
from django.utils import timezone

from ops import metrics
from ops.models import Job, Priority
from ops.queue import wake
from ops.queue.dialect import dialect
from ops.queue.rows import Row, Value, columns, expressions, mark_stored, params, values_of

ROWS_IN_ONE_STATEMENT = 200
_UNFINISHED = "state IN ('waiting', 'running')"
_UNLESS_UNDER_WAY = f"ON CONFLICT (key) WHERE {_UNFINISHED} DO NOTHING"


@dataclass(frozen=True)
class Order:
    """All that can be said about a job when it is asked for."""

    kind: str
    key: str
    payload: dict[str, Any] = field(default_factory=dict)
    priority: Priority = Priority.FREE
    client_key: str = ""
    cost: float = 1.0
    """How much of its client's turn it takes: work, not number of jobs, is shared fairly."""
    delay_seconds: float = 0.0
    expires_in_seconds: float | None = None
    region: str = ""
    pinned: bool = False


def enqueue(
    kind: str, *, key: str, payload: dict[str, Any], priority: Priority, client_key: str = ""
) -> Job:
    """The unfinished job of that key: a new one, or the one that is under way already."""
    return place(Order(kind, key, payload, priority, client_key))


def place(order: Order) -> Job:
    while True:
        if job := place_new(order) or _join(order):
            return job
        # It ended between the two statements: the next turn inserts.


def place_new(order: Order) -> Job | None:
    """A job that nobody knows before the caller's commit; None when one is under way already."""
    new = NewJob(order)
    with connection.cursor() as cursor:
        cursor.execute(new.sql, new.params)
        found = cursor.fetchone()
    return new.placed(*found) if found else None


class NewJob:
    """A job as a part of the caller's statement, so that the caller needs no other."""

    def __init__(self, order: Order, *, once_per: str = "(SELECT 1) AS one") -> None:
        self.job = _new(order)
        row = _row(self.job, order)
        # One statement, so that of two equal orders at the same moment exactly one inserts. And
        # WHERE, since without it SQLite takes ON for a part of the FROM.
        self.sql = (
            f"INSERT INTO ops_job ({columns(row)}) SELECT {expressions(row)} FROM {once_per}"
            f" WHERE TRUE {_UNLESS_UNDER_WAY} RETURNING id, fair_tag"
        )
        self.params = params(row)
        self.is_under_way = Value(
            f"EXISTS (SELECT 1 FROM ops_job WHERE key = %s AND {_UNFINISHED})", [order.key]
        )

    def placed(self, pk: int, fair_tag: float) -> Job:
        """To be said once, when the statement has returned them."""
        job = self.job
        job.pk, job.fair_tag = pk, fair_tag
        mark_stored(job)
        wake.ring_on_commit()
        metrics.count("jobs_enqueued", kind=job.kind)
        return job


def place_all(orders: Sequence[Order]) -> dict[str, int]:
    """The unfinished jobs by key, for many orders of one client and priority at once.

    They take their turns one behind the other, in the order given.
    """
    placed: dict[str, int] = {}
    base = _next_turn(orders[0]) if orders else 0.0
    # Sorted: two that place the same keys at the same moment must not wait for each other.
    left = sorted(enumerate(orders), key=lambda turn: turn[1].key)
    while left:
        placed |= _insert_all(left, base)
        left = [turn for turn in left if turn[1].key not in placed]
        keys = [order.key for _, order in left]
        placed |= dict(Job.objects.unfinished().filter(key__in=keys).values_list("key", "pk"))
        left = [turn for turn in left if turn[1].key not in placed]
    return placed


def _next_turn(order: Order) -> float:
    turn = _turn(order)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {turn.sql}", turn.params)
        return float(cursor.fetchone()[0])


def _insert_all(turns: Sequence[tuple[int, Order]], base: float) -> dict[str, int]:
    inserted: dict[str, int] = {}
    for start in range(0, len(turns), ROWS_IN_ONE_STATEMENT):
        inserted |= _insert_rows(turns[start : start + ROWS_IN_ONE_STATEMENT], base)
    if inserted:
        wake.ring_on_commit()
        metrics.count("jobs_enqueued", len(inserted), kind=turns[0][1].kind)
    return inserted


def _insert_rows(turns: Sequence[tuple[int, Order]], base: float) -> dict[str, int]:
    rows = []
    for number, order in turns:
        turn = {"fair_tag": Value("%s", [base + number * order.cost])}
        rows.append(_row(_new(order), order) | turn)
    tuples = ", ".join(f"({expressions(row)})" for row in rows)
    sql = (
        f"INSERT INTO ops_job ({columns(rows[0])}) VALUES {tuples} {_UNLESS_UNDER_WAY}"
        " RETURNING key, id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [param for row in rows for param in params(row)])
        return dict(cursor.fetchall())


def _new(order: Order) -> Job:
    now = timezone.now()
    expires_in = order.expires_in_seconds
    return Job(
        kind=order.kind,
        key=order.key,
        payload=order.payload,
        priority=order.priority,
        client_key=order.client_key,
        region=order.region,
        pinned=order.pinned,
        ready=order.delay_seconds <= 0,
        available_at=now + timedelta(seconds=order.delay_seconds),
        expires_at=None if expires_in is None else now + timedelta(seconds=expires_in),
        created_at=now,
    )


def _row(job: Job, order: Order) -> Row:
    row = values_of(job) | {
        "created_at": Value(dialect().now, []),
        "available_at": Value(dialect().in_seconds, [order.delay_seconds]),
        "fair_tag": _turn(order),
    }
    if order.expires_in_seconds is not None:
        row["expires_at"] = Value(dialect().in_seconds, [order.expires_in_seconds])
    return row


def _turn(order: Order) -> Value:
    """One job behind the client's own last one, but never ahead of whose turn it is now."""
    priority = int(order.priority)
    return Value(
        f"{dialect().greatest}("
        "COALESCE((SELECT MIN(fair_tag) FROM ops_job WHERE state = 'waiting' AND ready"
        " AND region = %s AND priority = %s), 0),"
        "COALESCE((SELECT MAX(fair_tag) FROM ops_job WHERE state = 'waiting'"
        " AND client_key = %s AND priority = %s) + %s, 0))",
        [order.region, priority, order.client_key, priority, order.cost],
    )


def _join(order: Order) -> Job | None:
    job = Job.objects.unfinished().filter(key=order.key).first()
    if job and job.state == Job.State.WAITING and job.priority > order.priority:
        _raise(job, order)
    return job


def _raise(job: Job, order: Order) -> None:
    """A more important client waits for the same work: it takes that client's place in line."""
    line = Job.objects.claimable().filter(region=job.region, priority=order.priority)
    turn = line.aggregate(tag=Coalesce(Min("fair_tag"), Constant(0.0)))["tag"]
    moved = Job.objects.waiting().filter(pk=job.pk, priority__gt=order.priority)
    if moved.update(priority=order.priority, fair_tag=turn):
        job.priority, job.fair_tag = order.priority, turn
