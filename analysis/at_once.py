"""How are a text that nobody knows, its job and its client's analysis stored in one statement?

Each statement is a trip to the database, for which a request waits its turn of the processor
twice. Three of them in a transaction are five trips; under load that is most of what a
submission takes.
"""

from __future__ import annotations

from django.db import connection

from analysis.models import Analysis, Content
from ops.queue import NewJob, Order, prospect_from
from ops.queue.dialect import is_postgresql
from ops.queue.estimates import place_of
from ops.queue.rows import Value, columns, expressions, mark_stored, params, values_of


def is_possible() -> bool:
    """SQLite inserts into one table only. It makes no trips either."""
    return is_postgresql()


def stored(content: Content, order: Order, analysis: Analysis) -> bool:
    """Nothing is stored when the content is known already, or an unfinished job of that key is.

    Whoever has an equal analysis keeps the content, so there is none when that is new. A job may
    outlive its content: what was erased while a worker had it.
    """
    job = NewJob(order, once_per="kept")
    of_content = values_of(content)
    of_analysis = values_of(analysis) | {"job_id": Value("placed.id", [])}
    place = place_of(job.job, fair_tag=Value("placed.fair_tag", []), pk=Value("placed.id", []))
    sql = (
        f"WITH kept AS (INSERT INTO analysis_content ({columns(of_content)})"
        f" SELECT {expressions(of_content)} WHERE NOT {job.is_under_way.sql}"
        " ON CONFLICT DO NOTHING RETURNING key),"
        f" placed AS ({job.sql})"
        f" INSERT INTO analysis_analysis ({columns(of_analysis)})"
        f" SELECT {expressions(of_analysis)} FROM placed"
        f" RETURNING id, job_id, (SELECT fair_tag FROM placed), (SELECT {place.sql} FROM placed)"
    )
    known = job.is_under_way.params
    given = [*params(of_content), *known, *job.params, *params(of_analysis), *place.params]
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        found = cursor.fetchone()
    if found is None:
        return False
    analysis.pk, job_id, fair_tag, in_line = found
    analysis.job = job.placed(job_id, fair_tag)
    analysis.prospect = prospect_from(analysis.job, in_line)
    mark_stored(content)
    mark_stored(analysis)
    return True
