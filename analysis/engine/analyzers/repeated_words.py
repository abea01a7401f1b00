"""Does the same word stand twice in a row by mistake?"""

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.density import per_thousand_words
from analysis.engine.analyzers.skipping import without_spaced_words
from analysis.engine.document.document import Document
from analysis.engine.phrases import span_of
from analysis.engine.report import Category, Severity
from analysis.engine.wordlists import words

# Pairs that grammar, names and habit allow.
ALLOWED = {
    "en": words("""
        had that blah bye ha hey ho knock no now so there yeah yes well tut aye choo chop hear hush
        boo can dum la ta tick ya yo wee cha pom sing long far much beep bling baa bang bon boom
        cluck come cous cuckoo ding dong drip go honk hop hot meow miaow moo night oink okay ok
        please pad quack ring splash squeak tap tom tock toot tuk tweet vroom wait woof yum zoom
    """),
    "de": words("die das der sie ihr hin nach ja nein so mehr immer"),
    "fr": words("nous vous très si oui non"),
    "es": words("muy sí no ya"),
    "it": words("piano via così ben"),
    "nl": words("die dat je heel"),
}
# «gave her her coat», «told you you could», «log in in the morning», «what it is is a mill».
SECOND_OBJECTS = words("her you")
GIVING = words("""
    gave give gives giving given told tell tells handed hand showed show shows sent send brought
    bring bought paid offered promised promise lent left made threw taught teach asked warned
    assured cost wished guaranteed guarantee
""")
PARTICLES = words("in on over up off out through by")
PARTICLE_VERBS = words("""
    log logs logged logging sign signs signed signing check checks checked checking plug plugged
    move moves moved moving turn turns turned turning carry carried settle settled fill filled
    hand handed clock clocked phone phoned tune tuned
""")
ASKING = words("what where who how all")
QUOTES = frozenset("\"'“”‘’«»")


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
    if first[0].isupper() and second[0].isupper():
        return False
    return not (_is_grammatical(document, index) or _is_quoted(document, index))


def _is_grammatical(document: Document, index: int) -> bool:
    if document.facts.code != "en":
        return False
    word, before = document.words.lower[index], document.words.lower[max(0, index - 2)]
    if word == "is":
        return document.words.lower[max(0, index - 3)] in ASKING
    if word in PARTICLES:
        return before in PARTICLE_VERBS
    return word in SECOND_OBJECTS and before in GIVING


def _is_quoted(document: Document, index: int) -> bool:
    """A term of two equal words stands in quotes: “done done”."""
    text, words_ = document.text, document.words
    start, end = words_.starts[index - 1], words_.ends[index]
    before, behind = text[max(0, start - 1) : start], text[end : end + 2].lstrip(",.")[:1]
    return before in QUOTES and behind in QUOTES


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


ANALYZER = Analyzer(
    id="repeated_words",
    version=2,
    category=Category.STYLE,
    title="Repeated words",
    measure=measure,
    skip_reason=without_spaced_words,
)
