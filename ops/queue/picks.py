"""Which waiting job is the best one for a worker of this installation's region?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from ops.queue import session
from ops.queue.dialect import dialect


@dataclass(frozen=True)
class Pick:
    where: str
    params: list[Any]
    order: str


BEST_FIRST = "priority, fair_tag, id"
OLDEST_FIRST = "available_at, id"
NOT_PAUSED = "kind NOT IN (SELECT kind FROM ops_pause)"
# The comparison lets SQLite seek in the index of waiting times, which it otherwise reads whole.
_SINCE_LONG = "ready = TRUE AND available_at <"


def picks(*, overdue_first: bool) -> Iterator[Pick]:
    """To be tried one after the other, until one finds a job."""
    own = settings.OPS_REGION
    if overdue_first:
        patience = -settings.OPS_AGEING.total_seconds()
        waited = f"{_SINCE_LONG} {dialect().in_seconds} AND region IN ('', %s)"
        yield Pick(waited, [patience, own], OLDEST_FIRST)
    yield Pick("region = %s", [_best_region(own)], BEST_FIRST)
    patience = -settings.OPS_SPILL_OVER.total_seconds()
    stranger = "region <> '' AND region <> %s AND NOT pinned"
    waited = f"{_SINCE_LONG} {dialect().in_seconds} AND {stranger}"
    yield Pick(waited, [patience, own], OLDEST_FIRST)


def _best_region(own: str) -> str:
    """Whose first job goes first: one look per region, so that each stays a walk of its index."""
    if not own:
        return own
    first = (
        "SELECT * FROM (SELECT region, priority, fair_tag, id FROM ops_job"
        f" WHERE state = 'waiting' AND ready AND region = %s AND {NOT_PAUSED}"
        f" ORDER BY {BEST_FIRST} LIMIT 1) line"
    )
    best = f"SELECT region FROM ({first} UNION ALL {first}) firsts ORDER BY {BEST_FIRST} LIMIT 1"
    found = session.current().ask(best, [own, ""])
    return str(found[0][0]) if found else own
