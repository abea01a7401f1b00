"""Which batches were submitted, and how far are they?"""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from analysis.batch_standing import standing_of
from analysis.models import Batch
from ops.admin.read_only import ReadOnlyAdmin
from ops.console.links import client_link, link
from ops.console.marks import moment


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin):
    list_display = ("public_id", "client", "size", "reported", "created")
    search_fields = ("=public_id", "client_key")
    search_help_text = "Id or client key"
    ordering = ("-id",)
    fieldsets = (
        (None, {"fields": ("public_id", "client", "size", "metadata", "created_at")}),
        ("How it stands", {"fields": ("standing", "canceled_at", "items_page")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Batch]:
        reported = Count("analyses", filter=Q(analyses__content__report__isnull=False))
        return super().get_queryset(request).annotate(reported_count=reported)

    @admin.display(description="client", ordering="client_key")
    def client(self, batch: Batch) -> SafeString | str:
        return client_link(batch.client_key)

    @admin.display(description="with a report")
    def reported(self, batch: Any) -> int:
        return int(batch.reported_count)

    @admin.display(description="created", ordering="created_at")
    def created(self, batch: Batch) -> SafeString:
        return moment(batch.created_at, now=timezone.now())

    @admin.display(description="items")
    def standing(self, batch: Batch) -> str:
        counts = standing_of(batch).counts
        return ", ".join(f"{count:,} {status.label.lower()}" for status, count in counts.items())

    @admin.display(description="analyses")
    def items_page(self, batch: Batch) -> SafeString:
        page = reverse("admin:analysis_analysis_changelist", query={"batch": batch.public_id})
        return link(page, "Its analyses")
