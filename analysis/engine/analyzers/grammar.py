"""Which English sentences break a rule of grammar?"""

import re

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.density import per_thousand_words
from analysis.engine.analyzers.grammar_doubts import Place, is_doubtful
from analysis.engine.document.document import Document
from analysis.engine.proofreading import GRAMMAR, Flag, flags_of, is_installed
from analysis.engine.report import Category, Severity, Span

MAX_WORD_CHARACTERS = 40
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def measure(task: Task) -> Outcome:
    document = task.document
    drafts = [
        _draft(flag, span)
        for flag, span in flags_of(task)
        if flag.rule in GRAMMAR and not is_doubtful(flag.rule, _place(document, flag, span))
    ]
    density = per_thousand_words(len(drafts), document)
    return Outcome(
        score=task.band("grammar.per_1000_words").score(density),
        metrics={"per_1000_words": density},
        drafts=drafts,
    )


def _place(document: Document, flag: Flag, span: Span) -> Place:
    first, _ = document.word_range(span)
    lower = document.words.lower
    before = ["", "", *lower[max(0, first - 2) : first]][-2:]
    behind = document.text[span.end : span.end + MAX_WORD_CHARACTERS].split(maxsplit=1)
    written = document.text[span.start : span.end]
    return Place(written, flag.suggestions, (before[0], before[1]), behind[0] if behind else "")


def _draft(flag: Flag, span: Span) -> Draft:
    return Draft(
        id=f"grammar.{HUMP.sub('_', flag.rule).lower()}",
        severity=Severity.WARNING,
        message=flag.message,
        params={"rule": flag.rule},
        spans=(span,),
        replacements=flag.suggestions,
    )


def _skip_reason(task: Task) -> str | None:
    if not is_installed():
        return "proofreader_not_installed"
    return None if task.document.sentences else "no_sentences"


ANALYZER = Analyzer(
    id="grammar",
    version=2,
    category=Category.QUALITY,
    title="Grammar",
    measure=measure,
    skip_reason=_skip_reason,
    languages=frozenset(("en",)),
)
