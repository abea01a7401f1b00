"""What does the job do that a submitted address makes? It puts the page in the address' place."""

from __future__ import annotations

import hashlib
import random

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from analysis import remote, reports
from analysis.addresses import as_request
from analysis.engine import AnalysisRequest, report_key
from analysis.fetching.page import fetch
from analysis.models import Analysis, Content
from analysis.tasks import job_key
from ops import queue
from ops.maintenance.state import is_closed
from ops.models import Job
from ops.queue import RetryLater

KIND = "fetch"


def run_fetch(content: str) -> None:
    """Nothing is left to do when it is called again, or when nobody wants the page any more."""
    row = Content.objects.filter(pk=content).first()
    if row is None:
        return
    if not _wishes(row):
        row.delete()
        return
    now = timezone.now()
    if window := is_closed("url_fetch", now):
        seconds = window.retry_after_seconds(now, dice=random.random())
        raise RetryLater(seconds, "The fetching of addresses is closed for maintenance.")
    queue.take_turn(KIND, job_key(content), at_once=settings.URL_FETCH_AT_ONCE)
    page = fetch(row.source)
    _put_in_place(row, as_request(row, page.text, page.format, page.url))


def _put_in_place(address: Content, request: AnalysisRequest) -> None:
    """One transaction: an analysis has either the address and the job that fetches it, or the text
    and its report or the job that makes it."""
    key = report_key(request)
    with transaction.atomic():
        wishes = _wishes(address)
        if wishes:
            Content.objects.bulk_create([Content.of(request, key)], ignore_conflicts=True)
        for analysis in wishes:
            Analysis.objects.filter(pk=analysis.pk).update(
                content_id=key,
                fingerprint=_fingerprint(key, analysis.public_id),
                job=None if reports.exists(key) else _analysing_job(key, analysis.job),
            )
        if reports.exists(key):
            remote.place_orders(key)
        Content.objects.filter(pk=address.pk).delete()


def _wishes(address: Content) -> list[Analysis]:
    """One, unless it was erased, or came twice in the same moment."""
    return list(Analysis.objects.filter(content=address).select_related("job"))


def _fingerprint(key: str, public_id: str) -> str:
    """Like no other: who submits the address again wants the page as it is then."""
    return hashlib.sha256(f"{key} fetched for {public_id}".encode()).hexdigest()


def _analysing_job(key: str, fetching: Job | None) -> Job | None:
    if fetching is None:
        return None
    return queue.enqueue(
        "analysis",
        key=job_key(key),
        payload={"content": key},
        priority=queue.Priority(fetching.priority),
        client_key=fetching.client_key,
    )
