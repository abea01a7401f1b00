"""What is the text about?"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import log2

from analysis.engine.analyzers.analyzer import Analyzer, Outcome, Task
from analysis.engine.document.blocks import BlockKind
from analysis.engine.document.document import Document
from analysis.engine.report import Category, Metric, Span

MAX_KEYWORDS = 15
MAX_CANDIDATES = 400
MAX_PLACES = 10
MAX_WORDS = 3
MIN_LETTERS = 3
HEADING_BOOST = 2.0
EARLY_BOOST = 1.3
EARLY_SHARE = 0.1
# A phrase tells more than its words: two words weigh 1.8 times as much as one of the same count.
LENGTH_WEIGHTS = {1: 1.0, 2: 1.8, 3: 2.3}

Gram = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    stems: Gram
    places: list[int]  # index of the first word
    in_heading: bool

    @property
    def count(self) -> int:
        return len(self.places)


def measure(task: Task) -> Outcome:
    document = task.document
    ranked = _without_parts(_ranked(document, _candidates(task)))
    return Outcome(metrics={"keywords": [_metric(document, *item) for item in ranked]})


def _candidates(task: Task) -> list[Candidate]:
    """Runs of one to three content words inside one sentence that occur twice or in a heading."""
    document = task.document
    stems, content = document.stems, document.content_words
    places: defaultdict[Gram, list[int]] = defaultdict(list)
    in_headings: set[Gram] = set()
    for sentence in task.deadline.watch(document.sentences):
        in_heading = document.blocks[sentence.block].kind is BlockKind.HEADING
        for first in range(sentence.first, sentence.last):
            gram: Gram = ()
            for last in range(first, min(first + MAX_WORDS, sentence.last)):
                if not content[last] or not _touches(document, last, first):
                    break
                gram = (*gram, stems[last])
                places[gram].append(first)
                if in_heading:
                    in_headings.add(gram)
    return [
        Candidate(gram, found, gram in in_headings)
        for gram, found in places.items()
        if len(found) > 1 or gram in in_headings
    ]


def _touches(document: Document, index: int, first: int) -> bool:
    """Nothing but a space stands between the words of a phrase."""
    if index == first:
        return True
    gap = document.text[document.words.ends[index - 1] : document.words.starts[index]]
    return gap in (" ", "", "\xa0", "-")


def _ranked(document: Document, candidates: list[Candidate]) -> list[tuple[Candidate, float]]:
    early = len(document.words) * EARLY_SHARE
    scored = [(candidate, _score(candidate, early)) for candidate in candidates]
    scored.sort(key=lambda item: (-item[1], item[0].stems))
    return scored[:MAX_CANDIDATES]


def _score(candidate: Candidate, early: float) -> float:
    score = LENGTH_WEIGHTS[len(candidate.stems)] * log2(1 + candidate.count)
    score *= candidate.count**0.5
    if candidate.in_heading:
        score *= HEADING_BOOST
    if candidate.places[0] <= early:
        score *= EARLY_BOOST
    return score


def _without_parts(ranked: list[tuple[Candidate, float]]) -> list[tuple[Candidate, float]]:
    """A word that mostly occurs inside a better phrase, or a phrase around one, is left out."""
    kept: list[tuple[Candidate, float]] = []
    counts: defaultdict[str, list[Candidate]] = defaultdict(list)
    for candidate, score in ranked:
        rivals = {id(r): r for stem in candidate.stems for r in counts[stem]}.values()
        if not any(_is_covered(candidate, rival) for rival in rivals):
            kept.append((candidate, score))
            for stem in candidate.stems:
                counts[stem].append(candidate)
        if len(kept) == MAX_KEYWORDS:
            break
    return kept


def _is_covered(candidate: Candidate, rival: Candidate) -> bool:
    small, large = sorted((candidate, rival), key=lambda c: len(c.stems))
    if len(small.stems) == len(large.stems):
        return False
    inside = any(
        large.stems[i : i + len(small.stems)] == small.stems for i in range(len(large.stems))
    )
    return inside and (rival is small or candidate.count < 2 * rival.count)


def _metric(document: Document, candidate: Candidate, score: float) -> dict[str, Metric]:
    size = len(candidate.stems)
    words = document.words
    forms = Counter(" ".join(words.lower[place : place + size]) for place in candidate.places)
    form = min(forms, key=lambda text: (-forms[text], text))
    spans = [
        document.to_source(words.starts[place], words.ends[place + size - 1])
        for place in candidate.places[:MAX_PLACES]
    ]
    return {
        "text": form,
        "count": candidate.count,
        "score": round(score, 2),
        "density_percent": round(100 * candidate.count * size / len(words), 2),
        "spans": [_span(span) for span in spans],
    }


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _skip_reason(task: Task) -> str | None:
    if not task.document.sentences:
        return "no_sentences"
    known = task.document.facts.function_words
    return None if known else "language_not_supported"


ANALYZER = Analyzer(
    id="keywords",
    version=2,
    category=Category.INFORMATION,
    title="Keywords",
    measure=measure,
    skip_reason=_skip_reason,
)
