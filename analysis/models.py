"""Which content was submitted, by whom, and what was found in it?"""

from __future__ import annotations

import secrets
import string

from django.db import models
from django.utils import timezone

from ops.models import Job

_ALPHABET = string.ascii_letters + string.digits


def new_public_id() -> str:
    """An unguessable name (131 random bits): whoever holds it may read an anonymous analysis."""
    return "an_" + "".join(secrets.choice(_ALPHABET) for _ in range(22))


class Content(models.Model):
    """One exact text with the options it is analysed under; all who submit it share this row.

    The key is the engine's report key: equal keys mean equal reports.
    """

    key = models.CharField(max_length=64, primary_key=True)
    source = models.TextField()
    format = models.CharField(max_length=10)
    language = models.CharField(max_length=10, blank=True)
    profile = models.CharField(max_length=20)
    meta = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "contents"

    def __str__(self) -> str:
        return self.key[:12]


class Report(models.Model):
    """What the engine said of a content: canonical JSON, byte for byte as the engine wrote it."""

    content = models.OneToOneField(Content, on_delete=models.CASCADE, primary_key=True)
    body = models.TextField()
    engine = models.CharField(max_length=40)
    language = models.CharField(max_length=10, blank=True)
    score = models.FloatField(null=True)
    words = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.content_id[:12]


class Analysis(models.Model):
    """One client's wish for a report.

    It has no status of its own: it is done when its content has a report, else it is where its
    job is.
    """

    public_id = models.CharField(max_length=25, unique=True, default=new_public_id)
    client_key = models.CharField(max_length=80)
    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="analyses")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    fingerprint = models.CharField(max_length=64)
    metadata = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "analyses"
        indexes = [models.Index(fields=["client_key", "-id"], name="analysis_by_client")]
        constraints = [
            models.UniqueConstraint(
                fields=["client_key", "fingerprint"], name="one_analysis_per_wish"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
