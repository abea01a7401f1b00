"""How did the attempts of a job fail?"""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from ops.models.jobs import FailureCode, Job


class Attempt(models.Model):
    """One attempt that failed. An attempt that succeeds is told by the job itself."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="failed_attempts")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20, choices=FailureCode)
    error = models.TextField()
    traceback = models.TextField(blank=True)
    host = models.CharField(max_length=120, blank=True)
    pid = models.PositiveIntegerField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.job_id} attempt {self.number}: {self.code}"

    @property
    def duration(self) -> timedelta | None:
        return self.ended_at - self.started_at if self.started_at else None
