"""Whose wish for a report is it, and how does it stand?"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import Count, Q
from django.db.models.fields.json import KeyTransform
from django.utils import timezone
from django.utils.functional import cached_property

from analysis.models.batches import Batch
from analysis.models.contents import Content, Report
from analysis.models.names import unguessable
from ops import queue
from ops.models import Job


def new_public_id() -> str:
    """Whoever holds it may read an anonymous analysis."""
    return unguessable("an_")


class Status(models.TextChoices):
    """What a client sees. Derived, never stored."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELED = "canceled"
    EXPIRED = "expired"  # its job or report is gone by retention


_STATUS_OF_JOB = {
    Job.State.WAITING: Status.QUEUED,
    Job.State.RUNNING: Status.RUNNING,
    Job.State.DEAD: Status.FAILED,
    Job.State.CANCELED: Status.CANCELED,
}


def _has(status: Status) -> Q:
    """`Analysis.status` as a question to the database."""
    taken_back = Q(canceled_at__isnull=False)
    if status is Status.SUCCEEDED:
        return ~taken_back & Q(content__report__isnull=False)
    unreported = ~taken_back & Q(content__report__isnull=True)
    if status is Status.EXPIRED:
        return unreported & (Q(job=None) | ~Q(job__state__in=_STATUS_OF_JOB))
    states = [state for state, seen in _STATUS_OF_JOB.items() if seen is status]
    found = unreported & Q(job__state__in=states)
    return found | taken_back if status is Status.CANCELED else found


class AnalysisQuerySet(models.QuerySet["Analysis"]):
    def of(self, client_key: str) -> AnalysisQuerySet:
        return self.filter(client_key=client_key)

    def visible_to(self, client_key: str) -> AnalysisQuerySet:
        """A client's own, and anonymous ones: to know their id is to have made them."""
        return self.filter(Q(client_key=client_key) | Q(client_key__startswith="address:"))

    def in_view(self) -> AnalysisQuerySet:
        """With all that a status or a summary needs, without the texts."""
        return self.select_related("content__report", "job", "batch").defer(
            "content__source", "content__report__body"
        )

    def labelled(self, name: str, value: str) -> AnalysisQuerySet:
        # Not metadata__name=…: a client's label may read like a lookup.
        return self.alias(label=KeyTransform(name, "metadata")).filter(label=value)

    def with_status(self, status: Status) -> AnalysisQuerySet:
        return self.filter(_has(status))

    def counts(self) -> dict[Status, int]:
        """How many have which status, those without any left out."""
        found = self.aggregate(**{status: Count("pk", filter=_has(status)) for status in Status})
        return {status: found[status] for status in Status if found[status]}

    def counts_by_batch(self) -> dict[int, dict[Status, int]]:
        rows = self.values("batch").annotate(
            **{status: Count("pk", filter=_has(status)) for status in Status}
        )
        return {row["batch"]: {status: row[status] for status in Status} for row in rows}

    def unsettled(self) -> AnalysisQuerySet:
        """Those whose client still waits."""
        return self.filter(
            canceled_at=None,
            content__report__isnull=True,
            job__state__in=[Job.State.WAITING, Job.State.RUNNING],
        )

    def untold(self) -> AnalysisQuerySet:
        return self.filter(untold=True)

    def of_jobs(self, jobs: Iterable[int]) -> AnalysisQuerySet:
        return self.filter(job__in=jobs)


class Analysis(models.Model):
    """One client's wish for a report.

    It has no status of its own: it is done when its content has a report, else it is where its
    job is. Only its client's word that it is not wanted any more is its own: the job may go on
    for others.
    """

    public_id = models.CharField(max_length=25, unique=True, default=new_public_id)
    client_key = models.CharField(max_length=80)
    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="analyses")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    fingerprint = models.CharField(max_length=64)
    metadata = models.JSONField(default=dict)
    remote = models.JSONField(default=list)  # what a remote model is to be asked, by name
    batch = models.ForeignKey(
        Batch, on_delete=models.CASCADE, null=True, blank=True, related_name="analyses"
    )
    custom_id = models.CharField(max_length=64, blank=True)  # how its client names it in the batch
    created_at = models.DateTimeField(default=timezone.now)
    canceled_at = models.DateTimeField(null=True, blank=True)
    # Its end is not yet on its way to followers. The database says so too, so that the version
    # before this one can go on inserting.
    untold = models.BooleanField(default=True, db_default=True)

    objects = AnalysisQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "analyses"
        indexes = [
            models.Index(fields=["client_key", "-id"], name="analysis_by_client"),
            models.Index(fields=["id"], condition=Q(untold=True), name="analysis_untold"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["client_key", "fingerprint"], name="one_analysis_per_wish"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def report(self) -> Report | None:
        return getattr(self.content, "report", None)

    @property
    def status(self) -> Status:
        if self.canceled_at is not None:
            return Status.CANCELED
        if self.report is not None:
            return Status.SUCCEEDED
        if self.job is None:
            return Status.EXPIRED
        return _STATUS_OF_JOB.get(Job.State(self.job.state), Status.EXPIRED)

    @property
    def is_done(self) -> bool:
        return self.status is Status.SUCCEEDED

    @property
    def is_settled(self) -> bool:
        """Nothing will change by itself any more."""
        return self.status not in {Status.QUEUED, Status.RUNNING}

    @cached_property
    def prospect(self) -> queue.Prospect | None:
        """Where its job stands in line; looked at once."""
        waits = self.job is not None and self.status is Status.QUEUED
        return queue.prospect(self.job) if waits and self.job else None

    @property
    def needs_new_run(self) -> bool:
        return self.is_settled and not self.is_done
