"""How does the line of waiting jobs move on with time?"""

from __future__ import annotations

from django.db import connection
from django.db.models.functions import Now

from ops.models import Job
from ops.queue import wake
from ops.queue.dialect import dialect

AT_ONCE = 500


def advance() -> None:
    make_ready()
    drop_expired()


def make_ready() -> int:
    """Lets jobs whose time has come into the line, at the place whose turn it is now."""
    # IN, not `ready=False`: SQLite cannot seek in an index for NOT ready.
    due = Job.objects.waiting().filter(ready__in=[False], available_at__lte=Now())
    if not due.exists():
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH due AS MATERIALIZED (SELECT id FROM ops_job WHERE state = 'waiting'"
            f" AND ready = FALSE AND available_at <= {dialect().now} ORDER BY available_at"
            f" LIMIT {AT_ONCE} {dialect().skip_locked})"
            " UPDATE ops_job SET ready = TRUE, fair_tag = COALESCE((SELECT MIN(line.fair_tag)"
            " FROM ops_job line WHERE line.state = 'waiting' AND line.ready"
            " AND line.region = ops_job.region AND line.priority = ops_job.priority), 0)"
            " WHERE id IN (SELECT id FROM due) RETURNING id",
            [],
        )
        made_ready = len(cursor.fetchall())
    wake.ring_on_commit()
    return made_ready


def drop_expired() -> int:
    """Nobody waits for them any more."""
    expired = Job.objects.waiting().filter(expires_at__lte=Now()).values("pk")[:AT_ONCE]
    if not expired.exists():
        return 0
    dropped = Job.objects.waiting().filter(pk__in=list(expired.values_list("pk", flat=True)))
    return dropped.update(state=Job.State.CANCELED, finished_at=Now())
