"""What is closed, and what will be? Made and ended here; what was, stays on record."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin

from ops.console.marks import Tone, badge, moment
from ops.console.rights import ActsByRight
from ops.events import author
from ops.maintenance import switch
from ops.models import Maintenance


def state_badge(row: Maintenance) -> SafeString:
    now = timezone.now()
    if row.ended_at is not None or (row.ends_at is not None and row.ends_at <= now):
        return badge("over", Tone.CALM)
    return badge("to come", Tone.WAIT) if row.starts_at > now else badge("closed now", Tone.BAD)


@admin.register(Maintenance)
class MaintenanceAdmin(ActsByRight, ModelAdmin):
    list_display = ("__str__", "state", "message", "starts", "ends", "actor")
    list_filter = ("scope",)
    search_fields = ("message", "reason", "actor")
    ordering = ("-id",)
    actions = ("open_again",)
    fieldsets = (
        (None, {"fields": ("scope", "message", "reason")}),
        ("When", {"fields": ("starts_at", "ends_at", "announced_from")}),
        ("Who comes in", {"fields": ("addresses",)}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_emergency_permission(request) and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A window is made and ended, never turned into another one."""
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.actor = author(request.user)
        super().save_model(request, obj, form, change)
        switch.closed(obj)

    @admin.action(description="Open again", permissions=["emergency"])
    def open_again(self, request: HttpRequest, queryset: QuerySet[Maintenance]) -> None:
        opened = switch.open_again(queryset, actor=author(request.user))
        self.message_user(request, f"{len(opened)} opened.", messages.SUCCESS)

    @admin.display(description="state")
    def state(self, row: Maintenance) -> SafeString:
        return state_badge(row)

    @admin.display(description="starts", ordering="starts_at")
    def starts(self, row: Maintenance) -> str:
        return moment(row.starts_at, now=timezone.now())

    @admin.display(description="ends", ordering="ends_at")
    def ends(self, row: Maintenance) -> str:
        return moment(row.ended_at or row.ends_at, now=timezone.now())
