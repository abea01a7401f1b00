"""Which English sentences break a rule of grammar?"""

import re

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.density import per_thousand_words
from analysis.engine.analyzers.grammar_doubts import Place, is_doubtful
from analysis.engine.analyzers.skipping import without_proofreader
from analysis.engine.document.document import Document
from analysis.engine.proofreading import GRAMMAR, Flag, flags_of
from analysis.engine.report import Category, Severity, Span

MAX_WORD_CHARACTERS = 40
MAX_BEFORE_CHARACTERS = 2 * MAX_WORD_CHARACTERS
OPENERS = frozenset("\"'“‘«([")
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def measure(task: Task) -> Outcome:
    document = task.document
    drafts = [
        _draft(flag, span)
        for flag, span in flags_of(task)
        if flag.rule in GRAMMAR and not is_doubtful(flag.rule, _place(document, span))
    ]
    density = per_thousand_words(len(drafts), document)
    return Outcome(
        score=task.band("grammar.per_1000_words").score(density),
        metrics={"per_1000_words": density},
        drafts=drafts,
    )


def _place(document: Document, span: Span) -> Place:
    """The words around are those of the text itself, with their marks: «know;» is not «know»."""
    text = document.text
    opening = text[max(0, span.start - MAX_BEFORE_CHARACTERS) : span.start]
    before = ["", "", *opening.lower().split()][-2:]
    behind = text[span.end : span.end + MAX_WORD_CHARACTERS].split(maxsplit=1)
    return Place(
        written=text[span.start : span.end],
        before=(before[0], before[1]),
        behind=behind[0] if behind else "",
        is_part=bool(opening) and not (opening[-1].isspace() or opening[-1] in OPENERS),
        is_name=document.word_range(span)[0] in document.capitals,
    )


def _draft(flag: Flag, span: Span) -> Draft:
    return Draft(
        id=f"grammar.{HUMP.sub('_', flag.rule).lower()}",
        severity=Severity.WARNING,
        message=flag.message,
        params={"rule": flag.rule},
        spans=(span,),
        replacements=flag.suggestions,
    )


ANALYZER = Analyzer(
    id="grammar",
    version=2,
    category=Category.QUALITY,
    title="Grammar",
    measure=measure,
    skip_reason=without_proofreader,
    languages=frozenset(("en",)),
)
