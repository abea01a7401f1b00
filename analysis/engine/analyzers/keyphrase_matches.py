"""Where does the keyphrase occur?

A sentence matches when it holds every content word of the keyphrase, in any form and any order. A
keyphrase in double quotes matches only as it is written.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.engine.document.document import Document, Sentence
from analysis.engine.document.words import find_words
from analysis.engine.report import Span

QUOTES = '"“”„«»'


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
    words = tuple(find_words(text).lower)
    content = tuple(word for word in words if word not in document.facts.function_words) or words
    is_exact = len(text) > 2 and text[0] in QUOTES and text[-1] in QUOTES
    return Keyphrase(text.strip(QUOTES), words, tuple(document.base(content)), content, is_exact)


def find_matches(document: Document, phrase: Keyphrase) -> list[Match]:
    places = _exact_places(document, phrase) if phrase.is_exact else _places(document, phrase)
    matches = []
    for number, inside in _by_sentence(document.sentences, places):
        count = len(inside) // len(phrase.words) if phrase.is_exact else 0
        count = count or count_in([document.bases[index] for index in inside], phrase)
        if count:
            words = document.words
            spans = tuple(Span(words.starts[index], words.ends[index]) for index in inside)
            matches.append(Match(number, count, spans))
    return matches


def _places(document: Document, phrase: Keyphrase) -> list[int]:
    wanted = phrase.wanted
    return [index for index, base in enumerate(document.bases) if base in wanted]


def _exact_places(document: Document, phrase: Keyphrase) -> list[int]:
    """The indexes of all words of all occurrences that stand as they are written."""
    lower, size = document.words.lower, len(phrase.words)
    places: list[int] = []
    following = 0
    for index, word in enumerate(lower):
        if index < following or word != phrase.words[0]:
            continue
        if tuple(lower[index : index + size]) == phrase.words:
            places.extend(range(index, index + size))
            following = index + size
    return places


def count_in(forms: Sequence[str], phrase: Keyphrase) -> int:
    """How often the whole keyphrase can be made of these words."""
    counts = Counter(forms)
    return min((counts[form] for form in phrase.wanted), default=0)


def share_in(document: Document, text: str, phrase: Keyphrase) -> float:
    """The share of the keyphrase's words that a short text holds, such as an alt text."""
    forms = set(forms_of(document, text, phrase))
    wanted = phrase.wanted
    return sum(form in forms for form in wanted) / len(wanted)


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
