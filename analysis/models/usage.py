"""How much did each client use, day by day?"""

from __future__ import annotations

from django.db import models


class UsageDay(models.Model):
    """What one client asked for on one day (UTC) in one profile; no profile: it was refused
    before one was known. `analyzers` are those that ran, unless all of the profile did."""

    client_key = models.CharField(max_length=80)
    day = models.DateField()
    profile = models.CharField(max_length=20, blank=True)
    analyzers = models.CharField(max_length=600, blank=True, db_default="")
    calls = models.PositiveBigIntegerField(default=0)
    analyses = models.PositiveBigIntegerField(default=0)
    cached = models.PositiveBigIntegerField(default=0)
    units = models.PositiveBigIntegerField(default=0)
    errors = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client_key", "day", "profile", "analyzers"],
                name="one_usage_per_day_and_analyzers",
            ),
        ]
        indexes = [models.Index(fields=["day"], name="usage_by_day")]

    def __str__(self) -> str:
        return f"{self.client_key} on {self.day}"
