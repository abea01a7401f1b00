"""What waits, runs, or ended: the job table is the queue."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Priority(models.IntegerChoices):
    """Lower goes first."""

    PREMIUM = 10
    FREE = 20
    ANONYMOUS = 30
    BATCH = 40


class FailureCode(models.TextChoices):
    """Why an attempt failed."""

    PERMANENT = "permanent"  # the work cannot succeed: bad input, unknown kind
    TIMEOUT = "timeout"  # it took longer than its kind may
    WORKER_LOST = "worker_lost"  # its worker died or fell silent
    ERROR = "error"  # it raised


@dataclass(frozen=True)
class Failure:
    """Why a job is dead, in words a client may read."""

    code: str
    message: str


class JobQuerySet(models.QuerySet["Job"]):
    def unfinished(self) -> JobQuerySet:
        return self.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])

    def waiting(self) -> JobQuerySet:
        return self.filter(state=Job.State.WAITING)

    def claimable(self) -> JobQuerySet:
        return self.waiting().filter(ready=True)

    def running(self) -> JobQuerySet:
        return self.filter(state=Job.State.RUNNING)

    def dead(self) -> JobQuerySet:
        return self.filter(state=Job.State.DEAD)


class Job(models.Model):
    """One piece of work. Unfinished jobs are unique by key."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"  # may be claimed once it is ready
        RUNNING = "running", "running"  # a worker holds a lease
        DONE = "done", "done"  # its work is finished
        DEAD = "dead", "dead"  # its last attempt failed
        CANCELED = "canceled", "canceled"  # nobody wants it any more

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    payload = models.JSONField(default=dict)
    client_key = models.CharField(max_length=80, blank=True)
    priority = models.SmallIntegerField(choices=Priority, default=Priority.FREE)
    # Where it should run, and whether it must: an empty region is everybody's.
    region = models.CharField(max_length=30, blank=True)
    pinned = models.BooleanField(default=False)
    # Its turn among the clients of its priority; lower goes first.
    fair_tag = models.FloatField(default=0.0)

    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    # Jobs that wait for their time stay out of the claim's index, or every claim would skip them.
    ready = models.BooleanField(default=True)
    available_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    cancel_requested_at = models.DateTimeField(null=True, blank=True)

    # Who holds it. The token names one claim: only its holder may finish, fail or report progress.
    attempts = models.PositiveSmallIntegerField(default=0)
    token = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    host = models.CharField(max_length=120, blank=True)
    pid = models.PositiveIntegerField(null=True, blank=True)

    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    progress_step = models.CharField(max_length=100, blank=True)
    error_code = models.CharField(max_length=20, blank=True)
    error_message = models.TextField(blank=True)

    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(state__in=["waiting", "running"]),
                name="one_unfinished_job_per_key",
            ),
        ]
        indexes = [
            models.Index(
                fields=["region", "priority", "fair_tag", "id"],
                condition=Q(state="waiting", ready=True),
                name="job_claim_order",
            ),
            models.Index(
                fields=["client_key", "priority", "fair_tag"],
                condition=Q(state="waiting"),
                name="job_turns_of_client",
            ),
            models.Index(
                fields=["ready", "available_at"],
                condition=Q(state="waiting"),
                name="job_waiting_since",
            ),
            models.Index(
                fields=["expires_at"],
                condition=Q(state="waiting", expires_at__isnull=False),
                name="job_expiring",
            ),
            models.Index(fields=["host", "pid"], condition=Q(state="running"), name="job_running"),
            models.Index(
                fields=["state", "finished_at"],
                condition=Q(state__in=["done", "dead", "canceled"]),
                name="job_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_unfinished(self) -> bool:
        return self.state in {Job.State.WAITING, Job.State.RUNNING}

    @property
    def failure(self) -> Failure | None:
        """Why it is dead; None for a job that may still succeed."""
        if self.state != Job.State.DEAD:
            return None
        return Failure(code=self.error_code, message=self.error_message)
