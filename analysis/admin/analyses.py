"""Who asked for which analysis, and how far is it? Erasing one erases its text with it."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from analysis.erasure import erase
from analysis.models import Analysis, Status
from ops.admin.read_only import ReadOnlyAdmin
from ops.admin.told import ToldAdmin
from ops.console.links import client_link, job_link, link
from ops.console.marks import NOTHING, Tone, badge, moment

_TONES = {
    Status.QUEUED: Tone.WAIT,
    Status.RUNNING: Tone.BUSY,
    Status.SUCCEEDED: Tone.GOOD,
    Status.FAILED: Tone.BAD,
    Status.CANCELED: Tone.CALM,
    Status.EXPIRED: Tone.CALM,
}


def status_badge(analysis: Analysis) -> SafeString:
    return badge(analysis.status.label.lower(), _TONES[analysis.status])


class StatusFilter(admin.SimpleListFilter):
    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(status.value, status.label.lower()) for status in Status]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Analysis]:
        wanted = self.value()
        return queryset.with_status(Status(wanted)) if wanted in Status.values else queryset


class BatchFilter(admin.SimpleListFilter):
    """Followed from a batch; offered as a choice only while it is on."""

    title = "batch"
    parameter_name = "batch"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        wanted = request.GET.get("batch", "")
        return [(wanted, wanted)] if wanted else []

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Analysis]:
        wanted = self.value()
        return queryset.filter(batch__public_id=wanted) if wanted else queryset


@admin.register(Analysis)
class AnalysisAdmin(ToldAdmin, ReadOnlyAdmin):
    list_display = ("public_id", "status", "client", "score", "size", "created")
    list_filter = (StatusFilter, "content__format", "content__profile", BatchFilter)
    search_fields = ("=public_id", "client_key", "=content__key", "=content__sha256")
    search_help_text = "Id, client key, content key or SHA-256 of the text"
    ordering = ("-id",)
    fieldsets = (
        (None, {"fields": ("public_id", "status", "client", "metadata", "created_at")}),
        ("What came of it", {"fields": ("report", "score", "job_page", "failure")}),
        ("What was sent", {"fields": ("content_page", "size")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Analysis]:
        return super().get_queryset(request).in_view()

    def has_delete_permission(self, request: HttpRequest, obj: Analysis | None = None) -> bool:
        """Not while a worker reads the text."""
        if obj is not None and obj.status is Status.RUNNING:
            return False
        return bool(request.user.has_perm("analysis.delete_analysis"))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """One by one: a list could hold some that run and cannot be erased."""
        return {}

    def delete_model(self, request: HttpRequest, obj: Analysis) -> None:
        erase(obj)

    @admin.display(description="status")
    def status(self, analysis: Analysis) -> SafeString:
        return status_badge(analysis)

    @admin.display(description="client", ordering="client_key")
    def client(self, analysis: Analysis) -> SafeString:
        return client_link(analysis.client_key)

    @admin.display(description="score")
    def score(self, analysis: Analysis) -> str:
        report = analysis.report
        return NOTHING if report is None or report.score is None else f"{report.score:.0f}"

    @admin.display(description="characters")
    def size(self, analysis: Analysis) -> str:
        return f"{analysis.content.chars:,}"

    @admin.display(description="created", ordering="id")
    def created(self, analysis: Analysis) -> SafeString:
        return moment(analysis.created_at, now=timezone.now())

    @admin.display(description="report")
    def report(self, analysis: Analysis) -> SafeString:
        if analysis.report is None:
            return NOTHING
        page = reverse("admin:analysis_report_change", args=[analysis.content_id])
        return link(page, "Read the report")

    @admin.display(description="job")
    def job_page(self, analysis: Analysis) -> SafeString:
        return job_link(analysis.job)

    @admin.display(description="why it failed")
    def failure(self, analysis: Analysis) -> str:
        failure = analysis.job.failure if analysis.job else None
        return NOTHING if failure is None else f"{failure.code}: {failure.message}"

    @admin.display(description="content")
    def content_page(self, analysis: Analysis) -> SafeString:
        page = reverse("admin:analysis_content_change", args=[analysis.content_id])
        return link(page, str(analysis.content))
