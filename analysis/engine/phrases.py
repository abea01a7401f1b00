"""Where do the phrases of a list occur in a document?

A phrase is looked up by its first word, so that the cost depends on the text and not on the length
of the list. Words of a phrase stand in one sentence with nothing but white space or a hyphen
between them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.engine.document.document import Document
from analysis.engine.document.words import find_words
from analysis.engine.report import Span

SEPARATOR = "="
ALTERNATIVE = "|"
GAPS = frozenset((" ", "-", "\xa0", "  ", "", "‑"))


@dataclass(frozen=True, slots=True)
class Phrase:
    text: str
    words: tuple[str, ...]
    kind: str
    replacements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """`first` to before `last` are word indexes."""

    phrase: Phrase
    first: int
    last: int


def phrases(kind: str, listing: str) -> list[Phrase]:
    """One phrase a line: `in order to = to | so as to`, or several with one replacement:
    `utilise, utilises = use`; lines without `=` have no replacement."""
    found: list[Phrase] = []
    for line in listing.strip().splitlines():
        names, _, better = line.partition(SEPARATOR)
        replacements = tuple(part.strip() for part in better.split(ALTERNATIVE) if part.strip())
        listed = (phrase_of(name, kind, replacements) for name in names.split(","))
        found.extend(phrase for phrase in listed if phrase.words)
    return found


def phrase_of(text: str, kind: str, replacements: tuple[str, ...] = ()) -> Phrase:
    return Phrase(text.strip(), tuple(find_words(text).lower), kind, replacements)


class PhraseIndex:
    def __init__(self, listed: Iterable[Phrase]) -> None:
        by_first: defaultdict[str, dict[tuple[str, ...], Phrase]] = defaultdict(dict)
        for phrase in listed:
            by_first[phrase.words[0]].setdefault(phrase.words, phrase)
        self._by_first = {
            word: sorted(group.values(), key=lambda p: -len(p.words))
            for word, group in by_first.items()
        }

    def __len__(self) -> int:
        return sum(map(len, self._by_first.values()))

    def find(self, document: Document) -> Iterator[Hit]:
        """The longest phrase at each place; hits never overlap."""
        lower = document.words.lower
        by_first = self._by_first
        free = 0
        for index, word in enumerate(lower):
            if word in by_first and index >= free:
                hit = self._hit(document, index, by_first[word])
                if hit is not None:
                    yield hit
                    free = hit.last

    def _hit(self, document: Document, first: int, candidates: list[Phrase]) -> Hit | None:
        lower = document.words.lower
        for phrase in candidates:
            last = first + len(phrase.words)
            if last == first + 1:
                return Hit(phrase, first, last)
            if tuple(lower[first:last]) == phrase.words and is_unbroken(document, first, last):
                return Hit(phrase, first, last)
        return None


def is_unbroken(document: Document, first: int, last: int) -> bool:
    words, text = document.words, document.text
    return all(
        text[words.ends[index] : words.starts[index + 1]] in GAPS
        for index in range(first, last - 1)
    )


def span_of(document: Document, first: int, last: int) -> Span:
    return Span(document.words.starts[first], document.words.ends[last - 1])


def as_written(document: Document, hit: Hit) -> tuple[str, ...]:
    """The replacements, with a capital where the phrase has one."""
    if not document.words.surface[hit.first][:1].isupper():
        return hit.phrase.replacements
    return tuple(better[:1].upper() + better[1:] for better in hit.phrase.replacements)
