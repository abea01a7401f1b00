"""Which requests were answered already, and how?"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from analysis.models.analyses import Analysis


class IdempotencyRecord(models.Model):
    """One request that its client has named. It has no status while it is being worked on.

    It goes with what it made: erased content must not live on in an answer.
    """

    client_key = models.CharField(max_length=80)
    path = models.CharField(max_length=100)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    # Who works on it: a request that died is taken over when its claim is old.
    claimed_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    has_report = models.BooleanField(default=False)  # left out of the body: the table has it
    analysis = models.ForeignKey(Analysis, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="idempotency_by_age")]
        constraints = [
            models.UniqueConstraint(
                fields=["client_key", "path", "key"], name="one_answer_per_idempotency_key"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.key[:40]}"
