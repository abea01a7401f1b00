"""What is kept of a text, so that later ones can be compared with it at a small, fixed cost?

The smallest 128 of its shingles are a random sample of them, and the same sample wherever the text
stands: two texts that share a passage share some of these (bottom-k MinHash).
"""

from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass
from heapq import nsmallest
from math import log2

from analysis.engine.corpus.shingles import shingles_of
from analysis.engine.document.blocks import BlockKind
from analysis.engine.document.document import Document

MAX_SHINGLES = 128
MAX_TERMS = 24
MAX_TITLE_CHARACTERS = 200
MIN_TERM_COUNT = 2
HEADING_BOOST = 2.0


@dataclass(frozen=True, slots=True)
class Term:
    """What a text is about: the stem, how its author writes it, and how much it weighs."""

    stem: str
    word: str
    weight: float


@dataclass(frozen=True, slots=True)
class Sketch:
    words: int
    shingles: frozenset[int]
    terms: tuple[Term, ...]
    title: str  # of the first heading, or how the text begins

    def packed(self) -> bytes:
        return array("q", sorted(self.shingles)).tobytes()


def sketch_of(document: Document) -> Sketch:
    shingles = set(shingles_of(document.words.lower))
    return Sketch(
        words=len(document.words),
        shingles=frozenset(nsmallest(MAX_SHINGLES, shingles)),
        terms=tuple(_terms(document)),
        title=_title(document),
    )


def unpacked(data: bytes) -> frozenset[int]:
    numbers = array("q")
    numbers.frombytes(data)
    return frozenset(numbers)


def normal_keyphrase(keyphrase: str, document: Document) -> str:
    """Equal for all forms and orders of the same words."""
    words = keyphrase.lower().replace("’", "'").split()
    return " ".join(sorted(set(document.stem(words))))


def _terms(document: Document) -> list[Term]:
    counts: Counter[str] = Counter()
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    words = zip(document.words.lower, document.stems, document.content_words, strict=True)
    for word, stem, is_content in words:
        if is_content and len(stem) > 1:
            counts[stem] += 1
            written[stem][word] += 1
    in_headings = _heading_stems(document)
    terms = [
        Term(stem, min(written[stem], key=lambda w: (-written[stem][w], w)), _weight(count, boost))
        for stem, count in counts.items()
        if (boost := stem in in_headings) or count >= MIN_TERM_COUNT
    ]
    return nsmallest(MAX_TERMS, terms, key=lambda term: (-term.weight, term.stem))


def _weight(count: int, in_heading: bool) -> float:
    return round(log2(1 + count) * (HEADING_BOOST if in_heading else 1.0), 3)


def _heading_stems(document: Document) -> set[str]:
    ranges = [document.block_words[index] for index in document.headings]
    return {stem for first, last in ranges for stem in document.stems[first:last]}


def _title(document: Document) -> str:
    headings = [b for b in document.blocks if b.kind is BlockKind.HEADING and b.end > b.start]
    block = next(iter(headings or document.blocks), None)
    text = " ".join(document.text[block.start : block.end].split()) if block else ""
    return text[:MAX_TITLE_CHARACTERS]
