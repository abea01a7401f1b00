"""How full are the web processes, and what did staff decide about overload?"""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminSelectWidget

from ops.admin.read_only import ReadOnlyAdmin
from ops.admin.told import ToldAdmin
from ops.console.marks import Tone, badge, moment
from ops.console.rights import ActsByRight
from ops.events import author
from ops.models import BreakerSwitch, Emergency, EmergencyProfile, GateReport, LevelOverride
from ops.overload import emergency
from ops.overload.ladder import Level

_TONES = (Tone.GOOD, Tone.BUSY, Tone.WAIT, Tone.BAD, Tone.BAD)


def level_badge(level: int) -> SafeString:
    return badge(Level(level).word, _TONES[level])


def _end(row: Emergency | LevelOverride) -> str:
    return moment(row.ended_at or row.ends_at, now=timezone.now())


@admin.register(GateReport)
class GateReportAdmin(ReadOnlyAdmin):
    list_display = ("process", "level_now", "demand", "share_shed", "in_flight", "limit", "heard")
    ordering = ("process",)

    @admin.display(description="level", ordering="level")
    def level_now(self, row: GateReport) -> SafeString:
        return level_badge(row.level)

    @admin.display(description="heard", ordering="beat_at")
    def heard(self, row: GateReport) -> str:
        return moment(row.beat_at, now=timezone.now())


@admin.register(LevelOverride)
class LevelOverrideAdmin(ReadOnlyAdmin):
    list_display = ("level_forced", "reason", "actor", "starts_at", "ends")

    @admin.display(description="level", ordering="level")
    def level_forced(self, row: LevelOverride) -> SafeString:
        return level_badge(row.level)

    @admin.display(description="end", ordering="ends_at")
    def ends(self, row: LevelOverride) -> str:
        return _end(row)


class EngageForm(forms.ModelForm):
    """Which profile, why, and for how long."""

    chosen = forms.ModelChoiceField(
        EmergencyProfile.objects.order_by("name"), label="profile", widget=UnfoldAdminSelectWidget
    )
    minutes = forms.IntegerField(
        min_value=1,
        max_value=24 * 60,
        required=False,
        widget=UnfoldAdminIntegerFieldWidget,
        help_text="Empty: as long as the profile says. Then it ends by itself.",
    )

    class Meta:
        model = Emergency
        fields = ("reason",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [emergency.preview(profile) for profile in EmergencyProfile.objects.all()]
        self.fields["chosen"].help_text = format_html_join(
            mark_safe("<br>"),
            "<b>{}</b>: {}",
            ((one.title, " ".join(one.effects)) for one in found),
        )


@admin.register(Emergency)
class EmergencyAdmin(ActsByRight, ModelAdmin):
    """To engage a profile is to add an emergency."""

    form = EngageForm
    list_display = ("profile", "state", "reason", "actor", "starts_at", "ends")
    fields = ("chosen", "reason", "minutes")
    actions = ("end_now",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_emergency_permission(request) and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        minutes = form.cleaned_data["minutes"]
        engaged = emergency.engage(
            form.cleaned_data["chosen"],
            actor=author(request.user),
            reason=obj.reason,
            lasts=timedelta(minutes=minutes) if minutes else None,
        )
        obj.pk, obj.profile = engaged.pk if engaged else 0, form.cleaned_data["chosen"].name

    @admin.action(description="End what is engaged", permissions=["emergency"])
    def end_now(self, request: HttpRequest, queryset: QuerySet[Emergency]) -> None:
        ended = emergency.end(actor=author(request.user))
        self.message_user(request, f"{len(ended)} ended.", messages.SUCCESS)

    @admin.display(description="state")
    def state(self, row: Emergency) -> SafeString:
        is_on = row.ended_at is None and row.ends_at > timezone.now()
        return badge("engaged", Tone.BAD) if is_on else badge("over", Tone.CALM)

    @admin.display(description="end", ordering="ends_at")
    def ends(self, row: Emergency) -> str:
        return _end(row)


@admin.register(EmergencyProfile)
class EmergencyProfileAdmin(ToldAdmin):
    list_display = ("title", "level_at_least", "limits_percent", "closes", "minutes")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Commands and runbooks name it."""
        return ("name", "effects") if obj else ()

    @admin.display(description="effects")
    def effects(self, profile: EmergencyProfile) -> str:
        return " ".join(emergency.preview(profile).effects)


@admin.register(BreakerSwitch)
class BreakerSwitchAdmin(ReadOnlyAdmin):
    list_display = ("breaker", "position", "reason", "actor", "since", "ends_at")
