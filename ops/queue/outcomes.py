"""How does a claim end? Only the holder of the latest token decides; a late word is dropped."""

from __future__ import annotations

import logging
import random
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from ops import metrics
from ops.models import Attempt, FailureCode, Job
from ops.models.jobs import JobQuerySet
from ops.queue import claims
from ops.queue.backoff import delay_seconds
from ops.queue.claims import Claim
from ops.queue.moments import from_now
from ops.queue.rules import rules_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mishap:
    """Why an attempt failed: `error` for operators, `message` for clients."""

    code: FailureCode
    error: str
    message: str
    traceback: str = ""
    not_before_seconds: float = 0.0


def finish(claim: Claim) -> bool:
    return _heard(claim, "done", claims.finish(claim))


def finish_and_take(claim: Claim, *, overdue_first: bool) -> Claim | None:
    """The worker's next job, when there is one."""
    won, following = claims.exchange(claim, overdue_first=overdue_first)
    _heard(claim, "done", won)
    return following


def fail(claim: Claim, mishap: Mishap) -> bool:
    """Another attempt after a while, or dead if this was the last one."""
    with transaction.atomic():
        won = _bury(claim, mishap) if _was_last(claim, mishap) else _retry(claim, mishap)
        if won:
            _remember(claim, mishap)
    return won


def release(claim: Claim, *, after_seconds: float = 0.0) -> bool:
    """Back in line as if it had not been started: nothing speaks against the job itself."""
    waits = _WAITS_AGAIN | {"available_at": from_now(after_seconds)}
    rows = _held(claim).update(**waits, attempts=F("attempts") - 1)
    return _heard(claim, "released", rows)


def cancel(claim: Claim) -> bool:
    ended = {"state": Job.State.CANCELED, "finished_at": Now(), "lease_until": None}
    return _heard(claim, "canceled", _held(claim).update(**ended))


# It becomes ready again with the next beat of any host, in its turn of that moment.
_WAITS_AGAIN = {
    "state": Job.State.WAITING,
    "ready": False,
    "available_at": Now(),
    "lease_until": None,
}


def _was_last(claim: Claim, mishap: Mishap) -> bool:
    return mishap.code == FailureCode.PERMANENT or claim.attempts >= rules_of(claim.kind).attempts


def _bury(claim: Claim, mishap: Mishap) -> bool:
    ended = {"state": Job.State.DEAD, "finished_at": Now(), "lease_until": None}
    words = {"error_code": mishap.code, "error_message": mishap.message}
    return _heard(claim, "dead", _held(claim).update(**ended, **words))


def _retry(claim: Claim, mishap: Mishap) -> bool:
    delay = max(mishap.not_before_seconds, _backoff_seconds(claim, mishap))
    waits = _WAITS_AGAIN | {"available_at": from_now(delay)}
    return _heard(claim, "retried", _held(claim).update(**waits))


def _backoff_seconds(claim: Claim, mishap: Mishap) -> float:
    if mishap.code == FailureCode.WORKER_LOST:
        return 0.0  # Its worker's death says nothing against the job.
    rules = rules_of(claim.kind)
    return delay_seconds(
        claim.attempts,
        base_seconds=rules.backoff_base_seconds,
        cap_seconds=rules.backoff_cap_seconds,
        fraction=random.random(),
    )


def _remember(claim: Claim, mishap: Mishap) -> None:
    Attempt.objects.create(
        job_id=claim.id,
        number=claim.attempts,
        code=mishap.code,
        error=mishap.error,
        traceback=mishap.traceback,
        host=claim.host,
        pid=claim.pid,
        started_at=claim.started_at,
        ended_at=Now(),
    )


def _held(claim: Claim) -> JobQuerySet:
    return Job.objects.running().filter(pk=claim.id, token=claim.token)


def _heard(claim: Claim, became: str, won: int) -> bool:
    if won:
        metrics.count("jobs", kind=claim.kind, state=became)
    else:
        logger.warning("late outcome dropped", extra={"job": claim.id, "token": claim.token})
    return bool(won)
