"""Which English words are misspelt?

Names and the terms of a text are no mistakes: words with a capital inside a sentence, words that
come back again and again unless they are common slips, those made of known words, and those that
the author has sent as keyphrase or terms are left alone.
"""

import re
from collections import Counter
from collections.abc import Iterator

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.density import per_thousand_words
from analysis.engine.analyzers.skipping import without_proofreader
from analysis.engine.document.code import is_in_code
from analysis.engine.document.document import Document
from analysis.engine.document.words import find_words
from analysis.engine.languages.english import FUNCTION_WORDS
from analysis.engine.lexicons.dialects import TO_AMERICAN, TO_BRITISH
from analysis.engine.lexicons.spelling import COMMON_SLIPS, KNOWN, PREFIXES, SUFFIXES
from analysis.engine.proofreading import (
    SPELLING,
    Flag,
    declared_dialect,
    dialect_of,
    flags_of,
    known,
)
from analysis.engine.report import Category, Severity, Span

TERM_FROM_OCCURRENCES = 3
MIN_LETTERS = 3
HALF_LETTERS = 4
REST_LETTERS = 5
SHORT_PART_LETTERS = 7
# Letters with accents belong to words of other languages, which no dictionary has all of; marks
# inside a word belong to speech as it sounds.
PLAIN = re.compile(r"[A-Za-z][a-z]*(?:['’]s)?")
VOWEL = re.compile(r"[aeiouy]")
IN_BRACKETS = re.compile(r"\w\($")  # child(ren)
BOTH_DIALECTS = frozenset(TO_AMERICAN) | frozenset(TO_BRITISH)


def measure(task: Task) -> Outcome:
    document = task.document
    counts = Counter(document.words.lower)
    glossary, dialect = _glossary(task), dialect_of(task)
    drafts = [
        _draft(document, flag, span)
        for flag, span in flags_of(task)
        if flag.rule == SPELLING
        and _is_mistake(document, span, counts, glossary)
        and not _is_made_of_words(_bare(document, span), dialect)
    ]
    density = per_thousand_words(len(drafts), document)
    return Outcome(
        score=task.band("spelling.per_1000_words").score(density),
        metrics={"per_1000_words": density},
        drafts=drafts,
    )


def _glossary(task: Task) -> frozenset[str]:
    """What the author knows; and either dialect, while mixing them is not for this analyzer."""
    options, meta = task.request.options, task.meta
    texts = [meta.keyphrase, meta.title, *options.synonyms, *(t.text for t in options.terms)]
    texts += [token for rule in options.house_rules for token in rule.tokens]
    sent = KNOWN.union(word for text in texts for word in find_words(text).lower)
    return sent if declared_dialect(task) is not None else sent | BOTH_DIALECTS


def _bare(document: Document, span: Span) -> str:
    word = document.text[span.start : span.end].lower()
    return word.replace("’", "'").removesuffix("'s")


def _is_mistake(
    document: Document, span: Span, counts: Counter[str], glossary: frozenset[str]
) -> bool:
    word, bare = document.text[span.start : span.end], _bare(document, span)
    is_term = counts[bare] >= TERM_FROM_OCCURRENCES and bare not in COMMON_SLIPS
    if len(word) < MIN_LETTERS or is_term or bare in glossary:
        return False
    if not PLAIN.fullmatch(word) or not VOWEL.search(bare):
        return False
    sentence = document.sentence_at(span.start)
    if sentence is None or sentence.word_count < 2:
        return False  # one word alone is a name in a list
    if word[0].islower():
        return _stands_alone(document, span)
    opens = sentence.start == span.start and document.words.surface[sentence.first + 1].islower()
    return opens and word.isalpha()


def _stands_alone(document: Document, span: Span) -> bool:
    """Not a part of an address, a path, a name in code or, when it is short, of a compound."""
    text = document.text
    if IN_BRACKETS.search(text, max(0, span.start - 2), span.start):
        return False
    if is_in_code(text, span.start, span.end):
        return False
    in_compound = "-" in (text[span.start - 1 : span.start], text[span.end : span.end + 1])
    return not in_compound or span.end - span.start > SHORT_PART_LETTERS


def _is_made_of_words(word: str, dialect: int) -> bool:
    """«heatmap», «relicense» and «findable» are in no dictionary, but their parts are."""
    if word in COMMON_SLIPS:
        return False
    made = [(rest,) for rest in _rests(word)] + list(_halves(word))
    asked = tuple(dict.fromkeys(part for parts in made for part in parts))
    answers = dict(zip(asked, known(asked, dialect), strict=True)) if asked else {}
    return any(all(answers[part] for part in parts) for parts in made)


def _rests(word: str) -> Iterator[str]:
    for prefix in PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= REST_LETTERS:
            yield word.removeprefix(prefix)
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= HALF_LETTERS:
            yield word.removesuffix(suffix)


def _halves(word: str) -> Iterator[tuple[str, str]]:
    """But «eventhough» and «writting» are slips: compounds are made of neither such words."""
    for i in range(HALF_LETTERS, len(word) - HALF_LETTERS + 1):
        first, second = word[:i], word[i:]
        is_ending = len(second) == HALF_LETTERS and second.endswith("ing")
        if FUNCTION_WORDS.isdisjoint((first, second)) and not (first.endswith("s") or is_ending):
            yield first, second


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


ANALYZER = Analyzer(
    id="spelling",
    version=2,
    category=Category.QUALITY,
    title="Spelling",
    measure=measure,
    skip_reason=without_proofreader,
    languages=frozenset(("en",)),
)
