"""Was this request answered before? The client says so by a key; the table decides who works.

A claim is a row without a status. It ends with the answer, is given up with a refusal, and may be
taken over when whoever held it has died.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models

from analysis.models import Analysis
from analysis.models.idempotency import IdempotencyRecord
from ops.problems import ProblemError

KEPT_FOR = timedelta(hours=24)
# No request takes that long: the longest wait for a report is 25 seconds.
CLAIM_LASTS = timedelta(seconds=60)


@dataclass(frozen=True)
class Named:
    """A request as its client names it."""

    client_key: str
    path: str
    key: str
    fingerprint: str


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: str
    has_report: bool
    analysis: Analysis | None = None


def claim(named: Named, *, now: datetime) -> IdempotencyRecord:
    """The record: answered before when it has a status, else this caller's to answer."""
    record, is_new = IdempotencyRecord.objects.get_or_create(
        client_key=named.client_key,
        path=named.path,
        key=named.key,
        defaults={"fingerprint": named.fingerprint, "claimed_at": now, "created_at": now},
    )
    if is_new:
        return record
    if record.created_at < now - KEPT_FOR:
        return _taken_over(record, now, fingerprint=named.fingerprint, status=None, created_at=now)
    if record.fingerprint != named.fingerprint:
        raise ProblemError("idempotency_mismatch")
    if record.status is not None:
        return record
    if record.claimed_at > now - CLAIM_LASTS:
        raise _in_progress()
    return _taken_over(record, now)


def keep(record: IdempotencyRecord, answer: Answer) -> None:
    """Not when somebody else has taken it over meanwhile."""
    _held(record).update(
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        has_report=answer.has_report,
        analysis=answer.analysis,
    )


def give_up(record: IdempotencyRecord) -> None:
    """A refusal is not kept: the same request may succeed later."""
    _held(record).delete()


def forget_old(now: datetime) -> None:
    IdempotencyRecord.objects.filter(created_at__lt=now - KEPT_FOR).delete()


def _taken_over(record: IdempotencyRecord, now: datetime, **changes: object) -> IdempotencyRecord:
    mine = IdempotencyRecord.objects.filter(pk=record.pk, claimed_at=record.claimed_at)
    if not mine.update(claimed_at=now, **changes):
        raise _in_progress()
    record.claimed_at, record.status = now, None
    return record


def _held(record: IdempotencyRecord) -> models.QuerySet[IdempotencyRecord]:
    return IdempotencyRecord.objects.filter(pk=record.pk, claimed_at=record.claimed_at, status=None)


def _in_progress() -> ProblemError:
    return ProblemError("idempotency_in_progress", retry_after_seconds=1)
