"""Which words leave people out or hurt them?"""

from collections import Counter

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.density import per_thousand_words
from analysis.engine.document.document import Document
from analysis.engine.lexicons.inclusive import BY_NAME, INCLUSIVE, NEUTRAL, NOUNS_ONLY
from analysis.engine.phrases import Hit, PhraseIndex, as_written, is_unbroken, span_of
from analysis.engine.report import Category

INDEX = PhraseIndex(INCLUSIVE)
# In these groups a capital inside a sentence is no sign of a name: the Chairman, an Eskimo.
CAPITALISED = ("gender", "lgbtq", "race_and_origin")


def measure(task: Task) -> Outcome:
    document = task.document
    hits = [
        hit
        for hit in task.deadline.watch(INDEX.find(document))
        if hit.phrase.kind != NEUTRAL and _is_meant(document, hit)
    ]
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


def _is_meant(document: Document, hit: Hit) -> bool:
    """Neither a name («George Foreman») nor, for «the blind», in front of a noun."""
    words = document.words
    if hit.phrase.words in NOUNS_ONLY and hit.last < len(words):
        is_next = is_unbroken(document, hit.last - 1, hit.last + 1)
        return not (is_next and document.content_words[hit.last])
    if hit.last - hit.first > 1 or not words.surface[hit.first].istitle():
        return True
    if hit.phrase.kind not in CAPITALISED and not document.opens_sentence(hit.first):
        return False
    neighbours = [i for i in (hit.first - 1, hit.last) if 0 <= i < len(words)]
    return not any(
        words.surface[i].istitle()
        and document.content_words[i]
        and is_unbroken(document, min(i, hit.first), max(i, hit.first) + 1)
        for i in neighbours
    )


def _draft(document: Document, hit: Hit) -> Draft:
    group = BY_NAME[hit.phrase.kind]
    span = span_of(document, hit.first, hit.last)
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


def _skip_reason(task: Task) -> str | None:
    return None if task.document.sentences else "no_sentences"


ANALYZER = Analyzer(
    id="inclusive",
    version=2,
    category=Category.INCLUSION,
    title="Inclusive language",
    measure=measure,
    skip_reason=_skip_reason,
    languages=frozenset(("en",)),
)
