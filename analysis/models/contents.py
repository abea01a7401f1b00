"""What was submitted, under which options, and what did the engine say of it?"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import TYPE_CHECKING, cast

from django.db import models
from django.utils import timezone

from analysis.engine import AnalysisRequest, Format, Meta
from analysis.models import stored_options

if TYPE_CHECKING:
    from analysis.engine import Report as EngineReport


class Content(models.Model):
    """One exact text with the options it is analysed under; all who submit it share this row.

    The key is the engine's report key: equal keys mean equal reports.
    """

    key = models.CharField(max_length=64, primary_key=True)
    source = models.TextField()
    format = models.CharField(max_length=10)
    language = models.CharField(max_length=35, blank=True)
    profile = models.CharField(max_length=20)
    meta = models.JSONField(default=dict)
    options = models.JSONField(default=dict)  # those that differ from the defaults
    sha256 = models.CharField(max_length=64)
    chars = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.key[:12]

    @classmethod
    def of(cls, request: AnalysisRequest, key: str) -> Content:
        content = cls(
            key=key,
            source=request.source,
            format=request.format,
            language=request.language or "",
            profile=request.profile,
            meta=asdict(request.meta),
            options=stored_options.as_json(request.options),
            sha256=hashlib.sha256(request.source.encode()).hexdigest(),
            chars=len(request.source),
        )
        # Nobody need ask the database for the report of what is not even stored.
        cls.report.related.set_cached_value(content, None)
        return content

    def as_request(self) -> AnalysisRequest:
        return AnalysisRequest(
            source=self.source,
            format=Format(self.format),
            language=self.language or None,
            profile=self.profile,
            meta=Meta(**self.meta),
            options=stored_options.from_json(self.options),
        )


class Report(models.Model):
    """What the engine said of a content: canonical JSON, byte for byte as the engine wrote it."""

    content = models.OneToOneField(Content, on_delete=models.CASCADE, primary_key=True)
    body = models.TextField()
    engine = models.CharField(max_length=40)
    language = models.CharField(max_length=35, blank=True)
    score = models.FloatField(null=True)
    words = models.PositiveIntegerField(null=True)  # unless the statistics were left out
    degraded = models.JSONField(default=list)  # ids of the sections that failed
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.content_id[:12]

    @classmethod
    def of(cls, content: Content, report: EngineReport, body: str) -> Report:
        return cls(
            content=content,
            body=body,
            engine=report.engine,
            language=report.language.code or "",
            score=report.scores["overall"].score if "overall" in report.scores else None,
            words=_words(report),
            degraded=[s.id for s in report.sections.values() if s.status in {"error", "timeout"}],
        )


def _words(report: EngineReport) -> int | None:
    statistics = report.sections.get("statistics")
    return cast("int | None", statistics.metrics.get("words")) if statistics else None
