"""Where does the keyphrase occur?

A sentence matches when it holds every content word of the keyphrase, in any form and any order. A
keyphrase in double quotes matches only as it is written, with its words side by side. A hyphen is
as good as a space.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from analysis.engine.document.document import Document, Sentence
from analysis.engine.document.words import HYPHENS, Words, find_words, parts_of
from analysis.engine.phrases import span_of, stands_together
from analysis.engine.report import Span

QUOTES = '"“”„«»'

What = TypeVar("What")
Run = tuple[int, int]  # the index of the first word, and of the one behind


@dataclass(frozen=True, slots=True)
class Keyphrase:
    """`bases` are those of the content words, in order; `words` are all words as written."""

    text: str
    words: tuple[str, ...]
    bases: tuple[str, ...]
    is_exact: bool

    @property
    def wanted(self) -> frozenset[str]:
        return frozenset(self.bases)


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
    return Keyphrase(text.strip(QUOTES), words, tuple(document.base(content)), is_exact)


def words_of(text: str) -> list[str]:
    """Those of a short text, with the parts of compounds apart."""
    return find_words(text.translate(HYPHENS)).lower


def find_matches(document: Document, phrase: Keyphrase) -> list[Match]:
    if phrase.is_exact:
        return find_runs(document, phrase)
    matches = []
    wanted = phrase.wanted
    places = [form for form in document.part_bases if form[1] in wanted]
    for number, inside in _by_sentence(document.sentences, places):
        count = _count((form for _, form in inside), phrase)
        if count:
            words = dict.fromkeys(index for index, _ in inside)
            spans = tuple(span_of(document, index, index + 1) for index in words)
            matches.append(Match(number, count, spans))
    return matches


def find_runs(document: Document, phrase: Keyphrase) -> list[Match]:
    """Where all its words stand side by side, in any form or, in quotes, as they are written."""
    text, words = document.text, document.words
    if phrase.is_exact:
        runs = occurrences(text, words, phrase.words)
    else:
        runs = _runs(text, words, tuple(document.base(phrase.words)), document.part_bases)
    return [
        Match(number, len(inside), tuple(span_of(document, *run) for run in inside))
        for number, inside in _by_sentence(document.sentences, runs)
    ]


def occurrences(text: str, words: Words, wanted: tuple[str, ...]) -> list[Run]:
    """Where the wanted words stand as they are written."""
    parts = [(index, part) for index, word in enumerate(words.lower) for part in parts_of(word)]
    return _runs(text, words, wanted, parts)


def _runs(
    text: str, words: Words, wanted: tuple[str, ...], forms: list[tuple[int, str]]
) -> list[Run]:
    """Runs do not overlap."""
    runs: list[Run] = []
    following = 0
    for place, (first, name) in enumerate(forms):
        if place < following or name != wanted[0]:
            continue
        inside = forms[place : place + len(wanted)]
        run = (first, inside[-1][0] + 1)
        if tuple(form for _, form in inside) == wanted and stands_together(text, words, *run):
            runs.append(run)
            following = place + len(wanted)
    return runs


def holds_all(document: Document, first: int, last: int, phrase: Keyphrase) -> bool:
    """Whether the words of the keyphrase stand between two words, if far from each other."""
    if phrase.is_exact:
        return False
    return phrase.wanted <= {form for index, form in document.part_bases if first <= index < last}


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
