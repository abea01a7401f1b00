"""Where does the keyphrase occur?

A sentence matches when it holds every content word of the keyphrase, in any form and any order. A
keyphrase in double quotes matches only as it is written, with its words side by side.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.engine.document.document import Document, Sentence
from analysis.engine.document.words import find_words
from analysis.engine.phrases import is_unbroken
from analysis.engine.report import Span

QUOTES = '"“”„«»'


@dataclass(frozen=True, slots=True)
class Keyphrase:
    """`bases` are those of the content words, in order; `words` are all words as written."""

    text: str
    words: tuple[str, ...]
    bases: tuple[str, ...]
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
    words = tuple(find_words(text).lower)
    content = tuple(word for word in words if word not in document.facts.function_words) or words
    is_exact = len(text) > 2 and text[0] in QUOTES and text[-1] in QUOTES
    return Keyphrase(text.strip(QUOTES), words, tuple(document.base(content)), is_exact)


def find_matches(document: Document, phrase: Keyphrase) -> list[Match]:
    if phrase.is_exact:
        return find_runs(document, phrase)
    matches = []
    for number, inside in _by_sentence(document.sentences, _places(document, phrase)):
        count = count_in([document.bases[index] for index in inside], phrase)
        if count:
            matches.append(_match(document, number, count, inside))
    return matches


def find_runs(document: Document, phrase: Keyphrase) -> list[Match]:
    """Where all its words stand side by side, in any form or, in quotes, as they are written."""
    exact = (phrase.words, document.words.lower)
    wanted, forms = exact if phrase.is_exact else (document.base(phrase.words), document.bases)
    places = _run_places(document, tuple(wanted), forms)
    return [
        _match(document, number, len(inside) // len(phrase.words), inside)
        for number, inside in _by_sentence(document.sentences, places)
    ]


def _match(document: Document, sentence: int, count: int, places: list[int]) -> Match:
    words = document.words
    spans = tuple(Span(words.starts[index], words.ends[index]) for index in places)
    return Match(sentence, count, spans)


def _places(document: Document, phrase: Keyphrase) -> list[int]:
    wanted = phrase.wanted
    return [index for index, base in enumerate(document.bases) if base in wanted]


def _run_places(document: Document, wanted: tuple[str, ...], forms: list[str]) -> list[int]:
    """The indexes of all words of all runs; runs do not overlap."""
    size = len(wanted)
    places: list[int] = []
    following = 0
    for index, form in enumerate(forms):
        if index < following or form != wanted[0]:
            continue
        last = index + size
        if tuple(forms[index:last]) == wanted and is_unbroken(document, index, last):
            places.extend(range(index, last))
            following = last
    return places


def count_in(forms: Sequence[str], phrase: Keyphrase) -> int:
    """How often the whole keyphrase can be made of these words, or in quotes stands among them."""
    if phrase.is_exact:
        return f" {' '.join(forms)} ".count(f" {' '.join(phrase.words)} ")
    counts = Counter(forms)
    return min((counts[form] for form in phrase.wanted), default=0)


def share_in(document: Document, text: str, phrase: Keyphrase) -> float:
    """The share of the keyphrase's words that a short text holds, such as an alt text."""
    forms = forms_of(document, text, phrase)
    if phrase.is_exact:
        return min(1.0, count_in(forms, phrase))
    wanted = phrase.wanted
    return sum(form in wanted for form in set(forms)) / len(wanted)


def forms_of(document: Document, text: str, phrase: Keyphrase) -> list[str]:
    lower = find_words(text).lower
    return lower if phrase.is_exact else document.base(lower)


def _by_sentence(sentences: Sequence[Sentence], places: list[int]) -> list[tuple[int, list[int]]]:
    grouped: list[tuple[int, list[int]]] = []
    number = 0
    for place in places:
        while number < len(sentences) and sentences[number].last <= place:
            number += 1
        if number == len(sentences):
            break
        if grouped and grouped[-1][0] == number:
            grouped[-1][1].append(place)
        else:
            grouped.append((number, [place]))
    return grouped
