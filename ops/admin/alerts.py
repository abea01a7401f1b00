"""What may staff see and change about alerts?"""

from __future__ import annotations

from datetime import timedelta

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin

from ops.admin.read_only import ReadOnlyAdmin
from ops.admin.told import ToldAdmin
from ops.alerts import delivery, handling
from ops.console import signal_words
from ops.console.marks import Tone, badge, duration, moment
from ops.events import author
from ops.models import Alert, AlertChannel, AlertDelivery, AlertRule, Severity, Silence
from ops.webhooks.signatures import new_secret

_TONES = {Severity.PAGE: Tone.BAD, Severity.WARNING: Tone.WAIT, Severity.INFO: Tone.CALM}
_ALERT_TONES = {
    Alert.State.FIRING: Tone.BAD,
    Alert.State.PENDING: Tone.WAIT,
    Alert.State.RESOLVED: Tone.GOOD,
    Alert.State.CALMED: Tone.CALM,
}


@admin.register(AlertRule)
class AlertRuleAdmin(ToldAdmin):
    list_display = ("name", "watches", "how_severe", "for_long", "enabled")
    list_filter = ("severity", "enabled")
    search_fields = ("name", "summary")

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False  # switched off instead: alerts name their rules

    @admin.display(description="fires when")
    def watches(self, rule: AlertRule) -> str:
        return signal_words.sentence(rule)

    @admin.display(description="for", ordering="for_seconds")
    def for_long(self, rule: AlertRule) -> str:
        return duration(timedelta(seconds=rule.for_seconds)) if rule.for_seconds else "at once"

    @admin.display(description="severity", ordering="severity")
    def how_severe(self, rule: AlertRule) -> SafeString:
        return badge(rule.severity, _TONES[Severity(rule.severity)])


@admin.register(Alert)
class AlertAdmin(ReadOnlyAdmin):
    list_display = ("rule", "standing", "seen", "began", "fired", "ended", "acknowledged_by")
    list_filter = ("state", "rule__severity")
    list_select_related = ("rule",)

    @admin.display(description="state", ordering="state")
    def standing(self, alert: Alert) -> SafeString:
        return badge(alert.state, _ALERT_TONES[Alert.State(alert.state)])

    @admin.display(description="value", ordering="value")
    def seen(self, alert: Alert) -> str:
        return signal_words.value(alert.value, alert.rule)

    @admin.display(description="began", ordering="began_at")
    def began(self, alert: Alert) -> str:
        return moment(alert.began_at, now=timezone.now())

    @admin.display(description="fired", ordering="fired_at")
    def fired(self, alert: Alert) -> str:
        return moment(alert.fired_at, now=timezone.now())

    @admin.display(description="ended", ordering="ended_at")
    def ended(self, alert: Alert) -> str:
        return moment(alert.ended_at, now=timezone.now())


@admin.register(Silence)
class SilenceAdmin(ModelAdmin):
    list_display = ("rule", "starts_at", "ends_at", "reason", "author")
    exclude = ("author",)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """A silence is made and taken back, never turned into another one."""
        return False

    def save_model(self, request: HttpRequest, obj: Silence, form: object, change: bool) -> None:
        obj.author = author(request.user)
        super().save_model(request, obj, form, change)
        handling.tell_of_silence(obj)

    def delete_model(self, request: HttpRequest, obj: Silence) -> None:
        handling.end_silence(obj, by=author(request.user), now=timezone.now())
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Silence]) -> None:
        for silence in queryset:
            self.delete_model(request, silence)


@admin.register(AlertChannel)
class AlertChannelAdmin(ToldAdmin):
    list_display = ("name", "kind", "minimum_severity", "enabled")
    actions = ("send_test",)

    def has_delete_permission(self, request: HttpRequest, obj: AlertChannel | None = None) -> bool:
        """One that told somebody of something is switched off instead: deliveries name it."""
        is_named = obj is not None and obj.pk and obj.deliveries.exists()
        return not is_named and super().has_delete_permission(request, obj)

    def save_model(
        self, request: HttpRequest, obj: AlertChannel, form: object, change: bool
    ) -> None:
        if obj.kind == AlertChannel.Kind.WEBHOOK and not obj.secret:
            obj.secret = new_secret()
        super().save_model(request, obj, form, change)

    @admin.action(description="Send a test", permissions=["change"])
    def send_test(self, request: HttpRequest, chosen: QuerySet[AlertChannel]) -> None:
        for channel in chosen:
            sent = delivery.test(channel, timezone.now())
            if sent.error:
                self.message_user(request, f"{channel}: {sent.error}", messages.ERROR)
            else:
                self.message_user(request, f"{channel} took the test.")


@admin.register(AlertDelivery)
class AlertDeliveryAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "channel", "occasion", "alert", "state", "attempts", "error")
    list_filter = ("state", "occasion", "channel")
    list_select_related = ("channel", "alert__rule")
