"""How many sentences hide who acts?"""

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.passive_voice import Passive, find_passives
from analysis.engine.analyzers.skipping import without_sentences
from analysis.engine.document.document import Document
from analysis.engine.phrases import span_of
from analysis.engine.report import Category, Severity


def measure(task: Task) -> Outcome:
    document = task.document
    passives = [passive for _, passive in task.deadline.watch(find_passives(document))]
    percent = 100 * len(passives) / len(document.sentences)
    return Outcome(
        score=task.band("passive.percent").score(percent),
        metrics={"passive_sentences": len(passives), "passive_percent": round(percent, 2)},
        drafts=[_draft(document, passive) for passive in passives],
    )


def _draft(document: Document, passive: Passive) -> Draft:
    span = span_of(document, passive.first, passive.last)
    phrase = document.text[span.start : span.end]
    return Draft(
        id="passive.found",
        severity=Severity.SUGGESTION,
        message=f"“{phrase}” is passive; say who acts if it matters.",
        params={"phrase": phrase},
        spans=(span,),
    )


ANALYZER = Analyzer(
    id="passive",
    version=2,
    category=Category.STYLE,
    title="Passive voice",
    measure=measure,
    skip_reason=without_sentences,
    languages=frozenset(("en",)),
)
