"""Which limits do staff set, for whom, and until when?"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from ipaddress import ip_network

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ops.limits.policies import Mode, Route, Scope, Unit, WhenBlind
from ops.models.clients import Client, Tier
from ops.models.config import StaffEdited

_FACTOR = [MinValueValidator(0), MaxValueValidator(1)]


class LimitPolicy(StaffEdited):
    """So much of one route in so much time. An edit is obeyed at once and keeps the counts."""

    name = models.SlugField(unique=True, help_text="Clients read it in headers and refusals.")
    tier = models.CharField(
        max_length=20, choices=Tier, blank=True, help_text="Nothing: whoever asks."
    )
    route = models.CharField(max_length=20, choices=Route)
    scope = models.CharField(max_length=20, choices=Scope, default=Scope.CLIENT)
    unit = models.CharField(max_length=20, choices=Unit, default=Unit.REQUESTS)
    quota = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MaxValueValidator(1_000_000_000)],
        help_text="Nothing: RATE_LIMIT_REQUESTS of this installation.",
    )
    window_seconds = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(31 * 86_400)],
        help_text="Nothing: RATE_LIMIT_WINDOW_SECONDS of this installation. Of requests at the "
        "same time: when a place is free again although nobody gave it back.",
    )
    mode = models.CharField(max_length=20, choices=Mode, default=Mode.ENFORCED)
    when_blind = models.CharField(
        "without the shared store", max_length=20, choices=WhenBlind, default=WhenBlind.LOCAL
    )
    ban_after = models.PositiveIntegerField(
        default=0,
        help_text="Refusals within one window after which an address is banned for a while, "
        "each time twice as long; 0: never.",
    )

    class Meta:
        verbose_name = "limit"
        ordering = ["route", "tier", "name"]

    def __str__(self) -> str:
        return self.name


class LimitOverride(StaffEdited):
    """Another quota for one client, with a reason and if need be an end."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="limit_overrides")
    policy = models.ForeignKey(LimitPolicy, on_delete=models.CASCADE, related_name="overrides")
    quota = models.PositiveIntegerField(validators=[MaxValueValidator(1_000_000_000)])
    reason = models.CharField(max_length=200)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "limit of one client"
        verbose_name_plural = "limits of single clients"
        constraints = [
            models.UniqueConstraint(fields=["client", "policy"], name="one_override_per_policy")
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.policy} {self.quota}"


class Admission(StaffEdited):
    """Who is always let in, and who never. Whoever stands on both lists stays out."""

    class Verdict(models.TextChoices):
        ALLOW = "allow", "no limits"
        DENY = "deny", "stays out"

    verdict = models.CharField(max_length=10, choices=Verdict)
    network = models.CharField(
        max_length=50, blank=True, help_text="An address, or a network such as 192.0.2.0/24."
    )
    client = models.ForeignKey(
        Client, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=200)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "exception"
        verbose_name_plural = "allowed and denied"
        constraints = [
            models.CheckConstraint(
                name="admission_of_network_or_client",
                condition=Q(network="", client__isnull=False)
                | (~Q(network="") & Q(client__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.client or self.network}: {self.get_verdict_display()}"

    def clean(self) -> None:
        if bool(self.network) == bool(self.client_id):
            raise ValidationError("Name a network or a client, one of the two.")
        if self.network:
            try:
                self.network = str(ip_network(self.network, strict=False))
            except ValueError as error:
                raise ValidationError({"network": f"No network: {error}."}) from error


class StrictMode(StaffEdited):
    """For a while everybody has less: each tier its share of the usual quota."""

    reason = models.CharField(max_length=200)
    anonymous = models.DecimalField(
        max_digits=3, decimal_places=2, default=Decimal("0.2"), validators=_FACTOR
    )
    free = models.DecimalField(
        max_digits=3, decimal_places=2, default=Decimal("0.5"), validators=_FACTOR
    )
    premium = models.DecimalField(max_digits=3, decimal_places=2, default=1, validators=_FACTOR)
    staff = models.DecimalField(max_digits=3, decimal_places=2, default=1, validators=_FACTOR)
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    daily_from = models.TimeField(
        null=True, blank=True, help_text="Only from this time of the day on (UTC), every day."
    )
    daily_until = models.TimeField(null=True, blank=True)

    class Meta:
        verbose_name = "strict period"
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                name="strict_mode_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            )
        ]

    def __str__(self) -> str:
        return self.reason

    def clean(self) -> None:
        if (self.daily_from is None) != (self.daily_until is None):
            raise ValidationError("Name both times of the day, or none.")
        if self.ends_at and self.starts_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": "It ends before it starts."})

    def end(self, now: datetime) -> bool:
        """Whether this call ended it; one that never started never was."""
        running = StrictMode.objects.filter(pk=self.pk, ends_at__gt=now, starts_at__lt=now)
        return bool(running.update(ends_at=now) == 1)


class Refusals(models.Model):
    """Who is being refused: one row for each client and policy, counted by all processes."""

    subject = models.CharField(max_length=90)
    label = models.CharField(max_length=100)
    policy = models.CharField(max_length=50)
    since = models.DateTimeField()
    last_at = models.DateTimeField()
    count = models.PositiveBigIntegerField(default=0)
    banned_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "refused client"
        ordering = ["-last_at"]
        indexes = [models.Index(fields=["-last_at"], name="refusals_by_time")]
        constraints = [
            models.UniqueConstraint(fields=["subject", "policy"], name="one_row_per_refused")
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.policy}"


class Demand(models.Model):
    """What one process was asked in one minute; see ops/limits/demand.py."""

    at = models.DateTimeField(db_index=True)
    heaviest = models.JSONField()
    """By limit: [who, requests, cost, refused, peak in thousandths of the quota] of some."""
    sample = models.JSONField()
    """By limit: the first digest that was left out, and by digest slot, requests, cost, slot …"""

    class Meta:
        verbose_name = "demand of a minute"
        verbose_name_plural = "demand"

    def __str__(self) -> str:
        return f"{self.at:%H:%M}"
