"""How much may who do? Limits, exceptions, strict periods, and who is being refused."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import Media
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin

from ops.admin.read_only import ReadOnlyAdmin
from ops.console.marks import NOTHING, Tone, badge, moment
from ops.console.numbers import quota
from ops.console.rights import ActsByRight
from ops.events import author
from ops.limits import seeing, staff
from ops.limits.policies import Mode, Unit
from ops.models import Admission, LimitOverride, LimitPolicy, Refusals, StrictMode


class RecordedAdmin(ModelAdmin):
    """Every edit leaves an event with old and new values, and can be undone."""

    actions_submit_line = ("undo_last_edit",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        before = staff.values_of(type(obj).objects.get(pk=obj.pk)) if change else None
        super().save_model(request, obj, form, change)
        staff.record_edit(obj, before, actor=author(request.user))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        staff.record_removal(obj, actor=author(request.user))
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for row in queryset:
            staff.record_removal(row, actor=author(request.user))
        super().delete_queryset(request, queryset)

    @admin.action(description="Undo the last edit", permissions=["change"])
    def undo_last_edit(self, request: HttpRequest, obj: Any) -> None:
        # The form has been saved by now: what it changed is the last edit.
        row = type(obj).objects.get(pk=obj.pk)
        undone = staff.undo_last_edit(row, actor=author(request.user))
        if undone is None:
            self.message_user(request, "No edit is known.", messages.WARNING)
        else:
            shown = ", ".join(f"{name} = {value}" for name, value in undone.items())
            self.message_user(request, f"Put back: {shown}.", messages.SUCCESS)


@admin.register(LimitPolicy)
class LimitPolicyAdmin(RecordedAdmin):
    list_display = ("name", "tier", "route", "allows", "scope", "mode_badge", "when_blind")
    list_filter = ("tier", "route", "mode")
    search_fields = ("name",)
    fieldsets = (
        (None, {"fields": ("name", "mode", ("tier", "route"), ("scope", "unit"))}),
        ("How much", {"fields": (("quota", "window_seconds"), "in_the_last_hour", "ban_after")}),
        ("When the shared store is away", {"fields": ("when_blind",)}),
    )
    readonly_fields = ("in_the_last_hour",)

    @property
    def media(self) -> Media:
        return super().media + Media(js=["ops/limit_preview.js"])

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.preview_view)
        own = [path("<int:pk>/preview/", view, name="ops_limitpolicy_preview")]
        return own + super().get_urls()

    def preview_view(self, request: HttpRequest, pk: int) -> JsonResponse:
        policy = self.get_object(request, str(pk))
        quota, window = request.GET.get("quota", ""), request.GET.get("window_seconds", "")
        is_told = (
            policy is not None
            and self.has_view_permission(request, policy)
            and seeing.is_previewed(policy)
            and all(text == "" or text.isdecimal() for text in (quota, window))
        )
        return JsonResponse({"preview": _preview(policy, quota, window) if is_told else ""})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if {"quota", "window_seconds"} & set(form.changed_data) and seeing.is_previewed(obj):
            self.message_user(request, _preview(obj, obj.quota, obj.window_seconds))

    @admin.display(description="in the last hour")
    def in_the_last_hour(self, policy: LimitPolicy) -> str | SafeString:
        if policy.pk is None or not seeing.is_previewed(policy):
            return NOTHING
        return format_html(
            '<output data-preview="{}" for="id_quota id_window_seconds">{}</output>',
            reverse("admin:ops_limitpolicy_preview", args=[policy.pk]),
            _preview(policy, policy.quota, policy.window_seconds),
        )

    @admin.display(description="allows", ordering="quota")
    def allows(self, policy: LimitPolicy) -> str:
        count = settings.RATE_LIMIT_REQUESTS if policy.quota is None else policy.quota
        if policy.unit == Unit.PLACES:
            return f"{count:,} at the same time"
        return quota(
            count, policy.unit, policy.window_seconds or settings.RATE_LIMIT_WINDOW_SECONDS
        )

    @admin.display(description="mode", ordering="mode")
    def mode_badge(self, policy: LimitPolicy) -> SafeString:
        tones = {Mode.ENFORCED: Tone.GOOD, Mode.SHADOW: Tone.WAIT, Mode.OFF: Tone.CALM}
        return badge(policy.mode, tones[Mode(policy.mode)])


@admin.register(LimitOverride)
class LimitOverrideAdmin(RecordedAdmin):
    list_display = ("client", "policy", "quota", "reason", "ends")
    list_select_related = ("client", "policy")
    list_filter = ("policy",)
    search_fields = ("client__name", "reason")
    autocomplete_fields = ("client",)
    fields = ("client", "policy", "quota", "reason", "expires_at")

    @admin.display(description="ends", ordering="expires_at")
    def ends(self, override: LimitOverride) -> str:
        return _end(override.expires_at)


@admin.register(Admission)
class AdmissionAdmin(RecordedAdmin):
    list_display = ("who", "verdict_badge", "reason", "ends")
    list_select_related = ("client",)
    list_filter = ("verdict",)
    search_fields = ("network", "client__name", "reason")
    autocomplete_fields = ("client",)
    fields = ("verdict", "network", "client", "reason", "expires_at")

    @admin.display(description="who")
    def who(self, admission: Admission) -> str:
        return str(admission.client or admission.network)

    @admin.display(description="verdict", ordering="verdict")
    def verdict_badge(self, admission: Admission) -> SafeString:
        tone = Tone.BAD if admission.verdict == Admission.Verdict.DENY else Tone.GOOD
        return badge(admission.get_verdict_display(), tone)

    @admin.display(description="ends", ordering="expires_at")
    def ends(self, admission: Admission) -> str:
        return _end(admission.expires_at)


@admin.register(StrictMode)
class StrictModeAdmin(RecordedAdmin):
    list_display = ("reason", "state", "anonymous", "free", "premium", "staff", "ends")
    search_fields = ("reason",)
    actions = ("end_now",)
    fieldsets = (
        (None, {"fields": ("reason", ("starts_at", "ends_at"), ("daily_from", "daily_until"))}),
        (
            "What each tier keeps of its usual quota, from 0 to 1",
            {"fields": (("anonymous", "free"), ("premium", "staff"))},
        ),
    )

    @admin.display(description="state")
    def state(self, strict: StrictMode) -> SafeString:
        now = timezone.now()
        if strict.ends_at <= now:
            return badge("over", Tone.CALM)
        return badge("planned", Tone.WAIT) if strict.starts_at > now else badge("on", Tone.BAD)

    @admin.display(description="ends", ordering="ends_at")
    def ends(self, strict: StrictMode) -> str:
        return _end(strict.ends_at)

    @admin.action(description="End the selected periods now", permissions=["change"])
    def end_now(self, request: HttpRequest, queryset: QuerySet[StrictMode]) -> None:
        now, ended = timezone.now(), 0
        for strict in queryset:
            before = staff.values_of(strict)
            if strict.end(now):
                strict.refresh_from_db()
                staff.record_edit(strict, before, actor=author(request.user))
                ended += 1
        self.message_user(request, f"{ended} ended.", messages.SUCCESS)


@admin.register(Refusals)
class RefusalsAdmin(ActsByRight, ReadOnlyAdmin):
    list_display = ("label", "policy", "count", "first", "last", "ban")
    list_filter = ("policy",)
    search_fields = ("label", "subject")
    list_disable_select_all = False
    actions = ("reset", "unban")

    @admin.display(description="since", ordering="since")
    def first(self, row: Refusals) -> str:
        return moment(row.since, now=timezone.now())

    @admin.display(description="last refused", ordering="last_at")
    def last(self, row: Refusals) -> str:
        return moment(row.last_at, now=timezone.now())

    @admin.display(description="banned", ordering="banned_until")
    def ban(self, row: Refusals) -> str | SafeString:
        now = timezone.now()
        return _end(row.banned_until) if row.banned_until and row.banned_until > now else NOTHING

    @admin.action(description="Reset: forget what they have spent", permissions=["operate"])
    def reset(self, request: HttpRequest, queryset: QuerySet[Refusals]) -> None:
        names = [staff.reset(_who(row), actor=author(request.user)) for row in queryset]
        self.message_user(request, f"Reset: {', '.join(names)}.", messages.SUCCESS)

    @admin.action(description="Lift their bans", permissions=["operate"])
    def unban(self, request: HttpRequest, queryset: QuerySet[Refusals]) -> None:
        banned = queryset.exclude(banned_until=None)
        names = [staff.unban(row.subject, actor=author(request.user)) for row in banned]
        self.message_user(request, f"Lifted: {', '.join(names) or 'none'}.", messages.SUCCESS)


def _preview(policy: LimitPolicy, quota: str | int | None, window: str | int | None) -> str:
    """What a form shows, or has not yet: nothing means the installation's setting."""
    numbers = [int(value) if value not in ("", None) else None for value in (quota, window)]
    return str(seeing.preview(policy, numbers[0], numbers[1], timezone.now()))


def _who(row: Refusals) -> str:
    return row.subject if row.subject.startswith("client:") else row.label


def _end(when: datetime | None) -> str | SafeString:
    return moment(when, now=timezone.now()) if when else "never"
