"""How full are the web processes, and what did staff decide about overload?"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin

from ops.admin.read_only import ReadOnlyAdmin
from ops.console.marks import Tone, badge, moment
from ops.models import BreakerSwitch, Emergency, EmergencyProfile, GateReport, LevelOverride
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


@admin.register(Emergency)
class EmergencyAdmin(ReadOnlyAdmin):
    list_display = ("profile", "state", "reason", "actor", "starts_at", "ends")

    @admin.display(description="state")
    def state(self, row: Emergency) -> SafeString:
        is_on = row.ended_at is None and row.ends_at > timezone.now()
        return badge("engaged", Tone.BAD) if is_on else badge("over", Tone.CALM)

    @admin.display(description="end", ordering="ends_at")
    def ends(self, row: Emergency) -> str:
        return _end(row)


@admin.register(EmergencyProfile)
class EmergencyProfileAdmin(ModelAdmin):
    list_display = ("title", "level_at_least", "limits_percent", "closes", "minutes")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Commands and runbooks name it."""
        return ("name",) if obj else ()


@admin.register(BreakerSwitch)
class BreakerSwitchAdmin(ReadOnlyAdmin):
    list_display = ("breaker", "position", "reason", "actor", "since", "ends_at")
