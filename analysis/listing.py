"""Which analyses does a client ask to see, and where does the next page begin?"""

from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from analysis.models import Analysis, AnalysisQuerySet, Status
from ops.problems import ProblemError

MAX_LIMIT = 100
_DEFAULT_LIMIT = 20
_PARAMETERS = ("limit", "cursor", "status", "profile", "created_after", "fields")


@dataclass(frozen=True)
class Page:
    """Newest first. The next cursor is None on the last page."""

    analyses: list[Analysis]
    next_cursor: str | None


def page_of(analyses: AnalysisQuerySet, wanted: QueryDict) -> Page:
    limit = _limit(wanted.get("limit", str(_DEFAULT_LIMIT)))
    found = _filtered(analyses, wanted)
    if cursor := wanted.get("cursor"):
        found = found.filter(pk__lt=_opened(cursor))
    rows = list(found.in_view().order_by("-pk")[: limit + 1])
    more = len(rows) > limit
    return Page(rows[:limit], _cursor(rows[limit - 1].pk) if more else None)


def _filtered(analyses: AnalysisQuerySet, wanted: QueryDict) -> AnalysisQuerySet:
    for name in wanted:
        if name.startswith("metadata[") and name.endswith("]"):
            analyses = analyses.labelled(name[len("metadata[") : -1], str(wanted[name]))
        elif name not in _PARAMETERS:
            raise _bad(name, f"Known: {', '.join(_PARAMETERS)}, metadata[name].")
    if status := wanted.get("status"):
        analyses = analyses.with_status(_status(status))
    if profile := wanted.get("profile"):
        analyses = analyses.filter(content__profile=profile)
    if moment := wanted.get("created_after"):
        analyses = analyses.filter(created_at__gt=_moment(moment))
    return analyses


def _limit(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise _bad("limit", f"It takes a whole number from 1 to {MAX_LIMIT}.")
    return min(int(text), MAX_LIMIT)


def _status(text: str) -> Status:
    if text not in Status.values:
        raise _bad("status", f"It takes one of {', '.join(Status.values)}.")
    return Status(text)


def _moment(text: str) -> datetime:
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise _bad("created_after", "It takes a time with its zone, such as 2026-01-31T12:00:00Z.")
    return moment


def _cursor(pk: int) -> str:
    return signing.dumps(pk, salt="analyses.cursor")


def _opened(cursor: str) -> int:
    try:
        return int(signing.loads(cursor, salt="analyses.cursor"))
    except (signing.BadSignature, ValueError) as error:
        raise ProblemError("bad_cursor") from error


def _bad(name: str, hint: str) -> ProblemError:
    return ProblemError("bad_parameter", f"The parameter '{name}' is not valid. {hint}")
