"""Which words leave people out or hurt them?"""

from collections import Counter

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.density import per_thousand_words
from analysis.engine.analyzers.skipping import without_sentences
from analysis.engine.document.blocks import BlockKind
from analysis.engine.document.document import Document, Sentence
from analysis.engine.lexicons.inclusive import BY_NAME, INCLUSIVE, NEUTRAL
from analysis.engine.lexicons.senses import INCLUSIVE_SENSES
from analysis.engine.phrases import Hit, Phrase, PhraseIndex, as_written, is_unbroken, span_of_hit
from analysis.engine.report import Category
from analysis.engine.senses import is_meant
from analysis.engine.wordlists import words

INDEX = PhraseIndex(INCLUSIVE)
has_the_sense = is_meant(INCLUSIVE_SENSES)
# What offices and peoples are called has a capital anyway; in the other groups it makes a name.
CAPITAL_GROUPS = words("gender race_and_origin lgbtq")
NAMES = words("guru savage savages ghetto voodoo caste pygmy")
TITLES = words("scrum scrummaster webmaster")
ACRONYMS = words("dmz stonith")
LONGEST_ACRONYM = 5
MAX_TITLE_WORDS = 20


def measure(task: Task) -> Outcome:
    document = task.document
    hits = [hit for hit in task.deadline.watch(INDEX.find(document, _is_meant)) if _judges(hit)]
    counts = Counter(hit.phrase.kind for hit in hits)
    density = per_thousand_words(len(hits), document)
    return Outcome(
        score=task.band("inclusive.per_1000_words").score(density),
        metrics={
            "per_1000_words": density,
            **{name: counts[name] for name in BY_NAME},
        },
        drafts=[_draft(document, hit) for hit in hits],
    )


def _judges(hit: Hit) -> bool:
    return hit.phrase.kind != NEUTRAL


def _is_meant(document: Document, hit: Hit) -> bool:
    return has_the_sense(document, hit) and not (_judges(hit) and _is_name(document, hit))


def _is_name(document: Document, hit: Hit) -> bool:
    """«George Foreman», «built with Ninja», «the GYP files», «the Institute on Drug Abuse»."""
    written = document.words.surface[hit.first : hit.last]
    if all(map(str.isupper, written)):
        return _is_acronym(document, hit)
    if not all(word[0].isupper() for word in written if len(word) > 3):
        return False
    sentence = document.sentence_at(document.words.starts[hit.first])
    if sentence is None or _is_title(document, sentence):
        return False
    if _stands_beside_a_capital(document, hit):
        return True
    if _has_capital_anyway(hit.phrase):
        return False
    return sentence.first != hit.first or hit.phrase.words[0] in document.names


def _has_capital_anyway(phrase: Phrase) -> bool:
    first = phrase.words[0]
    return first in TITLES or (phrase.kind in CAPITAL_GROUPS and first not in NAMES)


def _is_title(document: Document, sentence: Sentence) -> bool:
    """A heading In Title Case, where a capital says nothing."""
    if document.blocks[sentence.block].kind is not BlockKind.HEADING:
        return False
    judged = range(sentence.first, min(sentence.last, sentence.first + MAX_TITLE_WORDS))
    heavy = [document.words.surface[i] for i in judged if document.content_words[i]]
    return all(word[0].isupper() for word in heavy)


def _is_acronym(document: Document, hit: Hit) -> bool:
    """In capitals, but not as a part of a sentence that shouts."""
    word = document.words.lower[hit.first]
    if hit.last - hit.first > 1 or word in ACRONYMS or len(word) > LONGEST_ACRONYM:
        return False
    beside = _neighbours(document, hit)
    return not (beside and all(document.words.surface[i].isupper() for i in beside))


def _stands_beside_a_capital(document: Document, hit: Hit) -> bool:
    surface = document.words.surface
    return hit.last - hit.first == 1 and any(
        surface[i].istitle()
        and document.content_words[i]
        and is_unbroken(document, min(i, hit.first), max(i, hit.first) + 1)
        for i in _neighbours(document, hit)
    )


def _neighbours(document: Document, hit: Hit) -> list[int]:
    """The words before and behind, in the same sentence."""
    sentence = document.sentence_at(document.words.starts[hit.first])
    if sentence is None:
        return []
    return [i for i in (hit.first - 1, hit.last) if sentence.first <= i < sentence.last]


def _draft(document: Document, hit: Hit) -> Draft:
    group = BY_NAME[hit.phrase.kind]
    span = span_of_hit(document, hit)
    written = document.text[span.start : span.end]
    replacements = as_written(document, hit)
    advice = f"; consider “{'” or “'.join(replacements)}”" if replacements else ""
    return Draft(
        id=f"inclusive.{group.name}",
        severity=group.severity,
        message=f"“{written}” {group.reason}{advice}.",
        params={"phrase": written},
        spans=(span,),
        replacements=replacements,
    )


ANALYZER = Analyzer(
    id="inclusive",
    version=2,
    category=Category.INCLUSION,
    title="Inclusive language",
    measure=measure,
    skip_reason=without_sentences,
    languages=frozenset(("en",)),
)
