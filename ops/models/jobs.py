"""What waits, runs, or ended: the job table is the queue."""

from django.db import models
from django.db.models import Q


class Priority(models.IntegerChoices):
    """Lower goes first."""

    PREMIUM = 10
    FREE = 20
    ANONYMOUS = 30
    BATCH = 40


class Job(models.Model):
    """One piece of work. Unfinished jobs are unique by key."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"  # may be claimed from available_at on
        RUNNING = "running", "running"  # a worker holds a lease
        DONE = "done", "done"  # its work is finished
        DEAD = "dead", "dead"  # its last attempt failed
        CANCELED = "canceled", "canceled"  # nobody wants it any more

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    payload = models.JSONField(default=dict)
    client_key = models.CharField(max_length=80, blank=True)
    priority = models.SmallIntegerField(choices=Priority, default=Priority.FREE)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    available_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    token = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    host = models.CharField(max_length=120, blank=True)
    pid = models.PositiveIntegerField(null=True)
    errors = models.JSONField(default=list)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(state__in=["waiting", "running"]),
                name="one_unfinished_job_per_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
