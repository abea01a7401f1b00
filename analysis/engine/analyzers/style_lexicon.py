"""Which phrases could be shorter, fresher or surer?"""

from collections import Counter
from dataclasses import dataclass

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.density import per_thousand_words
from analysis.engine.analyzers.skipping import without_sentences
from analysis.engine.document.document import Document
from analysis.engine.lexicons.senses import STYLE_SENSES
from analysis.engine.lexicons.style import STYLE
from analysis.engine.phrases import Hit, PhraseIndex, as_written, span_of_hit
from analysis.engine.report import Category, Severity
from analysis.engine.senses import is_meant

INDEX = PhraseIndex(STYLE)
NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Advice:
    severity: Severity
    without_replacement: str
    with_replacement: str


ADVICE = {
    "wordy": Advice(
        Severity.SUGGESTION, "“{phrase}” can go.", "“{phrase}” is wordy: “{better}” says it."
    ),
    "redundant": Advice(
        Severity.SUGGESTION, "“{phrase}” repeats itself.", "“{phrase}” says it twice: “{better}”."
    ),
    "cliche": Advice(Severity.SUGGESTION, "“{phrase}” is a cliché; say it in your own words.", ""),
    "weasel": Advice(Severity.SUGGESTION, "“{phrase}” is vague; give a fact or leave it out.", ""),
    "hedge": Advice(Severity.SUGGESTION, "“{phrase}” hedges; say what you know.", ""),
    "jargon": Advice(
        Severity.SUGGESTION, "“{phrase}” is jargon.", "“{phrase}” is jargon: “{better}” is plain."
    ),
    "profanity": Advice(Severity.WARNING, "“{phrase}” may offend readers.", ""),
}


def measure(task: Task) -> Outcome:
    document = task.document
    found = task.deadline.watch(INDEX.find(document, is_meant(STYLE_SENSES)))
    hits = [hit for hit in found if hit.phrase.kind != NEUTRAL]
    counts = Counter(hit.phrase.kind for hit in hits)
    density = per_thousand_words(len(hits), document)
    return Outcome(
        score=task.band("style_lexicon.per_1000_words").score(density),
        metrics={
            "per_1000_words": density,
            **{kind: counts[kind] for kind in ADVICE},
        },
        drafts=[_draft(document, hit) for hit in hits],
    )


def _draft(document: Document, hit: Hit) -> Draft:
    span = span_of_hit(document, hit)
    written = document.text[span.start : span.end]
    replacements = as_written(document, hit)
    advice = ADVICE[hit.phrase.kind]
    form = advice.with_replacement if replacements else advice.without_replacement
    better = "” or “".join(replacements)
    return Draft(
        id=f"style_lexicon.{hit.phrase.kind}",
        severity=advice.severity,
        message=form.format(phrase=written, better=better),
        params={"phrase": written},
        spans=(span,),
        replacements=replacements,
    )


ANALYZER = Analyzer(
    id="style_lexicon",
    version=2,
    category=Category.STYLE,
    title="Wordy, vague and worn phrases",
    measure=measure,
    skip_reason=without_sentences,
    languages=frozenset(("en",)),
)
