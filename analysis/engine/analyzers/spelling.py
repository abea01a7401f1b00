"""Which English words are misspelt?

Names and the terms of a text are no mistakes: words with a capital inside a sentence, words that
come back again and again, and those that the author has sent as keyphrase or terms are left alone.
"""

from collections import Counter

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.density import per_thousand_words
from analysis.engine.document.document import Document
from analysis.engine.document.words import find_words
from analysis.engine.proofreading import SPELLING, Flag, flags_of, is_installed
from analysis.engine.report import Category, Severity, Span

TERM_FROM_OCCURRENCES = 3
MIN_LETTERS = 3


def measure(task: Task) -> Outcome:
    document = task.document
    counts = Counter(document.words.lower)
    known = _glossary(task)
    drafts = [
        _draft(document, flag, span)
        for flag, span in flags_of(task)
        if flag.rule == SPELLING and _is_mistake(document, span, counts, known)
    ]
    density = per_thousand_words(len(drafts), document)
    return Outcome(
        score=task.band("spelling.per_1000_words").score(density),
        metrics={"per_1000_words": density},
        drafts=drafts,
    )


def _glossary(task: Task) -> frozenset[str]:
    options, meta = task.request.options, task.meta
    texts = [meta.keyphrase, meta.title, *options.synonyms, *(t.text for t in options.terms)]
    texts += [token for rule in options.house_rules for token in rule.tokens]
    return frozenset(word for text in texts for word in find_words(text).lower)


def _is_mistake(
    document: Document, span: Span, counts: Counter[str], known: frozenset[str]
) -> bool:
    word = document.text[span.start : span.end]
    lower = word.lower().replace("’", "'")
    if len(word) < MIN_LETTERS or lower in known or counts[lower] >= TERM_FROM_OCCURRENCES:
        return False
    if not word.replace("'", "").replace("’", "").isalpha() or not word[1:].islower():
        return False
    if word[0].islower():
        return _stands_alone(document, span)
    sentence = document.sentence_at(span.start)
    if sentence is None or sentence.start != span.start or sentence.word_count < 2:
        return False
    return document.words.surface[sentence.first + 1].islower()


def _stands_alone(document: Document, span: Span) -> bool:
    """Not a part of an address, a path or a name in code."""
    around = document.text[max(0, span.start - 1) : span.start] + document.text[span.end :][:1]
    return not any(character in "@/\\_.#:=&" for character in around[:1]) and "_" not in around


def _draft(document: Document, flag: Flag, span: Span) -> Draft:
    word = document.text[span.start : span.end]
    better = f"; did you mean “{'” or “'.join(flag.suggestions)}”" if flag.suggestions else ""
    return Draft(
        id="spelling.unknown_word",
        severity=Severity.WARNING,
        message=f"“{word}” is in no dictionary{better}{'?' if better else '.'}",
        params={"word": word},
        spans=(span,),
        replacements=flag.suggestions,
    )


def _skip_reason(task: Task) -> str | None:
    if not is_installed():
        return "proofreader_not_installed"
    return None if task.document.sentences else "no_sentences"


ANALYZER = Analyzer(
    id="spelling",
    version=1,
    category=Category.QUALITY,
    title="Spelling",
    measure=measure,
    skip_reason=_skip_reason,
    languages=frozenset(("en",)),
)
