"""What is watched, what is wrong now, and who was told?"""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Severity(models.TextChoices):
    INFO = "info"
    WARNING = "warning"
    PAGE = "page"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


class Comparison(models.TextChoices):
    ABOVE = "above", "is above"
    BELOW = "below", "is below"


class AlertRule(models.Model):
    """Watches one signal. Rules are switched off rather than deleted: alerts name them."""

    name = models.CharField(max_length=60, unique=True)
    # A signal of ops/alerts/signals.py, or a metric of ops/metrics/register.py.
    signal = models.CharField(max_length=60)
    comparison = models.CharField(max_length=10, choices=Comparison, default=Comparison.ABOVE)
    threshold = models.FloatField()
    for_seconds = models.PositiveIntegerField(default=300)
    keep_firing_seconds = models.PositiveIntegerField(default=300)
    severity = models.CharField(max_length=10, choices=Severity, default=Severity.WARNING)
    summary = models.CharField(max_length=200)
    runbook = models.TextField(blank=True)
    enabled = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def is_breached_by(self, value: float) -> bool:
        if self.comparison == Comparison.ABOVE:
            return value > self.threshold
        return value < self.threshold


class AlertQuerySet(models.QuerySet["Alert"]):
    def open(self) -> AlertQuerySet:
        return self.filter(state__in=[Alert.State.PENDING, Alert.State.FIRING])

    def firing(self) -> AlertQuerySet:
        return self.filter(state=Alert.State.FIRING)


class Alert(models.Model):
    """One time that a rule was broken, from the first look to the last. One open for each rule."""

    class State(models.TextChoices):
        PENDING = "pending", "pending"  # broken, but not for long enough
        FIRING = "firing", "firing"  # people are told
        RESOLVED = "resolved", "resolved"  # well again
        CALMED = "calmed", "calmed"  # well again before it fired

    rule = models.ForeignKey(AlertRule, on_delete=models.CASCADE, related_name="alerts")
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    value = models.FloatField(null=True, blank=True)
    began_at = models.DateTimeField(default=timezone.now)
    breached_at = models.DateTimeField(default=timezone.now)
    fired_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    notified_at = models.DateTimeField(null=True, blank=True)
    resolved_told = models.BooleanField(default=False)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.CharField(max_length=120, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["-began_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule"],
                condition=Q(state__in=["pending", "firing"]),
                name="one_open_alert_per_rule",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.state}"


class SilenceQuerySet(models.QuerySet["Silence"]):
    def at(self, now: datetime) -> SilenceQuerySet:
        return self.filter(starts_at__lte=now, ends_at__gt=now)


class Silence(models.Model):
    """Nobody is told of the rule until then; without a rule, of none."""

    rule = models.ForeignKey(
        AlertRule, on_delete=models.CASCADE, null=True, blank=True, related_name="silences"
    )
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    author = models.CharField(max_length=120, blank=True)

    objects = SilenceQuerySet.as_manager()

    class Meta:
        ordering = ["-ends_at"]

    def __str__(self) -> str:
        return f"{self.rule or 'every rule'} until {self.ends_at:%Y-%m-%d %H:%M}"


class AlertChannel(models.Model):
    """A way to tell people."""

    class Kind(models.TextChoices):
        EMAIL = "email", "e-mail"
        WEBHOOK = "webhook", "signed webhook"
        SLACK = "slack", "Slack"
        DISCORD = "discord", "Discord"
        TEAMS = "teams", "Microsoft Teams"
        APPRISE = "apprise", "Apprise (everything else)"

    name = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    # Addresses with commas for e-mail, else the URL that the other side gave out.
    target = models.CharField(max_length=1000)
    secret = models.CharField(max_length=200, blank=True)
    minimum_severity = models.CharField(max_length=10, choices=Severity, default=Severity.WARNING)
    enabled = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def cares_about(self, severity: str) -> bool:
        return Severity(severity).rank >= Severity(self.minimum_severity).rank


class AlertDelivery(models.Model):
    """One message to one channel, and how it went."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        SENDING = "sending", "sending"
        DELIVERED = "delivered", "delivered"
        FAILED = "failed", "failed"

    # Says what it is about, so that nothing is told twice.
    key = models.CharField(max_length=120, unique=True)
    channel = models.ForeignKey(AlertChannel, on_delete=models.CASCADE, related_name="deliveries")
    alert = models.ForeignKey(
        Alert, on_delete=models.CASCADE, null=True, blank=True, related_name="deliveries"
    )
    occasion = models.CharField(max_length=10)
    notice = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name_plural = "alert deliveries"
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=["waiting", "sending"]),
                name="alert_delivery_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion} to {self.channel}"
