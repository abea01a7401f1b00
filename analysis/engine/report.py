"""What does an analysis say, and how is it written as JSON?"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson

SCHEMA = 1

Metric = str | int | float | bool | None | list[Any] | dict[str, Any]
Param = str | int | float


class Category(StrEnum):
    READABILITY = "readability"
    STRUCTURE = "structure"
    STYLE = "style"
    INCLUSION = "inclusion"
    SEO = "seo"
    QUALITY = "quality"
    INFORMATION = "information"  # never scored


class Rating(StrEnum):
    GOOD = "good"
    OK = "ok"
    BAD = "bad"


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    SUGGESTION = "suggestion"
    INFO = "info"


class Status(StrEnum):
    OK = "ok"
    SKIPPED = "skipped"  # does not apply; `reason` says why
    ERROR = "error"  # the analyzer failed; the others are not affected
    TIMEOUT = "timeout"


class LanguageSource(StrEnum):
    DECLARED = "declared"
    DETECTED = "detected"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark. Messages are plain English; clients translate by `id` and `params`."""

    id: str
    severity: Severity
    message: str
    params: dict[str, Param]
    spans: list[Span]
    excerpt: str
    replacements: list[str]
    impact: float
    key: str


@dataclass(frozen=True, slots=True)
class Section:
    """What one analyzer says. `findings` may be capped, `findings_total` never is; it counts the
    `ignored` ones too, which are not listed and cost no points."""

    id: str
    version: int
    category: Category
    title: str
    status: Status
    reason: str | None
    score: float | None
    rating: Rating | None
    metrics: dict[str, Metric]
    findings_total: int
    ignored: int
    findings: list[Finding]


@dataclass(frozen=True, slots=True)
class Score:
    """`coverage` is the share of the weight whose analyzers ran to their end."""

    score: float | None
    rating: Rating | None
    coverage: float


@dataclass(frozen=True, slots=True)
class Language:
    code: str | None
    confidence: float
    source: LanguageSource


@dataclass(frozen=True, slots=True)
class TopFix:
    """All findings of one id together, and the points of the overall score they cost."""

    id: str
    section: str
    count: int
    points: float
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    schema: int
    engine: str
    profile: str
    content_hash: str
    language: Language
    scores: dict[str, Score]
    sections: dict[str, Section]
    top_fixes: list[TopFix]
    complete: bool

    def to_json(self) -> bytes:
        """The same bytes for the same report, in every process."""
        return orjson.dumps(self, option=orjson.OPT_SORT_KEYS)
