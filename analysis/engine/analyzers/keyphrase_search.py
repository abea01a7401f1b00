"""Where in the content was the keyphrase found?"""

from dataclasses import dataclass
from functools import cached_property

from analysis.engine.analyzers.analyzer import Draft, Task
from analysis.engine.analyzers.keyphrase_matches import (
    Keyphrase,
    Match,
    find_matches,
    keyphrase_of,
)
from analysis.engine.document.document import Document
from analysis.engine.document.words import find_words
from analysis.engine.report import Param, Severity, Span

NOT_FOUND = 30.0


@dataclass(frozen=True)
class Search:
    """The keyphrase and where it was found."""

    task: Task
    document: Document
    phrase: Keyphrase

    @cached_property
    def matches(self) -> list[Match]:
        """Those of the keyphrase and of its synonyms, in the order of the text."""
        names = (name for name in self.task.request.options.synonyms if find_words(name).lower)
        phrases = [self.phrase, *(keyphrase_of(self.document, name) for name in names)]
        found = [match for phrase in phrases for match in find_matches(self.document, phrase)]
        return sorted(found, key=lambda match: match.sentence)

    @cached_property
    def count(self) -> int:
        return sum(match.count for match in self.matches)

    @cached_property
    def density(self) -> float:
        return 100 * self.count / len(self.document.words)

    def spans(self) -> tuple[Span, ...]:
        return tuple(span for match in self.matches for span in match.spans)


def draft_of(name: str, message: str, *, spans: tuple[Span, ...] = (), **params: Param) -> Draft:
    return Draft(
        id=f"keyphrase.{name}",
        severity=Severity.SUGGESTION,
        message=message,
        spans=spans,
        params=params,
    )
