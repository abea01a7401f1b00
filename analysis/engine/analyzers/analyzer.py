"""What is an analyzer, and what does it hand back?"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from analysis.engine.deadline import Deadline
from analysis.engine.document.document import Document
from analysis.engine.profiles import Profile
from analysis.engine.report import Category, Metric, Param, Severity, Span
from analysis.engine.request import AnalysisRequest, Format, Meta
from analysis.engine.scoring import Scale


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding before the engine maps it to the source; `spans` lie in the canonical text."""

    id: str
    severity: Severity
    message: str
    spans: tuple[Span, ...] = ()
    params: dict[str, Param] = field(default_factory=dict)
    replacements: tuple[str, ...] = ()
    source: Span | None = None  # for what has no text of its own, such as an image


@dataclass(frozen=True, slots=True)
class Outcome:
    score: float | None = None
    metrics: dict[str, Metric] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Task:
    """All that an analyzer may look at."""

    document: Document
    request: AnalysisRequest
    profile: Profile
    deadline: Deadline

    @property
    def is_page(self) -> bool:
        return self.request.format is Format.PAGE

    @property
    def meta(self) -> Meta:
        """What the author says; what is not told, a page may say itself."""
        told = self.request.meta
        if not self.is_page:
            return told
        page = self.document.page
        return replace(
            told,
            title=told.title or page.title,
            description=told.description or page.content("description"),
            url=told.url or next(iter(page.hrefs("canonical")), ""),
        )

    def band(self, name: str) -> Scale:
        return self.profile.band(name)


@dataclass(frozen=True, slots=True)
class Analyzer:
    """Raise `version` with every change of what `measure` says: reports are cached under it."""

    id: str
    version: int
    category: Category
    title: str
    measure: Callable[[Task], Outcome]
    skip_reason: Callable[[Task], str | None] = lambda task: None
    languages: frozenset[str] | None = None
