"""Which English words are misspelt?

Names and the terms of a text are no mistakes: words with a capital inside a sentence, words that
come back again and again unless they are common slips, words with a prefix such as «micro», and
those that the author has sent as keyphrase or terms are left alone.
"""

import re
from collections import Counter

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.density import per_thousand_words
from analysis.engine.document.code import is_in_code
from analysis.engine.document.document import Document
from analysis.engine.document.words import find_words
from analysis.engine.lexicons.spelling import COMMON_SLIPS, KNOWN, PREFIXES
from analysis.engine.proofreading import (
    SPELLING,
    Flag,
    dialect_of,
    flags_of,
    is_installed,
    is_known_word,
)
from analysis.engine.report import Category, Severity, Span

TERM_FROM_OCCURRENCES = 3
MIN_LETTERS = 3
# Letters with accents belong to words of other languages, which no dictionary has all of.
PLAIN = re.compile(r"[A-Za-z][a-z'’]*")
MIN_LETTERS_BEHIND_PREFIX = 5


def measure(task: Task) -> Outcome:
    document = task.document
    counts = Counter(document.words.lower)
    known, dialect = _glossary(task), dialect_of(task)
    drafts = [
        _draft(document, flag, span)
        for flag, span in task.deadline.watch(flags_of(task))
        if flag.rule == SPELLING
        and _is_mistake(document, span, counts, known)
        and not _has_prefix(document.text[span.start : span.end].lower(), dialect)
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
    return KNOWN | {word for text in texts for word in find_words(text).lower}


def _is_mistake(
    document: Document, span: Span, counts: Counter[str], known: frozenset[str]
) -> bool:
    word = document.text[span.start : span.end]
    lower = word.lower().replace("’", "'")
    is_term = counts[lower] >= TERM_FROM_OCCURRENCES and lower not in COMMON_SLIPS
    if len(word) < MIN_LETTERS or is_term or lower.removesuffix("'s") in known:
        return False
    if not PLAIN.fullmatch(word) or is_in_code(document.text, span.start, span.end):
        return False
    if word[0].islower():
        return True
    sentence = document.sentence_at(span.start)
    if sentence is None or sentence.start != span.start or sentence.word_count < 2:
        return False
    return document.words.surface[sentence.first + 1].islower()


def _has_prefix(word: str, dialect: int) -> bool:
    """«micropurchase» is made of «micro» and a word; «untill» is a slip although «till» is one."""
    rests = (word.removeprefix(prefix) for prefix in PREFIXES if word.startswith(prefix))
    return word not in COMMON_SLIPS and any(
        len(rest) >= MIN_LETTERS_BEHIND_PREFIX and is_known_word(rest, dialect) for rest in rests
    )


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
    version=2,
    category=Category.QUALITY,
    title="Spelling",
    measure=measure,
    skip_reason=_skip_reason,
    languages=frozenset(("en",)),
)
