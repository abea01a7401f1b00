"""Who wants to be told what, and how far has telling come?"""

from __future__ import annotations

import secrets
import string
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from ops.models.clients import Client

_ALPHABET = string.ascii_letters + string.digits


def _new_id(kind: str) -> str:
    return f"{kind}_" + "".join(secrets.choice(_ALPHABET) for _ in range(22))


def new_endpoint_id() -> str:
    return _new_id("we")


def new_message_id() -> str:
    return _new_id("msg")


def new_delivery_id() -> str:
    return _new_id("wd")


class WebhookEndpointQuerySet(models.QuerySet["WebhookEndpoint"]):
    def failing(self) -> WebhookEndpointQuerySet:
        """Still called, although none of the last attempts was answered well."""
        return self.filter(enabled=True, failing_since__isnull=False)


class WebhookEndpoint(models.Model):
    """A client's address for webhooks.

    One that submissions named themselves stands for all their addresses at the same origin: they
    share its secret and its rest, but are called each at its own URL.
    """

    class Reason(models.TextChoices):
        """Why it is disabled."""

        GONE = "gone", "it answered 410"
        FAILING = "failing", "it failed for days"
        CLIENT = "client", "by its client"
        STAFF = "staff", "by staff"

    public_id = models.CharField(max_length=25, unique=True, default=new_endpoint_id)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="webhook_endpoints")
    url = models.CharField(max_length=2048)
    registered = models.BooleanField(default=True)
    description = models.CharField(max_length=200, blank=True)
    event_types = models.JSONField(default=list, blank=True)  # none means all
    secret = models.CharField(max_length=80)
    previous_secret = models.CharField(max_length=80, blank=True)
    previous_secret_until = models.DateTimeField(null=True, blank=True)
    base_url = models.CharField(max_length=300, blank=True)  # under which its client knows us

    enabled = models.BooleanField(default=True)
    disabled_reason = models.CharField(max_length=10, choices=Reason, blank=True)
    disabled_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    resting_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = WebhookEndpointQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "url"],
                condition=Q(registered=False),
                name="one_unregistered_endpoint_per_origin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} ({self.url[:60]})"

    def secrets_at(self, now: datetime) -> tuple[str, ...]:
        """The newest first; the one before as long as it is still honoured."""
        until = self.previous_secret_until
        if self.previous_secret and until is not None and now < until:
            return self.secret, self.previous_secret
        return (self.secret,)

    def wants(self, event_type: str) -> bool:
        return not self.event_types or event_type in self.event_types


class WebhookMessage(models.Model):
    """A fact that a client's endpoints are told: one id, whoever it goes to and however often."""

    public_id = models.CharField(max_length=26, unique=True, default=new_message_id)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    type = models.CharField(max_length=60)
    subject = models.CharField(max_length=40, db_index=True)  # the public id it is about
    data = models.JSONField(default=dict)
    path = models.CharField(max_length=200, blank=True)  # where its subject is read
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.type} {self.subject}"


class WebhookDelivery(models.Model):
    """One message on its way to one address."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"  # for its first or next attempt
        SUCCEEDED = "succeeded", "succeeded"  # it was answered with 2xx
        FAILED = "failed", "failed"  # nobody tries any more, unless somebody says so

    public_id = models.CharField(max_length=25, unique=True, default=new_delivery_id)
    message = models.ForeignKey(WebhookMessage, on_delete=models.CASCADE, related_name="deliveries")
    endpoint = models.ForeignKey(
        WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries"
    )
    url = models.CharField(max_length=2048)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    # While an attempt is under way this is when it counts as lost, and the attempt's token.
    next_try_at = models.DateTimeField(default=timezone.now)
    attempts_made = models.PositiveSmallIntegerField(default=0)
    step = models.PositiveSmallIntegerField(default=0)  # in the plan of retries
    error = models.CharField(max_length=40, blank=True)  # the last attempt's code
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "webhook deliveries"
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="webhook_due"),
            models.Index(fields=["endpoint", "-id"], name="webhook_of_endpoint"),
        ]

    def __str__(self) -> str:
        return self.public_id


class WebhookAttempt(models.Model):
    """One try, and how it was answered."""

    delivery = models.ForeignKey(WebhookDelivery, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    began_at = models.DateTimeField()
    seconds = models.FloatField()
    status = models.PositiveSmallIntegerField(null=True)  # of HTTP; null without an answer
    error = models.CharField(max_length=40, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    answer = models.TextField(blank=True)  # the beginning of the body

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "number"], name="one_attempt_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.status or self.error}"


class WebhookSlot(models.Model):
    """Leave to deliver: at most so many workers do so as there are slots."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    held_until = models.DateTimeField()
    holder = models.BigIntegerField(default=0, db_default=0)  # the delivery whose job holds it

    def __str__(self) -> str:
        return str(self.number)
