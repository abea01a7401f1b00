"""Which passages do two texts have in common?"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.engine.corpus.shingles import SIZE, shingles_of
from analysis.engine.document.document import Document
from analysis.engine.report import Span

FEWEST_WORDS = 8
# Of a script that counts characters as words, eight are a phrase that everybody uses.
FEWEST_CHARACTERS = 24
MAX_PLACES = 4


@dataclass(frozen=True, slots=True)
class Passage:
    """The same run of words in both texts; `first` and `other_first` are indexes of words."""

    first: int
    other_first: int
    words: int

    def span(self, document: Document) -> Span:
        return _span(document, self.first, self.words)

    def other_span(self, other: Document) -> Span:
        return _span(other, self.other_first, self.words)


def passages_between(document: Document, other: Document) -> list[Passage]:
    """In the order of the first text, which no two of them share; linear in both."""
    ours, theirs = shingles_of(document.words.lower), shingles_of(other.words.lower)
    places: defaultdict[int, list[int]] = defaultdict(list)
    for index, shingle in enumerate(theirs):
        if len(places[shingle]) < MAX_PLACES:
            places[shingle].append(index)
    found, index = [], 0
    while index < len(ours):
        starts = places.get(ours[index])
        if not starts:
            index += 1
            continue
        passage = max((_run(ours, theirs, index, s) for s in starts), key=lambda p: p.words)
        if _is_long_enough(passage, document):
            found.append(passage)
            index += passage.words
        else:
            index += 1
    return found


def _run(ours: Sequence[int], theirs: Sequence[int], first: int, other_first: int) -> Passage:
    length = 1
    most = min(len(ours) - first, len(theirs) - other_first)
    while length < most and ours[first + length] == theirs[other_first + length]:
        length += 1
    return Passage(first, other_first, length + SIZE - 1)


def _is_long_enough(passage: Passage, document: Document) -> bool:
    if passage.words < FEWEST_WORDS:
        return False
    words = document.words
    last = passage.first + passage.words - 1
    return words.ends[last] - words.starts[passage.first] >= FEWEST_CHARACTERS


def _span(document: Document, first: int, count: int) -> Span:
    words = document.words
    return document.to_source(words.starts[first], words.ends[first + count - 1])
