"""What did the engine say? For people first, as JSON below."""

import orjson
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from analysis.models import Report
from ops.admin.read_only import ReadOnlyAdmin
from ops.console.links import link
from ops.console.marks import NOTHING, moment


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "grade", "words", "language", "engine", "missing", "created")
    list_filter = ("language", "engine")
    search_fields = ("content__key__startswith", "=content__sha256")
    search_help_text = "The beginning of a content key, or the SHA-256 of the text"
    ordering = ("-created_at",)
    fieldsets = (
        (None, {"fields": ("grade", "words", "language", "engine", "missing", "created_at")}),
        ("What it says", {"fields": ("findings",)}),
        ("As clients get it", {"fields": ("document", "content_page")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        return super().get_queryset(request).defer("body")

    @admin.display(description="score", ordering="score")
    def grade(self, report: Report) -> str:
        return NOTHING if report.score is None else f"{report.score:.1f}"

    @admin.display(description="missing sections")
    def missing(self, report: Report) -> str:
        return ", ".join(report.degraded) or NOTHING

    @admin.display(description="created", ordering="created_at")
    def created(self, report: Report) -> SafeString:
        return moment(report.created_at, now=timezone.now())

    @admin.display(description="findings")
    def findings(self, report: Report) -> SafeString:
        said = orjson.loads(report.body)
        return render_to_string("admin/analysis/_report.html", {"report": said})

    @admin.display(description="JSON")
    def document(self, report: Report) -> SafeString:
        pretty = orjson.dumps(orjson.loads(report.body), option=orjson.OPT_INDENT_2).decode()
        return render_to_string("admin/analysis/_text.html", {"text": pretty, "folded": True})

    @admin.display(description="content")
    def content_page(self, report: Report) -> SafeString:
        page = reverse("admin:analysis_content_change", args=[report.content_id])
        return link(page, "The text it speaks of")
