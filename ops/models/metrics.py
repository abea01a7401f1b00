"""What was counted, and when?"""

from __future__ import annotations

from django.db import models


class MetricSeries(models.Model):
    """One metric with one set of labels, and all it ever counted."""

    metric = models.CharField(max_length=60)
    # A JSON object with sorted names, so that equal labels are equal texts.
    labels = models.CharField(max_length=1000)
    total = models.FloatField(default=0.0)
    count = models.BigIntegerField(default=0)
    last = models.FloatField(default=0.0)
    spread = models.TextField(blank=True)
    seen_seconds = models.BigIntegerField(default=0)

    class Meta:
        verbose_name_plural = "metric series"
        constraints = [
            models.UniqueConstraint(fields=["metric", "labels"], name="one_series_per_labels"),
        ]

    def __str__(self) -> str:
        return f"{self.metric}{self.labels}"


class MetricSlot(models.Model):
    """What a series saw in one stretch of time: a minute, ten minutes, an hour or a day.

    Moments are whole seconds since 1970: charts read tens of thousands of these rows.
    """

    series = models.ForeignKey(MetricSeries, on_delete=models.CASCADE, related_name="slots")
    length_seconds = models.PositiveIntegerField()
    start_seconds = models.BigIntegerField()
    total = models.FloatField(default=0.0)
    count = models.BigIntegerField(default=0)
    peak = models.FloatField(default=0.0)
    last = models.FloatField(default=0.0)
    # A JSON list: bucket, how many, bucket, how many …
    spread = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series", "length_seconds", "start_seconds"], name="one_slot_per_time"
            ),
        ]
        indexes = [
            models.Index(fields=["length_seconds", "start_seconds"], name="metric_slot_age"),
        ]

    def __str__(self) -> str:
        return f"{self.series_id} at {self.start_seconds} for {self.length_seconds} s"
