"""How does a batch stand? Counted from its analyses at the moment of asking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.http import HttpRequest
from django.urls import reverse

from analysis.models import Analysis, Batch, Status
from ops import queue
from ops.models import Job
from ops.problems import absolute_url

_SLOWEST_POLL_SECONDS = 30


@dataclass(frozen=True)
class Standing:
    """Those that were erased since count as expired."""

    batch: Batch
    counts: dict[Status, int]

    def of(self, status: Status) -> int:
        return self.counts.get(status, 0)

    @property
    def processing(self) -> int:
        return self.of(Status.QUEUED) + self.of(Status.RUNNING)

    @property
    def has_ended(self) -> bool:
        return not self.processing

    @property
    def expired(self) -> int:
        others = sum(self.counts.values()) - self.of(Status.EXPIRED)
        return self.batch.size - others

    @property
    def progress(self) -> float:
        return round(1 - self.processing / self.batch.size, 4)


def standing_of(batch: Batch) -> Standing:
    return Standing(batch, batch.analyses.counts())


def standings_of(batches: Sequence[Batch]) -> list[Standing]:
    counts = Analysis.objects.filter(batch__in=batches).counts_by_batch()
    return [Standing(batch, counts.get(batch.pk, {})) for batch in batches]


def as_summary(standing: Standing, request: HttpRequest) -> dict[str, Any]:
    """As lists show it: without the time that is still needed."""
    batch = standing.batch
    return {
        "id": batch.public_id,
        "object": "batch",
        "processing_status": "ended" if standing.has_ended else "in_progress",
        "request_counts": {
            "processing": standing.processing,
            "succeeded": standing.of(Status.SUCCEEDED),
            "errored": standing.of(Status.FAILED),
            "canceled": standing.of(Status.CANCELED),
            "expired": standing.expired,
        },
        "progress": standing.progress,
        "created_at": batch.created_at,
        "canceled_at": batch.canceled_at,
        "metadata": batch.metadata,
        "urls": _urls(batch, request),
    }


def as_object(standing: Standing, request: HttpRequest) -> dict[str, Any]:
    """`eta`: seconds until the last of its jobs has probably ended."""
    return as_summary(standing, request) | {
        "ended_at": _ended_at(standing.batch) if standing.has_ended else None,
        "eta": None if standing.has_ended else _eta_seconds(standing.batch),
    }


def retry_after_seconds(eta_seconds: int | None) -> int:
    return max(1, min(eta_seconds or 1, _SLOWEST_POLL_SECONDS))


def location(batch: Batch, request: HttpRequest) -> str:
    return absolute_url(request, reverse("analysis:batch", args=[batch.public_id]))


def _urls(batch: Batch, request: HttpRequest) -> dict[str, str]:
    def url(name: str) -> str:
        return absolute_url(request, reverse(f"analysis:{name}", args=[batch.public_id]))

    return {
        "self": location(batch, request),
        "cancel": url("batch-cancel"),
        "results": url("batch-results"),
    }


def _ended_at(batch: Batch) -> datetime:
    """What was known before ended when the batch was made."""
    ends = ("content__report__created_at", "job__finished_at", "canceled_at")
    last = batch.analyses.aggregate(**{f"end{n}": Max(end) for n, end in enumerate(ends)})
    return max([batch.created_at, *(moment for moment in last.values() if moment)])


def _eta_seconds(batch: Batch) -> int | None:
    jobs = Job.objects.unfinished().filter(pk__in=batch.analyses.values("job"))
    last = jobs.order_by("-fair_tag", "-pk").first()
    return queue.eta_seconds(last) if last else None
