"""What does a client see of an analysis?"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import orjson
from django.http import HttpRequest
from django.urls import reverse

from analysis.models import Analysis, Status
from analysis.retention import kept_until
from ops.models import FailureCode
from ops.problems import CATALOGUE, absolute_url

MEMBERS = (
    "id", "object", "status", "progress", "queue", "cached", "degraded", "created_at", "started_at",
    "finished_at", "expires_at", "input", "error", "batch", "metadata", "urls",
    "results", "corpus", "remote",
)  # fmt: skip
_SLOWEST_POLL_SECONDS = 30


@dataclass(frozen=True)
class Beside:
    """What is told beside the report, and is no part of it."""

    corpus: str | None = None
    remote: dict[str, Any] | None = None


def as_object(
    summary: dict[str, Any], body: str | None, beside: Beside | None = None
) -> dict[str, Any]:
    """The analysis with its report, which stays the JSON text it is, and what lies outside it."""
    corpus = beside.corpus if beside else None
    return summary | {
        "results": orjson.Fragment(body) if body else None,
        "corpus": orjson.Fragment(corpus) if corpus else None,
        "remote": beside.remote if beside else None,
    }


def as_summary(analysis: Analysis, request: HttpRequest) -> dict[str, Any]:
    """The analysis as lists show it: all but the report."""
    status, job = analysis.status, analysis.job
    report = analysis.report if analysis.is_done else None
    return {
        "id": analysis.public_id,
        "object": "analysis",
        "status": status,
        "progress": _progress(analysis),
        "queue": _place(analysis),
        "cached": report is not None and report.created_at <= analysis.created_at,
        "degraded": report.degraded if report else [],
        "created_at": analysis.created_at,
        "started_at": job.started_at if job else None,
        "finished_at": _finished_at(analysis),
        "expires_at": kept_until(analysis.created_at),
        "input": {
            "sha256": analysis.content.sha256,
            "chars": analysis.content.chars,
            "words": report.words if report else None,
            "format": analysis.content.format,
            "profile": analysis.content.profile,
            "url": analysis.content.meta.get("url") or None,
        },
        "error": _error(analysis, request),
        "batch": _batch(analysis),
        "metadata": analysis.metadata,
        "urls": urls_of(analysis.public_id, request),
    }


def _finished_at(analysis: Analysis) -> datetime | None:
    if analysis.canceled_at is not None:
        return analysis.canceled_at
    if analysis.report is not None:
        return analysis.report.created_at
    return analysis.job.finished_at if analysis.job else None


def _batch(analysis: Analysis) -> dict[str, str] | None:
    if analysis.batch is None:
        return None
    return {"id": analysis.batch.public_id, "custom_id": analysis.custom_id}


def urls_of(public_id: str, request: HttpRequest) -> dict[str, str]:
    canceling = reverse("analysis:analysis-cancel", args=[public_id])
    return {"self": location(public_id, request), "cancel": absolute_url(request, canceling)}


def location(public_id: str, request: HttpRequest) -> str:
    return absolute_url(request, reverse("analysis:analysis", args=[public_id]))


def retry_after_seconds(analysis: Analysis) -> int:
    """When a poll is worth its while: soon for what runs, by the queue's pace for what waits."""
    eta = analysis.prospect.eta_seconds if analysis.prospect else None
    return max(1, min(eta or 1, _SLOWEST_POLL_SECONDS))


def _progress(analysis: Analysis) -> dict[str, Any]:
    job = analysis.job
    if analysis.is_done or job is None or not job.progress_total:
        return {"done": int(analysis.is_done), "total": 1, "step": analysis.status}
    return {"done": job.progress_done, "total": job.progress_total, "step": job.progress_step}


def _place(analysis: Analysis) -> dict[str, int | None] | None:
    return asdict(analysis.prospect) if analysis.prospect else None


def _error(analysis: Analysis, request: HttpRequest) -> dict[str, Any] | None:
    if analysis.status is not Status.FAILED or analysis.job is None:
        return None
    failure = analysis.job.failure
    took_too_long = failure is not None and failure.code == FailureCode.TIMEOUT
    kind = CATALOGUE["timeout" if took_too_long else "analysis_failed"]
    return {
        "type": absolute_url(request, reverse("ops:error", args=[kind.code])),
        "title": kind.title,
        "status": kind.status,
        "code": kind.code,
        "reason": failure.code if failure else "error",
        "detail": failure.message if failure else kind.meaning,
    }
