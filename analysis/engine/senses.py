"""Does a phrase of a list mean here what the list takes it for?

A chink in a door is no insult, and a piece of cake on a plate is no cliché. What tells the senses
apart is the word before, the word behind or a word nearby; all are looked for in a bounded stretch,
so that the cost depends on the number of phrases alone.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

from analysis.engine.document.code import is_in_code
from analysis.engine.document.document import Document
from analysis.engine.phrases import Hit, is_unbroken, phrase_of
from analysis.engine.wordlists import words

NEARBY_WORDS = 30
# Behind an adverb these begin something new, so the adverb says how and not how much.
NEW_STARTS = words("""
    and or but nor so yet than then if when while because as at by for from in into of on onto over
    through to toward towards under until with within without after before during since about
    among amongst between across around out
""")
# A verb stands behind the first or before the second.
BEFORE_VERBS = words("""
    to will would can could should shall may might must not and or i we you they help helps let lets
    please better fully
""")
OBJECTS = words("""
    the a an this that these those it them us me him her my your his its our their each every all
    existing
""")
# Light nouns, and verbs that many people do: behind «the poor» they tell it from «the poor soil».
NOUNS = words("thing things one ones way ways lot lots")
VERBS = words("""
    pay paid need suffer suffered sleep slept live lived die died struggle struggled lose lost beg
    deserve face faced receive received rely relied vote voted earn spend spent remain remained
    become became gather gathered stand stood sit sat wait waited lie lay starve starved feel felt
    benefit benefited depend speak spoke read write work worked often rarely seldom alike too
""")


class Clue(StrEnum):
    AFTER = "after"  # meant only directly behind one of the words
    NOT_AFTER = "not after"
    NOT_BEFORE = "not before"
    NEAR = "near"  # meant only with one of the words nearby
    NOT_NEAR = "not near"
    ALONE = "alone"  # meant only without a noun or adjective directly behind
    VERB = "verb"  # meant only where it is no noun
    LEANING = "leaning"  # meant only with something to strengthen or weaken directly behind


Senses = Mapping[tuple[str, ...], Mapping[Clue, frozenset[str]]]


def senses(listing: str) -> Senses:
    """A line is `phrase, phrase | clue | words`; all clues of a phrase must agree."""
    found: dict[tuple[str, ...], dict[Clue, frozenset[str]]] = {}
    for line in listing.strip().splitlines():
        names, clue, *told = (part.strip() for part in line.split("|"))
        for name in names.split(","):
            clues = found.setdefault(phrase_of(name, "").words, {})
            clues[Clue(clue)] = clues.get(Clue(clue), frozenset()) | words(" ".join(told))
    return found


def is_meant(known: Senses) -> Callable[[Document, Hit], bool]:
    def agrees(document: Document, hit: Hit) -> bool:
        start, end = document.words.starts[hit.first], document.words.ends[hit.last - 1]
        if is_in_code(document.text, start, end):
            return False
        clues = known.get(hit.phrase.words, {})
        return all(CHECKS[clue](document, hit, company) for clue, company in clues.items())

    return agrees


def _word(document: Document, index: int) -> str:
    return document.words.lower[index] if 0 <= index < len(document.words) else ""


def _nearby(document: Document, hit: Hit) -> list[str]:
    lower = document.words.lower
    return lower[max(0, hit.first - NEARBY_WORDS) : hit.last + NEARBY_WORDS]


def _is_joined(document: Document, index: int) -> bool:
    """Whether a word stands there with nothing but a space before it."""
    return index < len(document.words) and is_unbroken(document, index - 1, index + 1)


def _stands_alone(document: Document, hit: Hit, _: frozenset[str]) -> bool:
    return not _describes(document, hit.last)


def _describes(document: Document, index: int) -> bool:
    """Whether a noun or an adjective stands there: «the poor harvest», but not «the poor pay»."""
    if not _is_joined(document, index):
        return False
    word = document.words.lower[index]
    return word in NOUNS or (document.content_words[index] and word not in VERBS)


def _is_verb(document: Document, hit: Hit, _: frozenset[str]) -> bool:
    return _word(document, hit.first - 1) in BEFORE_VERBS or _word(document, hit.last) in OBJECTS


def _leans(document: Document, hit: Hit, _: frozenset[str]) -> bool:
    """«clearly wrong», and «Clearly, …», but not «speak clearly» or «as clearly as possible»."""
    sentence = document.sentence_at(document.words.starts[hit.first])
    if sentence is not None and sentence.first == hit.first and sentence.word_count > 1:
        return True
    return _is_joined(document, hit.last) and _word(document, hit.last) not in NEW_STARTS


Check = Callable[[Document, Hit, frozenset[str]], bool]
CHECKS: Mapping[Clue, Check] = {
    Clue.AFTER: lambda document, hit, company: _word(document, hit.first - 1) in company,
    Clue.NOT_AFTER: lambda document, hit, company: _word(document, hit.first - 1) not in company,
    Clue.NOT_BEFORE: lambda document, hit, company: _word(document, hit.last) not in company,
    Clue.NEAR: lambda document, hit, company: not company.isdisjoint(_nearby(document, hit)),
    Clue.NOT_NEAR: lambda document, hit, company: company.isdisjoint(_nearby(document, hit)),
    Clue.ALONE: _stands_alone,
    Clue.VERB: _is_verb,
    Clue.LEANING: _leans,
}
