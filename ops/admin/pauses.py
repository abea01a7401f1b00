"""Which work is held back? To pause a kind of job is to make a pause."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin

from ops import events
from ops.console import steering
from ops.console.marks import moment
from ops.models import Pause


@admin.register(Pause)
class PauseAdmin(ModelAdmin):
    list_display = ("__str__", "reason", "since_when")
    search_fields = ("kind", "reason")
    fields = ("kind", "reason")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A pause is made and taken back, never turned into another one."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        steering.tell_of_pause(obj, actor=events.author(request.user))

    def delete_model(self, request: HttpRequest, obj: Pause) -> None:
        steering.resume(obj, actor=events.author(request.user))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Pause]) -> None:
        for pause in queryset:
            self.delete_model(request, pause)

    @admin.display(description="since", ordering="since")
    def since_when(self, pause: Pause) -> str:
        return moment(pause.since, now=timezone.now())
