"""What did a client use between two days?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum

from analysis.engine import ANALYZERS
from analysis.engine.profiles import BY_NAME
from analysis.models import UsageDay

ANALYZER = "analyzer"
GROUPS = ("day", "profile", ANALYZER)
_COUNTS = ("calls", "analyses", "cached", "units", "errors")
_SUMS = {name: Sum(name, default=0) for name in _COUNTS}

Counts = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """Both days are part of it."""

    first: date
    last: date
    group_by: tuple[str, ...]


def usage_of(client_key: str, question: Question) -> dict[str, Any]:
    rows = UsageDay.objects.filter(
        client_key=client_key, day__gte=question.first, day__lte=question.last
    )
    groups = _by_analyzer if ANALYZER in question.group_by else _by_columns
    return {
        "object": "usage",
        "from": question.first,
        "to": question.last,
        "group_by": question.group_by,
        "data": [_shown(group) for group in groups(rows, question.group_by)],
        "total": _shown(rows.aggregate(**_SUMS)),
    }


def _by_columns(rows: QuerySet[UsageDay], group_by: tuple[str, ...]) -> Iterable[Counts]:
    if not group_by:
        return ()
    return rows.values(*group_by).annotate(**_SUMS).order_by(*group_by)


def _by_analyzer(rows: QuerySet[UsageDay], group_by: tuple[str, ...]) -> Iterable[Counts]:
    """An analysis counts for each analyzer that ran in it: together they exceed the total."""
    found: dict[tuple[Any, ...], Counts] = defaultdict(lambda: dict.fromkeys(_COUNTS, 0))
    for sums in rows.values("day", "profile", "analyzers").annotate(**_SUMS):
        row: Counts = dict(sums)
        for analyzer in _ran_in(row):
            of = row | {ANALYZER: analyzer}
            counts = found[tuple(of[name] for name in group_by)]
            for name in _COUNTS:
                counts[name] += row[name]
    return [dict(zip(group_by, key, strict=True)) | found[key] for key in sorted(found)]


def _ran_in(row: Counts) -> list[str]:
    if row["analyzers"]:
        return str(row["analyzers"]).split(",")
    profile = BY_NAME.get(row["profile"])
    return [a.id for a in ANALYZERS if profile.runs(a.id)] if profile else []


def _shown(counts: Counts) -> Counts:
    analyses = counts["analyses"]
    return counts | {"cache_share": round(counts["cached"] / analyses, 4) if analyses else None}
