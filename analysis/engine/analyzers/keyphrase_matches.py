"""Where does the keyphrase occur?

A sentence matches when it holds every content word of the keyphrase, in any form and any order. A
keyphrase in double quotes matches only as it is written. A hyphen is as good as a space.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from analysis.engine.document.document import Document, Sentence
from analysis.engine.document.words import Words, find_words
from analysis.engine.phrases import stands_together
from analysis.engine.report import Span

QUOTES = '"“”„«»'
HYPHENS = str.maketrans("-‑", "  ")

What = TypeVar("What")


@dataclass(frozen=True, slots=True)
class Keyphrase:
    """`bases` are those of the content words, in order; `words` are all words as written."""

    text: str
    words: tuple[str, ...]
    bases: tuple[str, ...]
    content: tuple[str, ...]
    is_exact: bool

    @property
    def wanted(self) -> frozenset[str]:
        return frozenset(self.words if self.is_exact else self.bases)


@dataclass(frozen=True, slots=True)
class Match:
    sentence: int
    count: int
    spans: tuple[Span, ...]


def keyphrase_of(document: Document, text: str) -> Keyphrase:
    text = text.strip()
    words = tuple(words_of(text))
    content = tuple(word for word in words if word not in document.facts.function_words) or words
    is_exact = len(text) > 2 and text[0] in QUOTES and text[-1] in QUOTES
    return Keyphrase(text.strip(QUOTES), words, tuple(document.base(content)), content, is_exact)


def words_of(text: str) -> list[str]:
    """Those of a short text, with the parts of compounds apart."""
    return find_words(text.translate(HYPHENS)).lower


def find_matches(document: Document, phrase: Keyphrase) -> list[Match]:
    if phrase.is_exact:
        written = occurrences(document.text, document.words, phrase.words)
        grouped = _by_sentence(document.sentences, written)
        return [Match(n, len(places), _spans(document, places)) for n, places in grouped]
    return list(_formed(document, phrase))


def occurrences(text: str, words: Words, wanted: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where the wanted words stand as they are written: the first word, and the one behind."""
    parts = [(part, i) for i, word in enumerate(words.lower) for part in _parts(word)]
    names, size = [part for part, _ in parts], len(wanted)
    found: list[tuple[int, int]] = []
    following = 0
    for place, name in enumerate(names):
        if place < following or name != wanted[0] or tuple(names[place : place + size]) != wanted:
            continue
        first, last = parts[place][1], parts[place + size - 1][1] + 1
        if stands_together(text, words, first, last):
            found.append((first, last))
            following = place + size
    return found


def _parts(word: str) -> list[str]:
    return word.translate(HYPHENS).split()


def _spans(document: Document, places: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    starts, ends = document.words.starts, document.words.ends
    return tuple(Span(starts[first], ends[last - 1]) for first, last in places)


def _formed(document: Document, phrase: Keyphrase) -> Iterator[Match]:
    places = [(i, form) for i, form in _forms(document, 0, None) if form in phrase.wanted]
    for number, inside in _by_sentence(document.sentences, places):
        count = _count((form for _, form in inside), phrase)
        if count:
            indexes = dict.fromkeys(index for index, _ in inside)
            yield Match(number, count, _spans(document, ((i, i + 1) for i in indexes)))


def _forms(document: Document, first: int, last: int | None) -> Iterator[tuple[int, str]]:
    """The base form of each word, and of each part of a compound."""
    lower = document.words.lower
    for index, form in enumerate(document.bases[first:last], first):
        yield index, form
        if "-" in form or "‑" in form:
            for part in document.base(_parts(lower[index])):
                yield index, part


def holds_all(document: Document, first: int, last: int, phrase: Keyphrase) -> bool:
    """Whether the words of the keyphrase stand between two words, if far from each other."""
    if phrase.is_exact:
        return False
    return phrase.wanted <= {form for _, form in _forms(document, first, last)}


def mentions(document: Document, text: str, phrase: Keyphrase) -> int:
    """How often a short text, such as a description, holds the whole keyphrase."""
    if phrase.is_exact:
        return len(occurrences(text, find_words(text), phrase.words))
    return _count(document.base(words_of(text)), phrase)


def share_in(document: Document, text: str, phrase: Keyphrase) -> float:
    """The share of the keyphrase's words that a short text holds, such as an alt text."""
    if phrase.is_exact:
        return float(mentions(document, text, phrase) > 0)
    forms = set(document.base(words_of(text)))
    return sum(form in forms for form in phrase.wanted) / len(phrase.wanted)


def _count(forms: Iterable[str], phrase: Keyphrase) -> int:
    """How often the whole keyphrase can be made of these words."""
    counts = Counter(forms)
    return min((counts[form] for form in phrase.wanted), default=0)


def _by_sentence(
    sentences: Sequence[Sentence], places: Iterable[tuple[int, What]]
) -> list[tuple[int, list[tuple[int, What]]]]:
    """Places begin with the index of a word; those outside of sentences are left out."""
    grouped: list[tuple[int, list[tuple[int, What]]]] = []
    number = 0
    for place in places:
        while number < len(sentences) and sentences[number].last <= place[0]:
            number += 1
        if number == len(sentences):
            break
        if grouped and grouped[-1][0] == number:
            grouped[-1][1].append(place)
        else:
            grouped.append((number, [place]))
    return grouped
