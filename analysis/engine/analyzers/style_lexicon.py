"""Which phrases could be shorter, fresher or surer?"""

from collections import Counter
from dataclasses import dataclass

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.density import per_thousand_words
from analysis.engine.document.document import Document
from analysis.engine.lexicons.style import STYLE
from analysis.engine.phrases import Hit, PhraseIndex, as_written, span_of
from analysis.engine.report import Category, Severity
from analysis.engine.wordlists import words

INDEX = PhraseIndex(STYLE)
NEUTRAL = "neutral"
# Behind these «kind of» hedges; behind others, as in «the best kind of tea», it is a noun.
HEDGED = words("""
    am is are was were be been being i'm he's she's it's that's we're you're they're i he she it we
    you they just still also only really and but or feel feels felt look looks looked seem seems
    seemed sound sounds sounded get gets got
""")
# They are nouns too, and then no worse than others: verbs have something before or behind them.
VERBS_ONLY = frozenset((("leverage",), ("endeavour",), ("endeavor",), ("pivot", "to")))
BEFORE_VERBS = words("""
    to will would can could should shall may might must not and or i we you they help helps let
    lets please
""")
OBJECTS = words("""
    the a an this that these those it them us me him her my your his its our their each every all
    existing
""")


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
    found = task.deadline.watch(INDEX.find(document))
    hits = [hit for hit in found if hit.phrase.kind != NEUTRAL and _is_meant(document, hit)]
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


def _is_meant(document: Document, hit: Hit) -> bool:
    lower, names = document.words.lower, hit.phrase.words
    before = lower[hit.first - 1] if hit.first else ""
    if names in (("kind", "of"), ("sort", "of")):
        return before in HEDGED or document.opens_sentence(hit.first)
    if names in VERBS_ONLY:
        following = lower[hit.last] if hit.last < len(lower) else ""
        return before in BEFORE_VERBS or (following in OBJECTS and names != ("pivot", "to"))
    return True


def _draft(document: Document, hit: Hit) -> Draft:
    span = span_of(document, hit.first, hit.last)
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


def _skip_reason(task: Task) -> str | None:
    return None if task.document.sentences else "no_sentences"


ANALYZER = Analyzer(
    id="style_lexicon",
    version=2,
    category=Category.STYLE,
    title="Wordy, vague and worn phrases",
    measure=measure,
    skip_reason=_skip_reason,
    languages=frozenset(("en",)),
)
