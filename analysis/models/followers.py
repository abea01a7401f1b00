"""Whom did a submission ask us to tell?"""

from django.db import models

from analysis.models.analyses import Analysis
from ops.models import WebhookEndpoint


class Follower(models.Model):
    """An address named by a submission; gone once it is told."""

    analysis = models.ForeignKey(Analysis, on_delete=models.CASCADE, related_name="followers")
    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="+")
    url = models.CharField(max_length=2048)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["analysis", "url"], name="one_follower_per_address"),
        ]

    def __str__(self) -> str:
        return self.url
