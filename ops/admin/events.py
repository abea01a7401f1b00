"""What happened, who did it, and why?"""

import orjson
from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ops.admin.read_only import ReadOnlyAdmin
from ops.console.marks import NOTHING, moment
from ops.models import Event

THE_SERVICE = "the service"


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("name", "who", "reason", "facts", "when")
    search_fields = ("name", "actor", "reason", "=request_id")
    search_help_text = "Name, actor, reason, or a whole request id"
    date_hierarchy = "created_at"
    ordering = ("-id",)
    fieldsets = (
        (None, {"fields": ("name", "who", "reason", "created_at", "request_id")}),
        ("What exactly", {"fields": ("all_details", "all_undo")}),
    )

    @admin.display(description="actor", ordering="actor")
    def who(self, event: Event) -> str:
        return event.actor or THE_SERVICE

    @admin.display(description="details")
    def facts(self, event: Event) -> str:
        return ", ".join(f"{name} {value}" for name, value in event.details.items())[:100]

    @admin.display(description="when", ordering="id")
    def when(self, event: Event) -> str:
        return moment(event.created_at, now=timezone.now())

    @admin.display(description="details")
    def all_details(self, event: Event) -> str | SafeString:
        return _readable(event.details)

    @admin.display(description="undo")
    def all_undo(self, event: Event) -> str | SafeString:
        return _readable(event.undo)


def _readable(value: dict[str, object] | None) -> str | SafeString:
    if not value:
        return NOTHING
    text = orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
    return format_html('<pre class="ops-text">{}</pre>', text)
