"""Which texts are kept, and who shares them?"""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from analysis.models import Content
from ops.admin.read_only import ReadOnlyAdmin
from ops.console.marks import moment


@admin.register(Content)
class ContentAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "format", "profile", "language", "chars", "wishes", "created")
    list_filter = ("format", "profile")
    search_fields = ("key__startswith", "=sha256")
    search_help_text = "The beginning of a key, or the SHA-256 of the text"
    ordering = ("-created_at",)
    fieldsets = (
        (None, {"fields": ("format", "profile", "language", "chars", "wishes", "created_at")}),
        ("The text", {"fields": ("text", "meta", "options")}),
        ("Its names", {"fields": ("key", "sha256")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Content]:
        return (
            super().get_queryset(request).defer("source").annotate(analysis_count=Count("analyses"))
        )

    @admin.display(description="analyses", ordering="analysis_count")
    def wishes(self, content: Any) -> int:
        return int(content.analysis_count)

    @admin.display(description="created", ordering="created_at")
    def created(self, content: Content) -> SafeString:
        return moment(content.created_at, now=timezone.now())

    @admin.display(description="source")
    def text(self, content: Content) -> SafeString:
        return render_to_string("admin/analysis/_text.html", {"text": content.source})
