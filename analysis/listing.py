"""Which of its own does a client ask to see, and where does the next page begin?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.core import signing
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from analysis.hints import bad_parameter, check_parameters
from analysis.models import Analysis, AnalysisQuerySet, Batch, BatchQuerySet, Status
from ops.models import WebhookDelivery
from ops.problems import ProblemError

MAX_LIMIT = 100
_DEFAULT_LIMIT = 20
_OF_ANALYSES = ("limit", "cursor", "status", "profile", "type", "batch", "created_after", "fields")
_OF_BATCHES = ("limit", "cursor", "created_after")
_OF_DELIVERIES = ("limit", "cursor", "status", "subject")

T = TypeVar("T", bound=Model)


@dataclass(frozen=True)
class Page(Generic[T]):
    """Newest first. The next cursor is None on the last page."""

    rows: list[T]
    next_cursor: str | None


def page_of_analyses(analyses: AnalysisQuerySet, wanted: QueryDict) -> Page[Analysis]:
    return _page(_filtered(analyses, wanted).in_view(), wanted, "analyses")


def page_of_batches(batches: BatchQuerySet, wanted: QueryDict) -> Page[Batch]:
    check_parameters(wanted, _OF_BATCHES)
    if moment := wanted.get("created_after"):
        batches = batches.filter(created_at__gt=_moment(moment))
    return _page(batches, wanted, "batches")


def page_of_deliveries(
    deliveries: QuerySet[WebhookDelivery], wanted: QueryDict
) -> Page[WebhookDelivery]:
    check_parameters(wanted, _OF_DELIVERIES)
    if status := wanted.get("status"):
        if status not in WebhookDelivery.State.values:
            raise bad_parameter(
                "status", f"It takes one of {', '.join(WebhookDelivery.State.values)}."
            )
        deliveries = deliveries.filter(state=status)
    if subject := wanted.get("subject"):
        deliveries = deliveries.filter(message__subject=subject)
    return _page(deliveries, wanted, "deliveries")


def _page(found: QuerySet[T], wanted: QueryDict, kind: str) -> Page[T]:
    limit = _limit(wanted.get("limit", str(_DEFAULT_LIMIT)))
    if cursor := wanted.get("cursor"):
        found = found.filter(pk__lt=_opened(cursor, kind))
    rows = list(found.order_by("-pk")[: limit + 1])
    more = len(rows) > limit
    return Page(rows[:limit], _cursor(rows[limit - 1].pk, kind) if more else None)


def _filtered(analyses: AnalysisQuerySet, wanted: QueryDict) -> AnalysisQuerySet:
    labels = [name for name in wanted if name.startswith("metadata[") and name.endswith("]")]
    check_parameters(set(wanted) - set(labels), (*_OF_ANALYSES, "metadata[name]"))
    for name in labels:
        analyses = analyses.labelled(name[len("metadata[") : -1], str(wanted[name]))
    if status := wanted.get("status"):
        analyses = analyses.with_status(_status(status))
    if profile := wanted.get("profile") or wanted.get("type"):
        analyses = analyses.filter(content__profile=profile)
    if batch := wanted.get("batch"):
        analyses = analyses.filter(batch__public_id=batch)
    if moment := wanted.get("created_after"):
        analyses = analyses.filter(created_at__gt=_moment(moment))
    return analyses


def _limit(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise bad_parameter("limit", f"It takes a whole number from 1 to {MAX_LIMIT}.")
    return min(int(text), MAX_LIMIT)


def _status(text: str) -> Status:
    if text not in Status.values:
        raise bad_parameter("status", f"It takes one of {', '.join(Status.values)}.")
    return Status(text)


def _moment(text: str) -> datetime:
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise bad_parameter(
            "created_after", "It takes a time with its zone, such as 2026-01-31T12:00:00Z."
        )
    return moment


def _cursor(pk: int, kind: str) -> str:
    return signing.dumps(pk, salt=f"{kind}.cursor")


def _opened(cursor: str, kind: str) -> int:
    try:
        return int(signing.loads(cursor, salt=f"{kind}.cursor"))
    except (signing.BadSignature, ValueError) as error:
        raise ProblemError("bad_cursor") from error
