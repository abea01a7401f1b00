"""Does the same word stand twice in a row by mistake?"""

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.density import per_thousand_words
from analysis.engine.document.document import Document
from analysis.engine.phrases import span_of
from analysis.engine.report import Category, Severity
from analysis.engine.wordlists import words

# Pairs that grammar, names and habit allow.
ALLOWED = {
    "en": words("""
        had that blah bye ha hey ho knock no now so there yeah yes well tut aye choo chop hear hush
        boo can dum la ta tick ya yo wee cha pom sing long far much
    """),
    "de": words("die das der sie ihr hin nach ja nein so mehr immer"),
    "fr": words("nous vous très si oui non"),
    "es": words("muy sí no ya"),
    "it": words("piano via così ben"),
    "nl": words("die dat je heel"),
}


def measure(task: Task) -> Outcome:
    document = task.document
    allowed = ALLOWED.get(document.facts.code, frozenset())
    lower = document.words.lower
    places = [
        index
        for index in task.deadline.watch(range(1, len(lower)))
        if lower[index] == lower[index - 1]
        and lower[index] not in allowed
        and _is_slip(document, index)
    ]
    density = per_thousand_words(len(places), document)
    return Outcome(
        score=task.band("repeated_words.per_1000_words").score(density),
        metrics={"repeated": len(places)},
        drafts=[_draft(document, index) for index in places],
    )


def _is_slip(document: Document, index: int) -> bool:
    """Two equal words with white space alone between them; a name (Baden Baden) is none."""
    words_ = document.words
    first, second = words_.surface[index - 1], words_.surface[index]
    gap = document.text[words_.ends[index - 1] : words_.starts[index]]
    if not gap or not gap.isspace() or "\n" in gap:
        return False
    if not first.isalpha() and "'" not in first:
        return False
    return not (first[0].isupper() and second[0].isupper())


def _draft(document: Document, index: int) -> Draft:
    word = document.words.surface[index - 1]
    return Draft(
        id="repeated_words.twice",
        severity=Severity.WARNING,
        message=f"“{document.words.surface[index]}” stands here twice.",
        params={"word": document.words.lower[index]},
        spans=(span_of(document, index - 1, index + 1),),
        replacements=(word,),
    )


def _skip_reason(task: Task) -> str | None:
    if not task.document.sentences:
        return "no_sentences"
    return None if task.document.facts.is_spaced else "language_not_supported"


ANALYZER = Analyzer(
    id="repeated_words",
    version=1,
    category=Category.STYLE,
    title="Repeated words",
    measure=measure,
    skip_reason=_skip_reason,
)
