"""Whom do we tell, what did they answer, and what may staff send again?"""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from ops import events
from ops.admin.read_only import ReadOnlyAdmin, ReadOnlyInline
from ops.console.links import client_link
from ops.console.marks import Tone, badge, moment
from ops.console.rights import ActsByRight
from ops.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from ops.webhooks import endpoints, publishing

_TONES = {
    WebhookDelivery.State.WAITING: Tone.WAIT,
    WebhookDelivery.State.SUCCEEDED: Tone.GOOD,
    WebhookDelivery.State.FAILED: Tone.BAD,
}


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(ActsByRight, ReadOnlyAdmin):
    """Secrets are their clients' alone: staff neither see nor change them."""

    list_display = ("public_id", "client_page", "url", "condition", "failing", "created")
    list_filter = ("enabled", "disabled_reason", "registered")
    list_select_related = ("client",)
    actions = ("enable", "disable")
    search_fields = ("=public_id", "url", "client__name")
    search_help_text = "Id, address or client"
    ordering = ("-id",)
    fieldsets = (
        (None, {"fields": ("public_id", "client_page", "url", "registered", "description")}),
        ("What it hears", {"fields": ("event_types", "base_url")}),
        ("How it does", {"fields": ("condition", "disabled_at", "failing_since", "resting_until")}),
    )

    @admin.action(description="Enable", permissions=["operate"])
    def enable(self, request: HttpRequest, chosen: QuerySet[WebhookEndpoint]) -> None:
        actor = events.author(request.user)
        done = sum(endpoints.enable(row, actor=actor) for row in chosen.select_related("client"))
        self.message_user(request, f"{done} enabled.")

    @admin.action(description="Disable", permissions=["operate"])
    def disable(self, request: HttpRequest, chosen: QuerySet[WebhookEndpoint]) -> None:
        actor, now = events.author(request.user), timezone.now()
        done = sum(
            endpoints.disable(row, WebhookEndpoint.Reason.STAFF, actor=actor, now=now)
            for row in chosen.select_related("client")
        )
        self.message_user(request, f"{done} disabled.")

    @admin.display(description="client", ordering="client")
    def client_page(self, endpoint: WebhookEndpoint) -> SafeString:
        return client_link(endpoint.client.key)

    @admin.display(description="condition", ordering="enabled")
    def condition(self, endpoint: WebhookEndpoint) -> SafeString:
        if not endpoint.enabled:
            return badge(f"disabled: {endpoint.get_disabled_reason_display()}", Tone.BAD)
        resting_until = endpoint.resting_until
        if resting_until is not None and resting_until > timezone.now():
            return badge("resting", Tone.WAIT)
        return badge("failing", Tone.WAIT) if endpoint.failing_since else badge("ok", Tone.GOOD)

    @admin.display(description="failing since", ordering="failing_since")
    def failing(self, endpoint: WebhookEndpoint) -> SafeString:
        return moment(endpoint.failing_since, now=timezone.now())

    @admin.display(description="created", ordering="id")
    def created(self, endpoint: WebhookEndpoint) -> SafeString:
        return moment(endpoint.created_at, now=timezone.now())


class AttemptInline(ReadOnlyInline):
    verbose_name_plural = "attempts"
    model = WebhookAttempt
    fields = readonly_fields = ("number", "began_at", "took", "status", "error", "detail", "answer")

    @admin.display(description="took")
    def took(self, attempt: WebhookAttempt) -> str:
        return f"{attempt.seconds * 1000:.0f} ms"


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ActsByRight, ReadOnlyAdmin):
    list_display = ("public_id", "what", "endpoint", "condition", "attempts_made", "error", "next")
    list_filter = ("state", "error", "message__type")
    list_select_related = ("message", "endpoint__client")
    actions = ("send_again",)
    inlines = (AttemptInline,)
    search_fields = ("=public_id", "=message__public_id", "=message__subject", "url")
    search_help_text = "Id of the delivery, the message or its subject; an address"
    ordering = ("-id",)
    fieldsets = (
        (None, {"fields": ("public_id", "what", "endpoint", "url", "condition", "error")}),
        ("When", {"fields": ("created_at", "next_try_at", "ended_at", "attempts_made")}),
    )

    @admin.action(description="Send again", permissions=["operate"])
    def send_again(self, request: HttpRequest, chosen: QuerySet[WebhookDelivery]) -> None:
        found = list(chosen.select_related("endpoint__client"))
        for delivery in found:
            publishing.again(delivery)
        events.record(
            "webhooks.sent_again",
            actor=events.author(request.user),
            deliveries=[delivery.public_id for delivery in found[:50]],
            count=len(found),
        )
        self.message_user(request, f"{len(found)} on their way again.", messages.SUCCESS)

    @admin.display(description="message", ordering="message__type")
    def what(self, delivery: WebhookDelivery) -> str:
        return str(delivery.message)

    @admin.display(description="state", ordering="state")
    def condition(self, delivery: WebhookDelivery) -> SafeString:
        state = WebhookDelivery.State(delivery.state)
        return badge(state.label, _TONES[state])

    @admin.display(description="next attempt", ordering="next_try_at")
    def next(self, delivery: WebhookDelivery) -> SafeString:
        waits = delivery.state == WebhookDelivery.State.WAITING
        return moment(delivery.next_try_at if waits else None, now=timezone.now())
