"""What did a client use between two days?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum

from analysis.models import UsageDay

GROUPS = ("day", "profile")
_COUNTS = ("calls", "analyses", "cached", "units", "errors")


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
    sums = {name: Sum(name, default=0) for name in _COUNTS}
    groups = rows.values(*question.group_by).annotate(**sums).order_by(*question.group_by)
    return {
        "object": "usage",
        "from": question.first,
        "to": question.last,
        "group_by": question.group_by,
        "data": [_shown(group) for group in groups] if question.group_by else [],
        "total": _shown(rows.aggregate(**sums)),
    }


def _shown(counts: dict[str, Any]) -> dict[str, Any]:
    analyses = counts["analyses"]
    return counts | {"cache_share": round(counts["cached"] / analyses, 4) if analyses else None}
