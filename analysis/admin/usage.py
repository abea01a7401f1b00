"""How much does each client use, and which requests were answered under a key?"""

from django.contrib import admin

from analysis.models import IdempotencyRecord, UsageDay
from ops.admin.read_only import ReadOnlyAdmin


@admin.register(UsageDay)
class UsageDayAdmin(ReadOnlyAdmin):
    list_display = (
        "day", "client_key", "profile", "analyzers",
        "calls", "analyses", "cached", "units", "errors",
    )  # fmt: skip
    list_filter = ("day", "profile")
    search_fields = ("=client_key",)
    search_help_text = "Client key, such as client:7"
    ordering = ("-day", "-units")


@admin.register(IdempotencyRecord)
class IdempotencyRecordAdmin(ReadOnlyAdmin):
    """Without the answers: they hold what clients alone may read."""

    list_display = ("key", "path", "client_key", "status", "created_at")
    search_fields = ("=key", "=client_key")
    search_help_text = "Idempotency-Key or client key"
    ordering = ("-created_at",)
    fields = ("key", "path", "client_key", "status", "claimed_at", "created_at")
