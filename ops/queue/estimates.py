"""How long will a waiting job still wait?"""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.db import connection
from django.db.models import Avg, DurationField, ExpressionWrapper, F
from django.utils import timezone

from ops.models import Job, WorkerHost
from ops.overload.watch import watch
from ops.queue.rows import Value

# Beyond this many jobs ahead the exact place tells nobody anything.
COUNTED_AT_MOST = 1000
RECENT_JOBS = 20
# What a job takes as long as none of its kind has ended.
GUESSED_SECONDS = 1.0


def position(job: Job) -> int | None:
    """The place among the waiting, from 1, counted up to 1,000; None when it does not wait."""
    if job.state != Job.State.WAITING:
        return None
    place = place_of(job, fair_tag=Value("%s", [job.fair_tag]), pk=Value("%s", [job.pk]))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {place.sql}", place.params)
        return int(cursor.fetchone()[0])


def place_of(job: Job, *, fair_tag: Value, pk: Value) -> Value:
    """To be read together with something else: its place, as `position` has it.

    Each submission asks: making these words of a QuerySet takes longer than the answer.
    """
    return Value(
        "(SELECT 1 + COUNT(*) FROM (SELECT 1 FROM ops_job"
        " WHERE state = 'waiting' AND ready AND region = %s AND (priority < %s"
        f" OR (priority = %s AND (fair_tag, id) < ({fair_tag.sql}, {pk.sql}))) LIMIT %s) AS ahead)",
        [job.region, job.priority, job.priority, *fair_tag.params, *pk.params, COUNTED_AT_MOST],
    )


def eta_seconds(job: Job) -> int | None:
    """Seconds until the job has probably ended; None when it has, or when nobody works."""
    return prospect(job).eta_seconds


@dataclass(frozen=True)
class Prospect:
    position: int | None
    eta_seconds: int | None


def prospect(job: Job) -> Prospect:
    """Both at once: one look at the line."""
    return prospect_from(job, position(job))


def prospect_from(job: Job, place: int | None) -> Prospect:
    """Of whose place is known already."""
    return Prospect(place, _eta_seconds(job, place or 1))


def _eta_seconds(job: Job, place: int) -> int | None:
    if not job.is_unfinished:
        return None
    # Web processes look at the queue once a second anyway.
    known = watch.queue
    workers = known.workers if known else WorkerHost.objects.workers_alive()
    if not workers:
        return None
    each = known.seconds_each if known else _usual_seconds(job.kind)
    rounds = math.ceil(place / workers)
    delay = (job.available_at - timezone.now()).total_seconds() if not job.ready else 0.0
    return max(1, math.ceil(max(0.0, delay) + rounds * each))


def _usual_seconds(kind: str) -> float:
    took = ExpressionWrapper(F("finished_at") - F("started_at"), output_field=DurationField())
    done = Job.objects.filter(kind=kind, state=Job.State.DONE, started_at__isnull=False)
    recent = done.order_by("-finished_at").annotate(took=took)[:RECENT_JOBS]
    average = recent.aggregate(average=Avg("took"))["average"]
    return average.total_seconds() if average else GUESSED_SECONDS
