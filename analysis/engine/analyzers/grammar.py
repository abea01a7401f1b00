"""Which English sentences break a rule of grammar?"""

import re

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.density import per_thousand_words
from analysis.engine.proofreading import GRAMMAR, Flag, flags_of, is_installed
from analysis.engine.report import Category, Severity, Span

HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def measure(task: Task) -> Outcome:
    drafts = [_draft(flag, span) for flag, span in flags_of(task) if flag.rule in GRAMMAR]
    density = per_thousand_words(len(drafts), task.document)
    return Outcome(
        score=task.band("grammar.per_1000_words").score(density),
        metrics={"per_1000_words": density},
        drafts=drafts,
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


def _skip_reason(task: Task) -> str | None:
    if not is_installed():
        return "proofreader_not_installed"
    return None if task.document.sentences else "no_sentences"


ANALYZER = Analyzer(
    id="grammar",
    version=1,
    category=Category.QUALITY,
    title="Grammar",
    measure=measure,
    skip_reason=_skip_reason,
    languages=frozenset(("en",)),
)
