"""How does a worker do one job, and tell how it went?"""

from __future__ import annotations

import logging
import random
import time
import traceback
from collections.abc import Callable
from functools import partial

from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError, connections

from ops import metrics
from ops.models import FailureCode, Job
from ops.queue import outcomes, session, steps
from ops.queue.claims import Claim
from ops.queue.errors import NotYet, PermanentError, RetryLater
from ops.queue.handlers import call_for
from ops.queue.interrupts import Interrupted, SoftTimeout, interruptible
from ops.queue.outcomes import Mishap
from ops.queue.rules import rules_of

logger = logging.getLogger(__name__)

UNEXPECTED = "Something went wrong on our side."


Outcome = Callable[[], bool]
Patience = Callable[[], bool]
"""Whether to go on trying."""


def perform(claim: Claim, *, may_go_on: Patience) -> None:
    """Does the job, and tells how it went."""
    tell(attempt(claim) or partial(outcomes.finish, claim), may_go_on)


def attempt(claim: Claim) -> Outcome | None:
    """What is to be told of the job; None when it is done."""
    started = time.perf_counter()
    outcome = _outcome_of(claim)
    metrics.observe("job_run_seconds", time.perf_counter() - started, kind=claim.kind)
    metrics.observe("job_wait_seconds", claim.waited_seconds, kind=claim.kind)
    return outcome


def tell(outcome: Outcome, may_go_on: Patience) -> bool:
    """Until the database has heard it. If it cannot, the lease ends and another worker claims."""
    while True:
        try:
            outcome()
        except (OperationalError, InterfaceError) as error:
            rest_without_database(error)
            if not may_go_on():
                return False
        else:
            return True


def rest_without_database(error: DatabaseError) -> None:
    logger.warning("database is away", extra={"error": str(error)})
    connections.close_all()
    session.current().close()
    time.sleep(random.uniform(0.2, 2.0))


def _outcome_of(claim: Claim) -> Outcome | None:
    if claim.expired:
        return lambda: outcomes.cancel(claim)
    try:
        _run(claim)
    except Interrupted:
        _drop_connections()
        return lambda: _give_way(claim)
    except NotYet as turn:
        seconds = turn.seconds
        return lambda: outcomes.release(claim, after_seconds=seconds)
    except SoftTimeout as error:
        _drop_connections()
        mishap = _timed_out(claim, error)
    except (PermanentError, RetryLater) as error:
        is_final = isinstance(error, PermanentError)
        code = FailureCode.PERMANENT if is_final else FailureCode.ERROR
        mishap = _mishap(code, error, message=str(error))
    except Exception as error:  # noqa: BLE001 - the boundary around a job
        mishap = _mishap(FailureCode.ERROR, error, message=UNEXPECTED)
    else:
        return None
    logger.warning("job failed", extra={"job": claim.id, "kind": claim.kind, "error": mishap.error})
    return lambda: outcomes.fail(claim, mishap)


def _run(claim: Claim) -> None:
    steps.starts(claim)
    try:
        with interruptible(rules_of(claim.kind).soft_timeout_seconds):
            call_for(claim.kind, claim.payload)()
    finally:
        steps.ends()


def _drop_connections() -> None:
    """An interrupt may have cut a query in two; that connection is not to be trusted again."""
    connections.close_all()


def _give_way(claim: Claim) -> bool:
    wanted = Job.objects.filter(pk=claim.id, token=claim.token, cancel_requested_at=None)
    return outcomes.release(claim) if wanted.exists() else outcomes.cancel(claim)


def _timed_out(claim: Claim, error: SoftTimeout) -> Mishap:
    seconds = rules_of(claim.kind).soft_timeout_seconds
    return _mishap(FailureCode.TIMEOUT, error, message=f"It took longer than {seconds:g} seconds.")


def _mishap(code: FailureCode, error: BaseException, *, message: str) -> Mishap:
    return Mishap(
        code=code,
        error=f"{type(error).__name__}: {error}".removesuffix(": "),
        message=message,
        traceback="".join(traceback.format_exception(error)),
        not_before_seconds=error.seconds if isinstance(error, RetryLater) else 0.0,
    )
