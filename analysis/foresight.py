"""What would a submission cost, and how long would it take? Nothing is kept or queued."""

from __future__ import annotations

import math
from dataclasses import dataclass

from analysis import announcing, reports
from analysis.prices import units_of
from analysis.submission import Outcome, Wish, check_wish, priority_of
from analysis.tasks import job_key
from ops import queue
from ops.clients import AnyClient
from ops.models import Job
from ops.overload.admission import check_profile, check_room


@dataclass(frozen=True)
class Foresight:
    outcome: Outcome
    cost_units: int
    eta_seconds: int | None
    """Until the report is there; None when nobody works at the moment."""


def look_ahead(wish: Wish, client: AnyClient) -> Foresight:
    """Refuses what the submission itself would be refused for."""
    check_wish(wish, client)
    announcing.check(wish.webhook, client)
    outcome, job = _foreseen(wish, client)
    return Foresight(
        outcome=outcome,
        cost_units=units_of(wish.request),
        eta_seconds=queue.eta_seconds(job) if job else 0,
    )


def _foreseen(wish: Wish, client: AnyClient) -> tuple[Outcome, Job | None]:
    key = wish.key
    if reports.exists(key):
        return Outcome.HIT, None
    if job := Job.objects.unfinished().filter(key=job_key(key)).first():
        return Outcome.COALESCED, job
    priority = priority_of(client)
    check_profile(wish.request.profile)
    check_room(priority)
    return Outcome.MISS, Job(pk=0, kind="analysis", priority=priority, fair_tag=math.inf)
