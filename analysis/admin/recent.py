"""What was analysed last? A list for the console's overview."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from analysis.admin.analyses import status_badge
from analysis.models import Analysis
from ops.console.marks import moment
from ops.console.panels import Panel, Row

SHOWN = 8


def panel() -> Panel:
    now = timezone.now()
    newest = Analysis.objects.in_view().order_by("-id")[:SHOWN]
    return Panel(
        name="analyses",
        title="Recent analyses",
        rows=tuple(_row(analysis, now) for analysis in newest),
        empty="Nobody has asked for an analysis yet. Paste a text into the playground to see one.",
        link=reverse("admin:analysis_analysis_changelist"),
        link_text="All analyses",
        permission="analysis.view_analysis",
    )


def _row(analysis: Analysis, now: datetime) -> Row:
    return Row(
        badge=status_badge(analysis),
        title=analysis.public_id,
        link=reverse("admin:analysis_analysis_change", args=[analysis.pk]),
        detail=_detail(analysis),
        when=moment(analysis.created_at, now=now),
    )


def _detail(analysis: Analysis) -> str:
    report, job = analysis.report, analysis.job
    if report is not None:
        score = "" if report.score is None else f", score {report.score:.0f}"
        return f"{report.words or 0:,} words{score}"
    if job is not None and job.failure is not None:
        return job.failure.message
    return f"{analysis.content.chars:,} characters of {analysis.content.format}"
