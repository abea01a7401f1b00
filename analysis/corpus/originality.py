"""Which part of a text stood in its client's earlier ones already, and where?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from analysis.corpus.earlier import Earlier
from analysis.engine import Document, EngineError, Span, parse
from analysis.engine.corpus.likeness import shared_estimate
from analysis.engine.corpus.passages import Passage, passages_between
from analysis.engine.offsets import span_writer
from analysis.engine.options import OffsetUnit
from analysis.models import Content, Sketch

FEWEST_WORDS = 30
MOST_CANDIDATES = 5
MOST_PASSAGES = 20
MOST_CHARACTERS = 300_000
"""Of all texts that are read for one comparison."""
_ENOUGH_SHARED = 2
_SMALL_SAMPLE = 16
_GOOD_FROM, _OK_FROM = 90.0, 60.0
_EXCERPT_CHARACTERS = 300


@dataclass(frozen=True)
class SharedPassage:
    """The same words in both sources, at these places."""

    words: int
    span: Span
    other_span: Span
    excerpt: str


@dataclass(frozen=True)
class Match:
    analysis: str
    title: str
    created_at: datetime
    shared_words: int
    shared_percent: float
    passages: list[SharedPassage]
    passages_total: int


@dataclass(frozen=True)
class Originality:
    """`partial`: more texts resemble it than were read for this answer."""

    status: str
    reason: str | None = None
    unique_percent: float | None = None
    rating: str | None = None
    compared: int = 0
    partial: bool = False
    matches: list[Match] = field(default_factory=list)


def originality_of(content: Content, sketch: Sketch, earlier: Sequence[Earlier]) -> Originality:
    """Most texts resemble none: those cost no more than a look at the samples."""
    if sketch.words < FEWEST_WORDS:
        return Originality("skipped", "too_short")
    candidates = _alike(sketch, earlier)
    chosen = _within_budget(candidates, MOST_CHARACTERS - content.chars)
    matches, shared_words = _matches(content, chosen) if chosen else ([], 0)
    unique = round(100 * (1 - shared_words / sketch.words), 1)
    return Originality(
        status="ok",
        unique_percent=unique,
        rating=_rating(unique),
        compared=len(earlier),
        partial=len(chosen) < len(candidates),
        matches=matches,
    )


def _alike(sketch: Sketch, earlier: Sequence[Earlier]) -> list[Earlier]:
    """The most alike first."""
    ours = sketch.sample
    enough = _ENOUGH_SHARED if len(ours) >= _SMALL_SAMPLE else 1
    found = [(*shared_estimate(ours, each.shingles), each) for each in earlier]
    alike = [(share, shared, each) for shared, share, each in found if shared >= enough]
    alike.sort(key=lambda item: (-item[0], -item[1], item[2].analysis))
    return [each for _, _, each in alike]


def _within_budget(candidates: Sequence[Earlier], characters: int) -> list[Earlier]:
    chosen: list[Earlier] = []
    for candidate in candidates:
        if len(chosen) < MOST_CANDIDATES and candidate.chars <= characters:
            chosen.append(candidate)
            characters -= candidate.chars
    return chosen


def _matches(content: Content, chosen: Sequence[Earlier]) -> tuple[list[Match], int]:
    """What each of them shares, and how many words at least one of them shares."""
    rows = Content.objects.in_bulk([each.content for each in chosen])
    request = content.as_request()
    document = parse(request)
    shared = bytearray(len(document.words))
    matches = []
    for each in chosen:
        other = _parsed(rows.get(each.content))
        passages = passages_between(document, other) if other else []
        for passage in passages:
            shared[passage.first : passage.first + passage.words] = b"\1" * passage.words
        if other and passages:
            sides = _Sides.of(document, other, request.options.offset_unit)
            matches.append(_match(each, passages, sides))
    matches.sort(key=lambda match: -match.shared_words)
    return matches, sum(shared)


def _parsed(row: Content | None) -> Document | None:
    try:
        return parse(row.as_request()) if row else None
    except EngineError:  # an older engine took it, this one would not
        return None


@dataclass(frozen=True)
class _Sides:
    """Both texts, and how places in them are told."""

    document: Document
    other: Document
    told: Callable[[Span], Span]
    other_told: Callable[[Span], Span]

    @classmethod
    def of(cls, document: Document, other: Document, unit: OffsetUnit) -> _Sides:
        told = span_writer(document.source, unit)
        return cls(document, other, told, span_writer(other.source, unit))

    def passage(self, passage: Passage) -> SharedPassage:
        span = passage.span(self.document)
        return SharedPassage(
            words=passage.words,
            span=self.told(span),
            other_span=self.other_told(passage.other_span(self.other)),
            excerpt=self.document.source[span.start : span.end][:_EXCERPT_CHARACTERS],
        )


def _match(earlier: Earlier, passages: list[Passage], sides: _Sides) -> Match:
    words = sum(passage.words for passage in passages)
    longest = sorted(passages, key=lambda p: (-p.words, p.first))[:MOST_PASSAGES]
    longest.sort(key=lambda passage: passage.first)
    return Match(
        analysis=earlier.analysis,
        title=earlier.title,
        created_at=earlier.created_at,
        shared_words=words,
        shared_percent=round(100 * words / len(sides.document.words), 1),
        passages=[sides.passage(passage) for passage in longest],
        passages_total=len(passages),
    )


def _rating(unique_percent: float) -> str:
    if unique_percent >= _GOOD_FROM:
        return "good"
    return "ok" if unique_percent >= _OK_FROM else "bad"
