"""How do the drafts of an analyzer become findings in the submitted source?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from analysis.engine.analyzers.analyzer import Draft
from analysis.engine.document.document import Document
from analysis.engine.report import Finding, Severity, Span

MAX_FINDINGS_PER_ID = 100
MAX_FINDINGS = 1_000
MAX_SPAN_CHARACTERS = 1_000
MAX_SPANS = 8
KEY_NEIGHBOURS = 2
KEY_WORDS = 24
WEIGHTS = {
    Severity.ERROR: 3.0,
    Severity.WARNING: 2.0,
    Severity.SUGGESTION: 1.0,
    Severity.INFO: 0.0,
}


@dataclass(frozen=True, slots=True)
class Group:
    """All drafts of one id, also those that the caps leave out."""

    count: int
    weight: float


def groups_of(drafts: Iterable[Draft]) -> dict[str, Group]:
    groups: dict[str, Group] = {}
    for draft in drafts:
        known = groups.get(draft.id, Group(0, 0.0))
        groups[draft.id] = Group(known.count + 1, known.weight + WEIGHTS[draft.severity])
    return groups


def weight_of(drafts: Iterable[Draft]) -> float:
    return sum(WEIGHTS[draft.severity] for draft in drafts)


class FindingWriter:
    """Writes the findings of one document; keys and caps are kept over all its sections."""

    def __init__(self, document: Document, ignore: frozenset[str]) -> None:
        self._document = document
        self._ignore = ignore
        self._keys: Counter[str] = Counter()
        self._written = 0
        self._known: dict[int, str] = {}

    def visible(self, drafts: list[Draft]) -> list[Draft]:
        """The drafts whose keys are not ignored; keys are only made when some are."""
        if not self._ignore:
            return drafts
        self._known.update((id(draft), self._key(draft)) for draft in drafts)
        return [draft for draft in drafts if self._known[id(draft)] not in self._ignore]

    def write(self, drafts: list[Draft], lost_points: float) -> list[Finding]:
        """`lost_points` are shared out over all drafts, by severity."""
        weight = weight_of(drafts)
        point = lost_points / weight if weight else 0.0
        written: Counter[str] = Counter()
        findings = []
        for draft in drafts:
            written[draft.id] += 1
            if written[draft.id] > MAX_FINDINGS_PER_ID or self._written >= MAX_FINDINGS:
                continue
            self._written += 1
            findings.append(self._finding(draft, point * WEIGHTS[draft.severity]))
        return findings

    def _finding(self, draft: Draft, impact: float) -> Finding:
        spans = self._source_spans(draft)
        excerpt = self._document.source[spans[0].start : spans[0].end] if spans else ""
        return Finding(
            id=draft.id,
            severity=draft.severity,
            message=draft.message,
            params=draft.params,
            spans=spans,
            excerpt=excerpt,
            replacements=list(draft.replacements),
            impact=round(impact, 3),
            key=self._known.get(id(draft)) or self._key(draft),
        )

    def _source_spans(self, draft: Draft) -> list[Span]:
        if draft.source is not None:
            return list(_pieces(draft.source))[:MAX_SPANS]
        spans: list[Span] = []
        for span in draft.spans[:MAX_SPANS]:
            spans.extend(_pieces(self._document.to_source(span.start, span.end)))
        return spans[:MAX_SPANS]

    def _key(self, draft: Draft) -> str:
        """Stable while the words at and around the place stay; equal places are numbered."""
        context = self._context(draft.spans[0]) if draft.spans else self._spelled(draft.source)
        base = f"{draft.id}\x00{context}"
        self._keys[base] += 1
        numbered = f"{base}\x00{self._keys[base]}"
        return sha256(numbered.encode()).hexdigest()[:12]

    def _spelled(self, source: Span | None) -> str:
        return self._document.source[source.start : source.end] if source else ""

    def _context(self, span: Span) -> str:
        """The words of the place and its neighbours in the same sentence."""
        first, last = self._document.word_range(span)
        sentence = self._document.sentence_at(span.start)
        lowest, highest = (sentence.first, sentence.last) if sentence else (first, last)
        last = min(last, first + KEY_WORDS)
        first = max(lowest, first - KEY_NEIGHBOURS)
        return " ".join(self._document.stems[first : min(highest, last + KEY_NEIGHBOURS)])


def _pieces(span: Span) -> Iterable[Span]:
    """A very long span is cut into neighbours, so that excerpts stay short and exact."""
    for start in range(span.start, max(span.end, span.start + 1), MAX_SPAN_CHARACTERS):
        yield Span(start, min(start + MAX_SPAN_CHARACTERS, span.end))
