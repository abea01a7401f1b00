"""What did a remote model say of a content, or where is the job that asks it?"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from analysis.models.contents import Content
from ops.models import Job


class RemoteStatus(models.TextChoices):
    """Derived, never stored."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class RemoteAnswer(models.Model):
    """One task, asked of one model with one prompt: the signature tells them apart.

    It goes with its content, and no part of it is ever scored.
    """

    content = models.ForeignKey(Content, on_delete=models.CASCADE, related_name="remote_answers")
    task = models.CharField(max_length=20)
    signature = models.CharField(max_length=64)
    model = models.CharField(max_length=100)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    result = models.JSONField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content", "task", "signature"], name="one_remote_answer_per_question"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} of {self.content_id[:12]}"

    @property
    def status(self) -> RemoteStatus:
        if self.result is not None:
            return RemoteStatus.SUCCEEDED
        unfinished = {Job.State.WAITING, Job.State.RUNNING}
        if self.job is not None and self.job.state in unfinished:
            return RemoteStatus.PENDING
        return RemoteStatus.FAILED
